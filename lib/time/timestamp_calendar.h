// Day numbers and dates, without tables, divisions by variables or loops.
//
// The arithmetic is that of Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their
// application to calendar algorithms", Software: Practice and Experience 53 (2023).
#ifndef LOGPRESS_TIME_TIMESTAMP_CALENDAR_H_
#define LOGPRESS_TIME_TIMESTAMP_CALENDAR_H_

#include <cstdint>

namespace logpress::time {

struct CivilDate {
  uint32_t year;
  uint32_t month;  // 1 to 12
  uint32_t day;    // 1 to 31
};

// Both directions count from the year -400, so that all that occurs is positive.
inline constexpr uint32_t kEraYears = 400;
inline constexpr uint32_t kEpochDay = 719468 + 146097;  // 1970-01-01, counted from -400-03-01

// Days since 1970-01-01 in the proleptic Gregorian calendar. Year 0 to 9999; the month 1 to 12.
constexpr int32_t DayNumber(CivilDate date) {
  const uint32_t early = date.month <= 2 ? 1 : 0;
  const uint32_t year = date.year + kEraYears - early;
  const uint32_t month = date.month + 12 * early;
  const uint32_t century = year / 100;
  const uint32_t days =
      1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + date.day - 1;
  return static_cast<int32_t>(days) - static_cast<int32_t>(kEpochDay);
}

// The date of a day number in year 0 to 9999.
constexpr CivilDate DateOfDay(int32_t day_number) {
  const uint32_t n1 = 4 * static_cast<uint32_t>(day_number + static_cast<int32_t>(kEpochDay)) + 3;
  const uint32_t century = n1 / 146097;
  const uint64_t p2 = uint64_t{2939745} * ((n1 % 146097) | 3);
  const auto year_of_century = static_cast<uint32_t>(p2 >> 32);
  const uint32_t day_of_year = static_cast<uint32_t>(p2) / 2939745 / 4;
  const uint32_t n3 = 2141 * day_of_year + 197913;
  const uint32_t late = day_of_year >= 306 ? 1 : 0;
  return {100 * century + year_of_century - kEraYears + late, (n3 >> 16) - 12 * late,
          (n3 & 0xffff) / 2141 + 1};
}

constexpr bool IsLeapYear(uint32_t year) { return (year & (year % 25 == 0 ? 15u : 3u)) == 0; }

// Whether the month has this day. Month and day are any numbers.
constexpr bool IsDate(CivilDate date) {
  if (date.month - 1 >= 12 || date.day - 1 >= 31) return false;
  if (date.day <= 28) return true;
  if (date.month == 2) return date.day == 29 && IsLeapYear(date.year);
  return date.day <= (30u | (date.month ^ (date.month >> 3)));
}

// 0 for Sunday to 6 for Saturday, of a day number in year 0 to 9999.
constexpr uint32_t WeekdayOfDay(int32_t day_number) {
  return (static_cast<uint32_t>(day_number + 7 * 200000) + 4) % 7;
}

static_assert(DayNumber({1970, 1, 1}) == 0);
static_assert(DayNumber({2000, 3, 1}) == 11017);
static_assert(DayNumber({0, 1, 1}) == -719528);
static_assert(WeekdayOfDay(0) == 4);

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_CALENDAR_H_
