// Lines over time, and the values that most lines have.
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <string>

#include "cli/frequent_values.h"
#include "cli/rate.h"
#include "support/random.h"

namespace logpress::cli {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 86400 * kSecond;

logpress_time At(int64_t micros, int kind = LOGPRESS_TIME_INSTANT) {
  return {kind, micros, micros + 1};
}

TEST_CASE("lines are counted in spans of a width that people like") {
  RateCounter counter;
  CHECK(counter.Spans(10).width == 0);
  for (int i = 0; i < 95; ++i) counter.Add(At(1000 * kSecond + i * kSecond));
  counter.Add({});
  const Rate one = counter.Spans(100);
  CHECK(one.width == kSecond);
  CHECK(one.lines.size() == 95);
  const Rate ten = counter.Spans(10);
  CHECK(ten.width == 10 * kSecond);
  CHECK(ten.begin == 1000 * kSecond);
  CHECK(ten.lines == std::vector<uint64_t>{10, 10, 10, 10, 10, 10, 10, 10, 10, 5});
  CHECK(counter.Spans(9).width == 15 * kSecond);
}

TEST_CASE("spans have all lines, however far apart these are") {
  testing::Random random(5);
  for (const int64_t range : {kSecond, 5000 * kSecond, 40 * kDay, 900 * kDay, 90'000 * kDay}) {
    RateCounter counter;
    for (int i = 0; i < 20'000; ++i) {
      const auto offset = static_cast<int64_t>(random.Below(static_cast<uint64_t>(range)));
      counter.Add(At(offset - range / 2));
    }
    for (const size_t most : {2, 60, 180}) {
      const Rate rate = counter.Spans(most);
      CHECK(rate.lines.size() <= most);
      CHECK(std::accumulate(rate.lines.begin(), rate.lines.end(), uint64_t{0}) == 20'000);
    }
  }
}

TEST_CASE("of several kinds of time the commonest counts") {
  RateCounter counter;
  counter.Add(At(0));
  counter.Add(At(5 * kSecond, LOGPRESS_TIME_ANY_DAY));
  counter.Add(At(6 * kSecond, LOGPRESS_TIME_ANY_DAY));
  const Rate rate = counter.Spans(10);
  CHECK(rate.kind == LOGPRESS_TIME_ANY_DAY);
  CHECK(rate.lines == std::vector<uint64_t>{1, 1});
}

TEST_CASE("a plot shows every span that has a line") {
  Rate rate{LOGPRESS_TIME_INSTANT, 0, 60 * kSecond, {1000, 0, 1, 500}};
  const std::string text = RateText(rate);
  CHECK(text.find("lines in each 1 min:\n1000 ┤█\n") == 0);
  CHECK(text.find("   0 ┤█ ▁█\n") != std::string::npos);
  CHECK(text.find("1970-01-01T00:00:00  1970-01-01T00:03:00\n") != std::string::npos);
  const std::string svg = RateSvg(rate);
  CHECK(svg.find("<title>1970-01-01T00:02:00: 1</title>") != std::string::npos);
  CHECK(svg.find("1970-01-01T00:01:00") == std::string::npos);
  CHECK(RateSvg({}).find("no line has a time") != std::string::npos);
}

TEST_CASE("frequent values are counted to within a thirty-third") {
  testing::Random random(3);
  FrequentValues values;
  std::map<std::string, uint64_t> exact;
  size_t room = 1000;
  for (int i = 0; i < 50'000; ++i) {
    const std::string value = random.Below(2) == 0 ? "often" : std::to_string(random.Below(20'000));
    values.Add(value, &room);
    ++exact[value];
  }
  REQUIRE(values.Top() != nullptr);
  CHECK(values.Top()->value == "often");
  CHECK(values.Top()->count <= exact["often"]);
  CHECK(values.Top()->count + 50'000 / 33 >= exact["often"]);
  CHECK(room >= 1000 - FrequentValues::kMost);
}

TEST_CASE("where there is no room no value is kept") {
  FrequentValues values;
  size_t room = 0;
  values.Add("a", &room);
  CHECK(values.Top() == nullptr);
  room = 1;
  values.Add(std::string(FrequentValues::kMostBytes + 1, 'x'), &room);
  CHECK(values.Top() == nullptr);
  CHECK(values.sum() == 2);
}

}  // namespace
}  // namespace logpress::cli
