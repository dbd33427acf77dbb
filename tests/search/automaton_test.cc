// Automata beside the strings that they stand for.
#include "search/automaton.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "ir/number_format.h"
#include "search/value_reach.h"
#include "support/random.h"

namespace logpress::search {
namespace {

// The states that `bytes` lead to, by comparing: from state i, or from anywhere if that is 0.
States Look(const std::string& literal, size_t i, const std::string& bytes) {
  const std::string all = literal.substr(0, i) + bytes;
  States states = i == 0 ? kStart : 0;
  if (i == 0) {
    if (all.find(literal) != std::string::npos) states |= States{1} << literal.size();
    for (size_t k = 1; k < literal.size() && k <= all.size(); ++k) {
      if (all.ends_with(literal.substr(0, k))) states |= States{1} << k;
    }
    return states;
  }
  if (all.starts_with(literal)) return States{1} << literal.size();
  return literal.starts_with(all) ? States{1} << all.size() : 0;
}

std::vector<ByteSet> SetsOf(const std::string& literal) {
  std::vector<ByteSet> sets(literal.size());
  for (size_t i = 0; i < literal.size(); ++i) sets[i].set(static_cast<uint8_t>(literal[i]));
  return sets;
}

std::string SomeText(testing::Random* random, size_t size) {
  std::string text;
  for (size_t i = 0; i < size; ++i) text += static_cast<char>('a' + random->Below(2));
  return text;
}

TEST_CASE("steps lead where the bytes lead") {
  testing::Random random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::string literal = SomeText(&random, 1 + random.Below(i % 10 == 0 ? 63 : 6));
    const std::string bytes = SomeText(&random, random.Below(i % 7 == 0 ? 80 : 8));
    const Automaton automaton(SetsOf(literal));
    const Step step = automaton.StepOf(bytes);
    Reach reach;
    automaton.Add(step, &reach);
    for (size_t from = 0; from < literal.size(); ++from) {
      const States expected = Look(literal, from, bytes);
      INFO(literal << " from " << from << " with " << bytes);
      CHECK((from == 0 ? kStart : 0) + (reach.From(from) & ~kStart) == expected);
      const States both = kStart | States{1} << from;
      CHECK(automaton.Run(both, step) == (Look(literal, 0, bytes) | expected));
      CHECK(automaton.Run(both, bytes) == (Look(literal, 0, bytes) | expected));
    }
    CHECK(automaton.Run(automaton.found() | kStart, step) ==
          (automaton.found() | Look(literal, 0, bytes)));
  }
}

TEST_CASE("a place of a literal may be one of several bytes") {
  std::vector<ByteSet> sets = SetsOf("abc1");
  for (const char capital : {'A', 'B', 'C'})
    sets[static_cast<size_t>(capital - 'A')].set(static_cast<uint8_t>(capital));
  sets.insert(sets.begin() + 1, ByteSet().set());
  const Automaton automaton(sets);
  CHECK(automaton.Found(automaton.Run(kStart, "xA-Bc1x")));
  CHECK(automaton.Find("abc1A-Bc1x", 0) == 4);
  CHECK(automaton.Find("abc1A-Bc1x", 5) == ByteView::npos);
  CHECK_FALSE(automaton.Found(automaton.Run(kStart, "xA-Bcx")));
  // Without a place of one byte.
  sets.pop_back();
  const Automaton letters(sets);
  CHECK(letters.Find("xxa-Cc-BC", 0) == ByteView::npos);
  CHECK(letters.Find("xxa-CA-BC", 0) == 5);
}

// That a kind of numbers allows what its numbers do.
void CheckReach(const codec::NumberKind& kind, const std::vector<std::string>& numbers,
                testing::Random* random) {
  for (const std::string& number : numbers) {
    const std::string around = "x" + number + "y" + numbers[random->Below(numbers.size())];
    const size_t at = random->Below(around.size());
    const std::string literal = around.substr(at, 1 + random->Below(20));
    const Automaton automaton(SetsOf(literal));
    const Reach reach = ReachOf(automaton, kind);
    for (size_t from = 0; from < literal.size(); ++from) {
      INFO(literal << " from " << from << " with " << number);
      CHECK((Look(literal, from, number) & ~(reach.From(from) | kStart)) == 0);
    }
  }
}

TEST_CASE("kinds of numbers allow all of their numbers") {
  testing::Random random(2);
  using Format = ir::NumberFormat;
  for (const Format format :
       {Format{Format::kDecimal, 0}, Format{Format::kDecimal, 5}, Format{Format::kHexLower, 0},
        Format{Format::kHexUpper, 8}, Format{Format::kPoint, 2}, Format{Format::kPoint, 3}}) {
    codec::NumberKind kind;
    kind.format = format;
    std::vector<std::string> numbers;
    for (int i = 0; i < 300; ++i) {
      auto value = static_cast<int64_t>(random.Skewed(format.width == 5 ? 16 : 50));
      if (format.width == 0 && format.radix == Format::kDecimal && random.OneIn(3)) value = -value;
      char bytes[ir::kMaxNumberSize];
      numbers.emplace_back(bytes, ir::Render(format, value, bytes));
    }
    CheckReach(kind, numbers, &random);
  }
}

TEST_CASE("formats of timestamps allow all of their timestamps") {
  testing::Random random(3);
  for (const char* const pattern :
       {"%b %_d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.6f%:z", "%d/%b/%Y:%H:%M:%S %z", "%s",
        "%A, %-d %B %Y", "%a %^b %d %I:%M:%S %p %Z %Y", "%y%m%d %H%M%S", "%Y-%m-%d %H:%M:%S,%3f",
        "%-m/%-d/%Y %-I:%M %P", "%H:%M:%S%,9f", "%Y-%m-%d %H:%M:%S%:::z",
        "%-d %#b %_H:%M:%S.%-L %#a"}) {
    codec::NumberKind kind;
    kind.timestamps = std::make_unique<codec::TimestampKind>();
    INFO(pattern);
    REQUIRE(time::TimestampFormat::FromPattern(pattern, &kind.timestamps->format));
    std::vector<std::string> times;
    while (times.size() < 300) {
      const auto ticks = static_cast<int64_t>(random.Skewed(58));
      char bytes[time::kMaxTimestampSize];
      const size_t size =
          kind.timestamps->format.Render(ticks, static_cast<int64_t>(random.Skewed(12)), bytes);
      if (size > 0) times.emplace_back(bytes, size);
    }
    CheckReach(kind, times, &random);
  }
}

}  // namespace
}  // namespace logpress::search
