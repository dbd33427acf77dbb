#include "codec/contexts.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "ir/builder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

TEST_CASE("every choice of contexts has a code of its own, and no other number is one") {
  size_t valid = 0;
  for (uint64_t code = 0; code < 1000; ++code) {
    ContextSet set;
    if (!ContextSet::OfCode(code, kMaxChosen, &set)) continue;
    ++valid;
    CHECK(set.Code() == code);
    for (size_t k = 0; k < set.count; ++k) CHECK(set.index[k] < kMaxContexts);
    ContextSet fewer;
    CHECK(ContextSet::OfCode(code, set.count, &fewer));
    if (set.count > 0) CHECK_FALSE(ContextSet::OfCode(code, set.count - 1, &fewer));
  }
  // None, one, two or three of six.
  CHECK(valid == 1 + 6 + 6 * 6 + 6 * 6 * 6);
}

// The contexts that the columns of ids ask, by the template's slots.
std::vector<ContextSet> Chosen(const std::string& log, size_t most) {
  ir::Builder builder;
  const ir::BlockView block = builder.Build(log);
  REQUIRE(block.root->table != nullptr);
  const ir::Table& table = *block.root->table;
  REQUIRE(table.templates.size() == 1);
  const ContextChoice choice = ChooseContexts(table, most);
  std::vector<ContextSet> sets;
  for (const uint32_t c : table.templates[0].columns) {
    REQUIRE(table.columns[c].kind == ir::Column::Kind::kDictionary);
    ContextSet set;  // all of them, if nothing is chosen
    if (choice.columns[c] != 0) REQUIRE(ContextSet::OfCode(choice.columns[c], most, &set));
    sets.push_back(set);
  }
  return sets;
}

TEST_CASE("a column asks the neighbour that tells its values") {
  // The first value is random; the second follows from it; the third repeats a cycle of five.
  testing::Random random(1);
  std::string log;
  for (int i = 0; i < 20'000; ++i) {
    const auto user = static_cast<int>(random.Below(500));
    log += "user u" + std::to_string(user) + " of g" + std::to_string(user * 7 % 211) + " at s" +
           std::to_string(1000 + i % 5) + "\n";
  }
  const std::vector<ContextSet> sets = Chosen(log, 1);
  REQUIRE(sets.size() == 3);
  REQUIRE(sets[1].count == 1);
  // Left neighbour with the dictionary's key, or the row's first value, which is the same here.
  CHECK((sets[1].index[0] == 2 || sets[1].index[0] == 5));
  REQUIRE(sets[2].count == 1);
  // The column's last value, alone or with the one before.
  CHECK((sets[2].index[0] == 3 || sets[2].index[0] == 4));
}

TEST_CASE("a column of which nothing tells the values asks nobody") {
  testing::Random random(3);
  std::string log;
  for (int i = 0; i < 20'000; ++i) {
    log += "job j" + std::to_string(random.Below(3000)) + " has token t" +
           std::to_string(random.Next()) + "\n";
  }
  for (const ContextSet& set : Chosen(log, 3)) CHECK(set.count == 0);
}

TEST_CASE("a few rows choose nothing, and no column asks more than it may") {
  std::string log;
  for (int i = 0; i < 1000; ++i) log += "job " + std::to_string(i * i % 97) + " done\n";
  for (const ContextSet& set : Chosen(log, 3)) CHECK(set.count == kMaxContexts);
  testing::Random random(2);
  log.clear();
  for (int i = 0; i < 10'000; ++i) {
    log += "a" + std::to_string(random.Skewed(8)) + " b" + std::to_string(random.Skewed(7)) + " c" +
           std::to_string(random.Skewed(6)) + "\n";
  }
  for (const ContextSet& set : Chosen(log, 2)) CHECK(set.count <= 2);
}

}  // namespace
}  // namespace logpress::codec
