#include "cli/rate_test.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "support/random.h"

namespace logpress::cli {
namespace {

TEST_CASE("the chance of uneven counts is that of coins") {
  CHECK(ChanceOf({0, 10}) == Approx(2 * std::pow(0.5, 10)));
  CHECK(ChanceOf({10, 0}) == Approx(2 * std::pow(0.5, 10)));
  CHECK(ChanceOf({1, 9}) == Approx(2 * 11 * std::pow(0.5, 10)));
  CHECK(ChanceOf({5, 5}) == 1);
  CHECK(ChanceOf({0, 0}) == 1);
  CHECK(ChanceOf({30, 10, 0.75}) > 0.9);
}

TEST_CASE("many lines are told like few") {
  CHECK(ChanceOf({1001, 1000}) > 0.9);
  CHECK(ChanceOf({1100, 1000}) == Approx(ChanceOf({1047, 952})).epsilon(0.2));
  CHECK(ChanceOf({100000, 200000}) < 1e-100);
}

TEST_CASE("statements that are too rare to be told do not hide others") {
  std::vector<Counts> all(1000, Counts{0, 1});
  all.push_back({0, 20});
  CHECK(LevelOf(all) == Approx(0.01));
  CHECK(LevelOf(std::vector<Counts>(100, Counts{50, 50})) == Approx(0.0001));
}

TEST_CASE("random halves of a log give a false alarm in one of a hundred runs at most") {
  testing::Random random(1);
  int alarms = 0;
  for (int run = 0; run < 1000; ++run) {
    std::vector<Counts> all;
    for (int statement = 0; statement < 40; ++statement) {
      Counts counts;
      for (uint64_t lines = random.Skewed(9); lines > 0; --lines)
        ++(random.OneIn(2) ? counts.before : counts.after);
      all.push_back(counts);
    }
    const double level = LevelOf(all);
    for (const Counts& each : all) {
      if (ChanceOf(each) >= level) continue;
      ++alarms;
      break;
    }
  }
  CHECK(alarms <= 20);
}

}  // namespace
}  // namespace logpress::cli
