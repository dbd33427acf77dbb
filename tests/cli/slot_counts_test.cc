#include "cli/slot_counts.h"

#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "support/random.h"

namespace logpress::cli {
namespace {

size_t room = 1000;

// Of lines of two logs, whose values `value(newer, i)` says.
SlotCounts CountsOf(int lines, const std::function<std::string(bool, int)>& value) {
  SlotCounts counts;
  for (const bool newer : {false, true})
    for (int i = 0; i < lines; ++i) counts.Add(value(newer, i), newer, &room);
  return counts;
}

const ValueCount& Find(const std::vector<ValueCount>& counts, const std::string& value) {
  for (const ValueCount& each : counts)
    if (each.value == value) return each;
  FAIL("no count of " << value);
  return counts[0];
}

TEST_CASE("few values are counted one by one") {
  const auto counts = CountsOf(1000, [](bool newer, int i) {
                        return i % 100 < (newer ? 20 : 2) ? "bad" : "good";
                      }).Compare(/*told_apart=*/true);
  REQUIRE(counts.size() == 2);
  const ValueCount& bad = Find(counts, "bad");
  CHECK(bad.before == 20);
  CHECK(bad.after == 200);
  CHECK(bad.ratio == Approx(10));
  CHECK(ChanceOf(bad.effective) < 1e-10);
}

TEST_CASE("a value of every line, and a slot that one log lacks, tell nothing") {
  CHECK(CountsOf(100, [](bool, int) { return "same"; }).Compare(true).empty());
  SlotCounts counts;
  for (int i = 0; i < 100; ++i) counts.Add(i % 2 == 0 ? "a" : "b", true, &room);
  CHECK(counts.Compare(true).empty());
}

TEST_CASE("many numbers are counted by their magnitude, many texts not at all") {
  const auto counts = CountsOf(1000, [](bool newer, int i) {
                        return std::to_string((newer ? 2048 : 256) + i % 200);
                      }).Compare(true);
  CHECK(Find(counts, "256 to 512").before == 1000);
  CHECK(Find(counts, "2048 to 4096").after == 1000);
  CHECK(
      CountsOf(1000, [](bool, int i) { return "user" + std::to_string(i); }).Compare(true).empty());
}

TEST_CASE("magnitudes go by the number without its sign, and zero is one of its own") {
  const std::vector<std::string> values = {"0", "-3", "3.5", "0.3"};
  const auto counts = CountsOf(100, [&](bool newer, int i) {
                        return values[static_cast<size_t>(i) % (newer ? 2 : 4)];
                      }).Compare(/*told_apart=*/false);
  CHECK(Find(counts, "0").after == 50);
  CHECK(Find(counts, "2 to 4").before == 50);
  CHECK(Find(counts, "0.25 to 0.5").before == 25);
}

TEST_CASE("lines of one burst are worth less than lines of the whole log") {
  const auto burst = [](bool newer, int i) { return newer && i < 200 ? "odd" : "even"; };
  const auto spread = [](bool newer, int i) { return newer && i % 5 == 0 ? "odd" : "even"; };
  const ValueCount bursting = Find(CountsOf(1000, burst).Compare(true), "odd");
  const ValueCount steady = Find(CountsOf(1000, spread).Compare(true), "odd");
  CHECK(bursting.after == 200);
  CHECK(steady.after == 200);
  CHECK(bursting.effective.after < 10);
  CHECK(steady.effective.after == 200);
}

TEST_CASE("values that are alike in both logs are rarely told to differ") {
  testing::Random random(7);
  int alarms = 0;
  for (int run = 0; run < 300; ++run) {
    std::vector<Counts> all;
    for (int slot = 0; slot < 10; ++slot) {
      const auto counts =
          CountsOf(400, [&](bool, int) { return std::to_string(random.Skewed(3)); }).Compare(true);
      for (const ValueCount& each : counts) all.push_back(each.effective);
    }
    const double level = LevelOf(all);
    for (const Counts& each : all) alarms += ChanceOf(each) < level ? 1 : 0;
  }
  CHECK(alarms <= 6);
}

TEST_CASE("room for values is limited, and given back") {
  size_t left = 5;
  SlotCounts counts;
  for (int i = 0; i < 10; ++i) counts.Add("value " + std::to_string(i), i % 2 == 0, &left);
  CHECK(left == 5);
  CHECK(counts.Compare(true).empty());
}

}  // namespace
}  // namespace logpress::cli
