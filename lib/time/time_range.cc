#include "time/time_range.h"

#include <algorithm>
#include <limits>

#include "base/memory.h"
#include "time/timestamp_calendar.h"

namespace logpress::time {
namespace {

constexpr int64_t kMicrosPerDay = int64_t{86400} * 1000000;
// Longer than any year, and than the zones at its ends.
constexpr int64_t kMoreThanAYear = 368 * kMicrosPerDay;
// The years that timestamps can have, and one more at either side for their zones.
constexpr int64_t kLowest = (DayNumber({0, 1, 1}) - 2) * kMicrosPerDay;
constexpr int64_t kHighest = (DayNumber({9999, 12, 31}) + 2) * kMicrosPerDay;
constexpr int64_t kZones = 2 * kMicrosPerDay;
constexpr int64_t kAll = std::numeric_limits<int64_t>::max();

int64_t DayOf(int64_t micros) {
  return micros / kMicrosPerDay - (micros % kMicrosPerDay < 0 ? 1 : 0);
}

uint32_t YearOf(int64_t micros) {
  const int64_t day =
      std::clamp<int64_t>(DayOf(micros), DayNumber({1, 1, 1}), DayNumber({9998, 12, 31}));
  return DateOfDay(static_cast<int32_t>(day)).year;
}

}  // namespace

TimeRange::TimeRange(int64_t from, int64_t to) {
  if (from >= to) return;
  instants_.push_back({from, to});
  from = std::clamp(from, kLowest, kHighest);
  to = std::clamp(to, kLowest, kHighest);
  if (from >= to) return;
  AddYears(from, to);
  AddDays(from, to);
}

// What is asked of the years that the range touches, moved to the one in which the clocks of times
// without a year run. It is a leap year: what is behind February moves by another day than what is
// before its end, and Feb 29 means nothing in most years.
void TimeRange::AddYears(int64_t from, int64_t to) {
  if (to - from >= kMoreThanAYear) {
    yearless_.push_back({-kAll, kAll});
    return;
  }
  const auto year_of_clock = static_cast<uint32_t>(kAssumedYear);
  const int64_t january = DayNumber({year_of_clock, 1, 1});
  const int64_t leap_day = DayNumber({year_of_clock, 2, 29});
  const int64_t march = leap_day + 1;
  const int64_t next_january = DayNumber({year_of_clock + 1, 1, 1});
  const auto add = [&](int64_t day, int64_t clock_day, int64_t clock_begin, int64_t clock_end) {
    const int64_t shift = (clock_day - day) * kMicrosPerDay;
    const Interval moved = {std::max(from + shift, clock_begin), std::min(to + shift, clock_end)};
    if (moved.from < moved.to) yearless_.push_back(moved);
  };
  // A zone may move a line's clock over the end of its year.
  for (uint32_t year = YearOf(from) - 1; year <= YearOf(to) + 1; ++year) {
    add(DayNumber({year, 1, 1}), january, january * kMicrosPerDay - kZones,
        (IsLeapYear(year) ? march : leap_day) * kMicrosPerDay);
    add(DayNumber({year, 3, 1}), march, march * kMicrosPerDay,
        next_january * kMicrosPerDay + kZones);
  }
}

void TimeRange::AddDays(int64_t from, int64_t to) {
  const int64_t begin = from - DayOf(from) * kMicrosPerDay;
  const int64_t end = begin + std::min(to - from, kMicrosPerDay);
  daily_.push_back({begin, std::min(end, kMicrosPerDay)});
  if (end > kMicrosPerDay) daily_.push_back({0, end - kMicrosPerDay});
}

std::span<const TimeRange::Interval> TimeRange::Of(TimeKind kind) const {
  switch (kind) {
    case TimeKind::kNone:
      break;
    case TimeKind::kInstant:
      return instants_;
    case TimeKind::kYearless:
      return yearless_;
    case TimeKind::kDaily:
      return daily_;
  }
  return {};
}

bool TimeRange::Meets(TimeKind kind, int64_t begin, int64_t end) const {
  const std::span<const Interval> intervals = Of(kind);
  return std::any_of(intervals.begin(), intervals.end(), [begin, end](const Interval& asked) {
    return begin < asked.to && asked.from < end;
  });
}

bool TimeRange::Holds(TimeKind kind, int64_t begin, int64_t end) const {
  const std::span<const Interval> intervals = Of(kind);
  return std::any_of(intervals.begin(), intervals.end(), [begin, end](const Interval& asked) {
    return asked.from <= begin && end <= asked.to;
  });
}

}  // namespace logpress::time
