#include "time/line_times.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "time/time_range.h"

namespace logpress::time {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kHour = 3600 * kSecond;
constexpr int64_t kDay = 24 * kHour;
// 2024-05-17 12:00:00 UTC.
constexpr int64_t kNoon = 1715947200 * kSecond;

std::string Repeat(const std::string& line, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += line;
  return text;
}

// The time of `line` in a log that is full of the likes of it.
LineTime TimeIn(const std::string& line) {
  LineClock clock(FindTimePlaces(Repeat(line + "\n", 20)));
  return clock.TimeOf(line.data(), line.data() + line.size(), line.data() + line.size());
}

TEST_CASE("a line's time is found wherever the lines of a log have it") {
  struct Case {
    const char* line;
    TimeKind kind;
    int64_t begin;
    int64_t width;
  };
  const Case cases[] = {
      {"2024-05-17 12:00:00 INFO started", TimeKind::kInstant, kNoon, 1},
      {"2024-05-17T12:00:00.250Z INFO started", TimeKind::kInstant, kNoon + kSecond / 4, 1},
      {"2024-05-17T14:00:00+0200 INFO started", TimeKind::kInstant, kNoon, 1},
      {"1.2.3.4 - - [17/May/2024:05:00:00 -0700] \"GET /\"", TimeKind::kInstant, kNoon, 1},
      {"{\"level\":\"info\",\"ts\":\"2024-05-17T12:00:00Z\"}", TimeKind::kInstant, kNoon, 1},
      {"1715947200.123456\tCx\t10.0.0.1", TimeKind::kInstant, kNoon + 123456, 1},
      {"2024-05-17 12:00 backup done", TimeKind::kInstant, kNoon, 60 * kSecond},
      {"[2024-05-17] rotated", TimeKind::kInstant, kNoon - 12 * kHour, kDay},
      // 1972-05-17 is day 867.
      {"May 17 12:00:00 host sshd[12]: hello", TimeKind::kYearless, 867 * kDay + 12 * kHour, 1},
      {"12:00:01,500 DEBUG x", TimeKind::kDaily, 12 * kHour + 3 * kSecond / 2, 1},
      {"no time 1234567890 in here", TimeKind::kNone, 0, 0},
      {"just words", TimeKind::kNone, 0, 0},
  };
  for (const Case& one : cases) {
    INFO(one.line);
    const LineTime time = TimeIn(one.line);
    CHECK(time.kind == one.kind);
    CHECK(time.begin == one.begin);
    CHECK(time.end - time.begin == one.width);
  }
}

TEST_CASE("a timestamp elsewhere in a line is not its time") {
  const std::string text = Repeat("2024-05-17 12:00:00 tick\n", 40);
  LineClock clock(FindTimePlaces(text));
  const std::string late = "  retry of 2024-05-17 12:00:00";
  CHECK(clock.TimeOf(late.data(), late.data() + late.size(), late.data() + late.size()).kind ==
        TimeKind::kNone);
  const std::string glued = "2024-05-17 12:00:001";
  CHECK(clock.TimeOf(glued.data(), glued.data() + glued.size(), glued.data() + glued.size()).kind ==
        TimeKind::kNone);
}

TEST_CASE("a log that changes its format half way keeps its times") {
  const std::string text =
      Repeat("2024-05-17 12:00:00 INFO a\n", 200) + Repeat("[17/May/2024:13:00:00 +0000] b\n", 200);
  LineClock clock(FindTimePlaces(text));
  const TimeSpan span = SpanOfLines(text, false, &clock);
  CHECK(span.one_kind());
  CHECK(span.lowest == kNoon);
  CHECK(span.highest == kNoon + kHour);
}

TEST_CASE("day and month are told apart by the lines of the log") {
  std::string text;
  for (int day = 1; day < 28; ++day)
    text += absl::StrCat(absl::Dec(day, absl::kZeroPad2), "/04/2024 10:00:00 x\n");
  LineClock clock(FindTimePlaces(text));
  const TimeSpan span = SpanOfLines(text, false, &clock);
  CHECK(span.highest - span.lowest == 26 * kDay);
}

TEST_CASE("a span has the earliest and the latest, whatever their order") {
  const std::string text =
      "  a trace\n2024-05-17 12:00:05 x\n2024-05-17 12:00:01 y\n\n"
      "2024-05-17 12:00:09 z\n2024-05-17 12:00:03 w\n\tat here\n";
  LineClock clock(FindTimePlaces(text));
  TimeSpan span = SpanOfLines(text, false, &clock);
  CHECK(span.starts_untimed);
  CHECK(span.lowest == kNoon + kSecond);
  CHECK(span.highest == kNoon + 9 * kSecond);
  CHECK(span.first.begin == kNoon + 5 * kSecond);
  CHECK(span.last.begin == kNoon + 3 * kSecond);
  // The bytes before the first newline belong to a line that starts elsewhere.
  span = SpanOfLines(text, true, &clock);
  CHECK_FALSE(span.starts_untimed);
  CHECK(SpanOfLines("nothing\nto see\n", false, &clock).kinds == 0);
  CHECK(SpanOfLines("", false, &clock).kinds == 0);
}

TEST_CASE("a range takes the instants from its first to before its last") {
  const TimeRange range(kNoon, kNoon + kSecond);
  const auto instant = [](int64_t at) { return LineTime{TimeKind::kInstant, at, at + 1}; };
  CHECK_FALSE(range.Meets(instant(kNoon - 1)));
  CHECK(range.Meets(instant(kNoon)));
  CHECK(range.Meets(instant(kNoon + kSecond - 1)));
  CHECK_FALSE(range.Meets(instant(kNoon + kSecond)));
  // A minute or a day that the range touches.
  CHECK(range.Meets({TimeKind::kInstant, kNoon - 59 * kSecond, kNoon + kSecond}));
  CHECK_FALSE(range.Meets({TimeKind::kInstant, kNoon - 60 * kSecond, kNoon}));
  CHECK_FALSE(range.Meets({TimeKind::kNone, 0, 0}));
  CHECK_FALSE(TimeRange(kNoon, kNoon).Meets(instant(kNoon)));
  CHECK_FALSE(TimeRange(kNoon, kNoon - 5).Meets(instant(kNoon - 1)));
}

TEST_CASE("a time without a year meets a range in any year") {
  // The clock of 1972: May 17 is day 867, Feb 29 day 789, Dec 31 day 1095, Jan 1 day 730.
  const auto yearless = [](int64_t day, int64_t hour) {
    const int64_t at = day * kDay + hour * kHour;
    return LineTime{TimeKind::kYearless, at, at + 1};
  };
  for (const int64_t noon : {kNoon, kNoon + 365 * kDay, kNoon - 366 * kDay}) {
    const TimeRange range(noon, noon + kHour);  // May 17 of 2024, 2025, 2023
    CHECK(range.Meets(yearless(867, 12)));
    CHECK_FALSE(range.Meets(yearless(867, 11)));
    CHECK_FALSE(range.Meets(yearless(867, 13)));
    CHECK_FALSE(range.Meets(yearless(868, 12)));
  }
  const int64_t leap_day = kNoon - 78 * kDay;  // 2024-02-29
  CHECK(TimeRange(leap_day, leap_day + kHour).Meets(yearless(789, 12)));
  const int64_t day_after = kNoon - 365 * kDay - 77 * kDay;  // 2023-03-02 12:00
  CHECK_FALSE(TimeRange(day_after - 3 * kDay, day_after).Meets(yearless(789, 12)));
  CHECK(TimeRange(day_after - 3 * kDay, day_after).Meets(yearless(790, 12)));
  // Over the end of a year.
  const int64_t new_year = 1735689600 * kSecond;  // 2025-01-01
  const TimeRange night(new_year - kHour, new_year + kHour);
  CHECK(night.Meets(yearless(1095, 23)));
  CHECK(night.Meets(yearless(730, 0)));
  CHECK_FALSE(night.Meets(yearless(730, 1)));
  CHECK_FALSE(night.Meets(yearless(1095, 22)));
  // All there are.
  CHECK(TimeRange(new_year, new_year + 370 * kDay).Meets(yearless(789, 12)));
  CHECK(TimeRange(INT64_MIN, INT64_MAX).Meets(yearless(867, 12)));
}

TEST_CASE("a time of day meets a range on any day") {
  const auto daily = [](int64_t hour) {
    return LineTime{TimeKind::kDaily, hour * kHour, hour * kHour + 1};
  };
  const TimeRange night(kNoon + 11 * kHour, kNoon + 13 * kHour);
  CHECK(night.Meets(daily(23)));
  CHECK(night.Meets(daily(0)));
  CHECK_FALSE(night.Meets(daily(1)));
  CHECK_FALSE(night.Meets(daily(22)));
  CHECK(TimeRange(kNoon, kNoon + kDay).Meets(daily(3)));
  CHECK(TimeRange(-kHour, 0).Meets(daily(23)));
  CHECK_FALSE(TimeRange(-kHour, 0).Meets(daily(0)));
}

}  // namespace
}  // namespace logpress::time
