#include "cluster/skeleton.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <map>
#include <string>

#include "base/memory.h"
#include "base/run_hash.h"
#include "support/random.h"

namespace logpress::cluster {
namespace {

using text::Grain;
using text::Slice;
using text::Token;

struct Collected {
  explicit Collected(std::string bytes, Grain grain = Grain::kLine) : text(std::move(bytes)) {
    text::SplitRows(text, &rows);
    CollectSkeletons(text, rows, grain, {}, 0, &set);
  }
  std::string Bytes(Slice slice) const { return text.substr(slice.offset, slice.size); }

  std::string text;
  Vector<Slice> rows;
  SkeletonSet set;
};

// The slow way: a row with every variable token replaced by a mark that does not occur.
std::string SkeletonText(ByteView text, Slice row, Grain grain) {
  Vector<Token> tokens;
  text::Tokenize(text, row, grain, {}, &tokens);
  std::string skeleton;
  uint32_t at = row.offset;
  for (const Token& token : tokens) {
    if (!token.variable) continue;
    skeleton += text.substr(at, token.slice.offset - at);
    skeleton += "\n<variable>\n";
    at = token.slice.offset + token.slice.size;
  }
  return skeleton.append(text.substr(at, row.offset + row.size - at));
}

TEST_CASE("rows that differ in variable tokens only have one skeleton") {
  const Collected logs("took 5 ms\ntook 18 ms\ntook long\ntook 7 ms\n");
  REQUIRE(logs.set.skeletons.size() == 2);
  CHECK(logs.set.row_skeleton == Vector<uint32_t>{0, 0, 1, 0});
  CHECK(logs.set.skeletons[0].first_row == 0);
  CHECK(logs.set.skeletons[0].rows == 3);
  CHECK(logs.set.skeletons[1].first_row == 2);
  CHECK(logs.set.skeletons[1].rows == 1);
}

TEST_CASE("one byte of a delimiter or of a constant token makes another skeleton") {
  const Collected logs("a 1 b\na  1 b\na\t1 b\na 1 c\na 1 b \na 1 b\r\na 1 b");
  CHECK(logs.set.skeletons.size() == logs.rows.size());
}

TEST_CASE("a constant token is never taken for a variable one") {
  const Collected logs("state 1\nstate x\n");
  CHECK(logs.set.skeletons.size() == 2);
}

TEST_CASE("the variable tokens of every row are kept in order") {
  const Collected logs("a 1 b 2\nc\nd 3 \"four five\"\n");
  REQUIRE(logs.set.row_values == Vector<uint32_t>{0, 2, 2});
  Vector<std::string> values;
  for (const Slice& value : logs.set.values) values.push_back(logs.Bytes(value));
  CHECK(values == Vector<std::string>{"1", "2", "3", "four five"});
}

TEST_CASE("rows of one shape have the same delimiters") {
  const Collected logs("user ann in\nhost box up\nhost box, up\n");
  REQUIRE(logs.set.skeletons.size() == 3);
  CHECK(logs.set.skeletons[0].shape == logs.set.skeletons[1].shape);
  CHECK(logs.set.skeletons[0].shape != logs.set.skeletons[2].shape);
}

TEST_CASE("a set that is used again forgets the rows before") {
  Collected logs("a 1\nb 2\nc 3\n");
  const Vector<Slice> row = {{0, 4}};
  CollectSkeletons(logs.text, row, Grain::kLine, {}, 0, &logs.set);
  CHECK(logs.set.skeletons.size() == 1);
  CHECK(logs.set.row_skeleton == Vector<uint32_t>{0});
  CHECK(logs.set.values.size() == 1);
  CHECK(logs.set.TokensOf(logs.set.skeletons[0]).size() == logs.set.tokens.size());
}

TEST_CASE("rows are grouped as the comparison of all their bytes would") {
  constexpr ByteView kPieces[] = {"a",  "b", " ", " ",  ",", "1",  "22", "\"",
                                  "\"", ":", "-", "\\", "[", "\r", "x9", "\xff"};
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (int line = 0; line < 1500; ++line) {
      for (uint64_t n = random.Below(7); n > 0; --n)
        bytes += kPieces[random.Below(std::size(kPieces))];
      bytes += '\n';
    }
    for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
      const Collected logs(bytes, grain);
      std::map<std::string, uint32_t> expected;
      Vector<uint32_t> rows_of;
      for (size_t row = 0; row < logs.rows.size(); ++row) {
        const auto [entry, fresh] = expected.try_emplace(SkeletonText(bytes, logs.rows[row], grain),
                                                         static_cast<uint32_t>(expected.size()));
        if (fresh) rows_of.push_back(0);
        ++rows_of[entry->second];
        INFO("seed " << seed << ", grain " << static_cast<int>(grain) << ", row " << row);
        REQUIRE(logs.set.row_skeleton[row] == entry->second);
      }
      REQUIRE(logs.set.skeletons.size() == expected.size());
      for (size_t i = 0; i < rows_of.size(); ++i) REQUIRE(logs.set.skeletons[i].rows == rows_of[i]);
    }
  }
}

TEST_CASE("rows with the same hash and different bytes have different skeletons") {
  // A run whose first word cancels the seed has the hash zero, whatever its second word.
  const std::string word = "[=:]{}<>";
  uint64_t first_word;
  std::memcpy(&first_word, word.data(), sizeof(first_word));
  const uint64_t seed = first_word ^ 0xe7037ed1a0b428dbu;
  const std::string run = word + ",;.;..:]";
  const std::string other = word + "!#$%&()*";
  REQUIRE(HashRun(run.data(), run.size(), seed) == HashRun(other.data(), other.size(), seed));
  const std::string text = run + other + run;
  const Vector<Slice> rows = {{0, 16}, {16, 16}, {32, 16}};
  SkeletonSet set;
  CollectSkeletons(text, rows, Grain::kValue, {}, seed, &set);
  CHECK(set.row_skeleton == Vector<uint32_t>{0, 1, 0});
}

}  // namespace
}  // namespace logpress::cluster
