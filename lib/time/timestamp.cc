// Matching and rendering: the arithmetic between fields and ticks, and the path for fields of fixed
// widths.
#include "time/timestamp.h"

#include "time/timestamp_calendar.h"
#include "time/timestamp_internal.h"

namespace logpress::time {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080u;

// Splits into a quotient rounded down and a remainder that is not negative. A template because
// division by a constant is a multiplication, several times faster than one by a variable.
template <int64_t kDivisor>
inline void FloorDivide(int64_t value, int64_t* quotient, uint64_t* remainder) {
  int64_t q = value / kDivisor;
  int64_t r = value % kDivisor;
  if (r < 0) {
    r += kDivisor;
    --q;
  }
  *quotient = q;
  *remainder = static_cast<uint64_t>(r);
}

// Ticks as days, seconds of the day and fraction, for a unit of 1 / kUnit seconds.
template <int64_t kUnit>
inline void SplitSeconds(int64_t ticks, int64_t* day, uint32_t* seconds, uint32_t* fraction) {
  uint64_t rest = 0;
  FloorDivide<86400 * kUnit>(ticks, day, &rest);
  *seconds = static_cast<uint32_t>(rest / kUnit);
  *fraction = static_cast<uint32_t>(rest % kUnit);
}

inline void SplitByDigits(int digits, int64_t ticks, int64_t* day, uint32_t* seconds,
                          uint32_t* fraction) {
  switch (digits) {
    case 0:
      return SplitSeconds<1>(ticks, day, seconds, fraction);
    case 1:
      return SplitSeconds<10>(ticks, day, seconds, fraction);
    case 2:
      return SplitSeconds<100>(ticks, day, seconds, fraction);
    case 3:
      return SplitSeconds<1000>(ticks, day, seconds, fraction);
    case 4:
      return SplitSeconds<10000>(ticks, day, seconds, fraction);
    case 5:
      return SplitSeconds<100000>(ticks, day, seconds, fraction);
    case 6:
      return SplitSeconds<1000000>(ticks, day, seconds, fraction);
    case 7:
      return SplitSeconds<10000000>(ticks, day, seconds, fraction);
    case 8:
      return SplitSeconds<100000000>(ticks, day, seconds, fraction);
    default:
      return SplitSeconds<1000000000>(ticks, day, seconds, fraction);
  }
}

// The tens that a space-padded number has in front of its last digit; false if it is padded
// otherwise.
inline bool AddTens(char tens, uint32_t* value) {
  if (tens == ' ') return true;
  if (tens < '1' || tens > '9') return false;
  *value += 10 * static_cast<uint32_t>(tens - '0');
  return true;
}

inline void WritePadded(uint32_t value, bool space, char* out) {
  WriteTwo(value, out);
  if (space && value < 10) out[0] = ' ';
}

}  // namespace

bool TimestampFormat::Match(const char* p, const char* end, int64_t* ticks, int64_t* extra,
                            size_t* size) const {
  Offsets at;
  return MatchAt(p, end, ticks, extra, size, &at);
}

bool TimestampFormat::MatchAt(const char* p, const char* end, int64_t* ticks, int64_t* extra,
                              size_t* size, Offsets* at) const {
  Values values;
  size_t consumed = 0;
  *at = at_;
  const bool fields = words_ != 0 ? MatchFixed(p, end, &values, &consumed)
                                  : MatchFields(p, end, &values, &consumed, at);
  if (!fields || !Combine(values, ticks, extra)) return false;
  *size = consumed;
  return true;
}

size_t TimestampFormat::Render(int64_t ticks, int64_t extra, char* out) const {
  Offsets at;
  return RenderAt(ticks, extra, out, &at);
}

size_t TimestampFormat::RenderAt(int64_t ticks, int64_t extra, char* out, Offsets* at) const {
  Values values;
  if (!Split(ticks, extra, &values)) return 0;
  *at = at_;
  return words_ != 0 ? RenderFixed(values, out) : RenderFields(values, out, at);
}

// Checks that the fields are a time that exists; then extra is a mixed-radix number of the zone,
// the zone's name and (without a year) the weekday.
inline bool TimestampFormat::Combine(const Values& values, int64_t* ticks, int64_t* extra) const {
  if (is_epoch()) {
    if (values.epoch < kFirstEpoch || values.epoch > kLastEpoch) return false;
    *ticks = static_cast<int64_t>(values.epoch) * per_second_ + values.fraction;
    *extra = 0;
    return true;
  }
  int64_t day = 0;
  uint32_t weekday = 0;
  if (has_date()) {
    const CivilDate date = {values.year, values.month, values.day};
    if (!IsDate(date)) return false;
    const int32_t number = DayNumber(date);
    day = number;
    if (Has(Part::kWeekday)) {
      if (!has_year()) {
        weekday = values.weekday;
      } else if (values.weekday != WeekdayOfDay(number)) {
        return false;
      }
    }
  }
  uint32_t hour = values.hour;
  if (Has(Part::kAmPm)) {
    if (hour - 1 >= 12) return false;
    hour = hour % 12 + 12 * values.pm;
  }
  if (hour >= 24 || values.minute >= 60 || values.second >= 60) return false;
  const int64_t time = hour * per_hour_ + values.minute * per_minute_ +
                       values.second * per_second_ + values.fraction;
  // Nanoseconds do not fit an int64_t beyond the years 1678 to 2261.
  if (day < first_day_ || day > last_day_) return false;
  *ticks = day * per_day_ + time;
  *extra = values.zone + int64_t{kZoneLimit} * (values.zone_name + kZoneNameLimit * weekday);
  return true;
}

// The way back. False for ticks and extra that Combine does not give.
inline bool TimestampFormat::Split(int64_t ticks, int64_t extra, Values* values) const {
  uint32_t weekday = 0;
  if (extra != 0) {
    if (extra < 0 || extra >= int64_t{kZoneLimit} * kZoneNameLimit * 7) return false;
    const auto all = static_cast<uint32_t>(extra);
    values->zone = all % kZoneLimit;
    values->zone_name = all / kZoneLimit % kZoneNameLimit;
    weekday = all / kZoneLimit / kZoneNameLimit;
    if ((values->zone != 0 && !Has(Part::kZone)) ||
        (values->zone_name != 0 && !Has(Part::kZoneName)) ||
        values->zone_name >= kZoneNames.size() ||
        (weekday != 0 && (has_year() || !Has(Part::kWeekday)))) {
      return false;
    }
    // An hour alone cannot say half of one.
    if (style_[static_cast<size_t>(Part::kZone)] == Style::kZoneHour && values->zone / 2 % 60 != 0)
      return false;
  }
  int64_t day = ticks;
  uint32_t seconds = 0;
  if (per_second_ != 0) {
    SplitByDigits(fraction_digits_, ticks, &day, &seconds, &values->fraction);
    if (is_epoch()) {
      if (day < 0 || day > int64_t{kLastEpoch} / 86400) return false;
      const int64_t epoch = day * 86400 + seconds;
      if (epoch < int64_t{kFirstEpoch} || epoch > int64_t{kLastEpoch}) return false;
      values->epoch = static_cast<uint64_t>(epoch);
      return true;
    }
  } else if (per_minute_ != 0) {
    uint64_t minutes = 0;
    FloorDivide<1440>(ticks, &day, &minutes);
    seconds = 60 * static_cast<uint32_t>(minutes);
  }
  if (day < first_day_ || day > last_day_) return false;
  values->hour = seconds / 3600;
  values->minute = seconds / 60 % 60;
  values->second = seconds % 60;
  if (Has(Part::kAmPm)) {
    values->pm = values->hour >= 12 ? 1 : 0;
    values->hour = (values->hour + 11) % 12 + 1;
  }
  if (has_date()) {
    const auto number = static_cast<int32_t>(day);
    const CivilDate date = DateOfDay(number);
    values->year = date.year;
    values->month = date.month;
    values->day = date.day;
    values->weekday = has_year() && Has(Part::kWeekday) ? WeekdayOfDay(number) : weekday;
  }
  return true;
}

inline bool TimestampFormat::MatchFixed(const char* p, const char* end, Values* values,
                                        size_t* size) const {
  const auto left = static_cast<size_t>(end - p);
  const size_t words = words_;
  std::array<char, 8 * kMaxWords> padded;
  const char* text = p;
  if (left < 8 * words) {
    if (left < fixed_size_) return false;
    padded.fill(0);
    std::memcpy(padded.data(), p, fixed_size_);
    text = padded.data();
  }

  // pairs[i] becomes 10 * (digit at i) + (digit at i + 1), where a byte that is no digit counts 0.
  std::array<char, 8 * kMaxWords + 8> pair_bytes;
  StoreWord(0, &pair_bytes[kAbsent]);
  uint64_t wrong = 0;
  uint64_t before = 0;
  for (size_t i = 0; i < words; ++i) {
    const uint64_t t = (LoadWord(text + 8 * i) ^ pattern_[i]) & care_[i];
    wrong |= (t + add_[i]) | t;
    if (i > 0) StoreWord(before * 10 + (before >> 8 | t << 56), &pair_bytes[8 * (i - 1)]);
    before = t;
  }
  if ((wrong & kHighBits) != 0) return false;
  StoreWord(before * 10 + (before >> 8), &pair_bytes[8 * (words - 1)]);

  const auto at = [&](Part part) -> size_t { return at_[static_cast<size_t>(part)]; };
  const auto pair = [&](size_t offset) -> uint32_t {
    return static_cast<uint8_t>(pair_bytes[offset]);
  };
  if (Has(Part::kFraction)) {
    size_t offset = at(Part::kFraction);
    uint32_t fraction = 0;
    if (fraction_digits_ % 2 != 0) fraction = pair(offset++) / 10;
    for (int i = fraction_digits_ / 2; i > 0; --i, offset += 2)
      fraction = fraction * 100 + pair(offset);
    values->fraction = fraction;
  }
  if (is_epoch()) {
    const size_t offset = at(Part::kEpoch);
    values->epoch = (uint64_t{pair(offset)} * 100 + pair(offset + 2)) * 1000000 +
                    pair(offset + 4) * 10000 + pair(offset + 6) * 100 + pair(offset + 8);
    *size = fixed_size_;
    return true;
  }
  values->hour = pair(at(Part::kHour));
  values->minute = pair(at(Part::kMinute));
  values->second = pair(at(Part::kSecond));
  if (has_date()) {
    values->month = pair(at(Part::kMonth));
    values->day = pair(at(Part::kDay));
    if (has_year()) {
      const size_t offset = at(Part::kYear);
      values->year =
          two_digit_year_ ? FullYear(pair(offset)) : pair(offset) * 100 + pair(offset + 2);
    }
    const Style month_style = style_[static_cast<size_t>(Part::kMonth)];
    if (month_style >= Style::kTitle) {
      const auto letters =
          static_cast<NameCase>(static_cast<int>(month_style) - static_cast<int>(Style::kTitle));
      values->month =
          static_cast<uint32_t>(kMonths.Find(LoadThree(text + at(Part::kMonth)), letters)) + 1;
    }
    if (Has(Part::kWeekday)) {
      const auto letters =
          static_cast<NameCase>(static_cast<int>(style_[static_cast<size_t>(Part::kWeekday)]) -
                                static_cast<int>(Style::kTitle));
      values->weekday =
          static_cast<uint32_t>(kWeekdays.Find(LoadThree(text + at(Part::kWeekday)), letters));
      if (values->weekday >= kWeekdayNames.size()) return false;
    }
  }
  if (space_padded_) {
    const auto padded_number = [&](Part part, uint32_t* value) {
      const Style style = style_[static_cast<size_t>(part)];
      if (!Has(part) || (style != Style::kSpace && style != Style::kTwelveSpace)) return true;
      return AddTens(text[at(part)], value);
    };
    if (!padded_number(Part::kMonth, &values->month) || !padded_number(Part::kDay, &values->day) ||
        !padded_number(Part::kHour, &values->hour)) {
      return false;
    }
  }
  if (Has(Part::kAmPm)) {
    const bool upper = style_[static_cast<size_t>(Part::kAmPm)] == Style::kUpper;
    const char* const letters = text + at(Part::kAmPm);
    values->pm = letters[0] == (upper ? 'P' : 'p') ? 1 : 0;
    if ((values->pm == 0 && letters[0] != (upper ? 'A' : 'a')) || letters[1] != (upper ? 'M' : 'm'))
      return false;
  }
  if (Has(Part::kZone)) {
    const char sign = text[at(Part::kZone)];
    const uint32_t hours = pair(at(Part::kZone) + 1);
    const uint32_t minutes = pair(zone_minutes_at_);
    if ((sign != '+' && sign != '-') || hours >= 24 || minutes >= 60) return false;
    values->zone = 2 * (60 * hours + minutes) + (sign == '-' ? 1 : 0);
  }
  size_t name_size = 0;
  if (zone_name_last_ && !ReadZoneName(p + fixed_size_, end, &values->zone_name, &name_size))
    return false;
  *size = fixed_size_ + name_size;
  return true;
}

inline size_t TimestampFormat::RenderFixed(const Values& values, char* out) const {
  for (size_t i = 0; i < words_; ++i) StoreWord(pattern_[i], out + 8 * i);
  const auto at = [&](Part part) { return out + at_[static_cast<size_t>(part)]; };
  const auto style = [&](Part part) { return style_[static_cast<size_t>(part)]; };
  if (Has(Part::kFraction)) WriteDigits(values.fraction, fraction_digits_, at(Part::kFraction));
  if (is_epoch()) {
    WriteDigits(values.epoch, 10, at(Part::kEpoch));
    return fixed_size_;
  }
  if (has_date()) {
    if (has_year()) {
      if (!two_digit_year_) WriteTwo(values.year / 100, at(Part::kYear));
      WriteTwo(values.year % 100, at(Part::kYear) + (two_digit_year_ ? 0 : 2));
    }
    if (style(Part::kMonth) >= Style::kTitle) {
      const auto letters = static_cast<NameCase>(static_cast<int>(style(Part::kMonth)) -
                                                 static_cast<int>(Style::kTitle));
      StoreThree(kMonths.Word(values.month - 1, letters), at(Part::kMonth));
    } else {
      WritePadded(values.month, style(Part::kMonth) == Style::kSpace, at(Part::kMonth));
    }
    WritePadded(values.day, style(Part::kDay) == Style::kSpace, at(Part::kDay));
    if (Has(Part::kWeekday)) {
      const auto letters = static_cast<NameCase>(static_cast<int>(style(Part::kWeekday)) -
                                                 static_cast<int>(Style::kTitle));
      StoreThree(kWeekdays.Word(values.weekday, letters), at(Part::kWeekday));
    }
  }
  if (!has_time()) return fixed_size_;
  const Style hour = style(Part::kHour);
  WritePadded(values.hour, hour == Style::kSpace || hour == Style::kTwelveSpace, at(Part::kHour));
  WriteTwo(values.minute, at(Part::kMinute));
  if (Has(Part::kSecond)) WriteTwo(values.second, at(Part::kSecond));
  if (Has(Part::kAmPm)) {
    const bool upper = style(Part::kAmPm) == Style::kUpper;
    at(Part::kAmPm)[0] = values.pm != 0 ? (upper ? 'P' : 'p') : (upper ? 'A' : 'a');
    at(Part::kAmPm)[1] = upper ? 'M' : 'm';
  }
  if (Has(Part::kZone)) {
    at(Part::kZone)[0] = (values.zone & 1) != 0 ? '-' : '+';
    WriteTwo(values.zone / 2 / 60, at(Part::kZone) + 1);
    if (zone_minutes_at_ != kAbsent) WriteTwo(values.zone / 2 % 60, out + zone_minutes_at_);
  }
  if (!zone_name_last_) return fixed_size_;
  return fixed_size_ + WriteZoneName(values.zone_name, out + fixed_size_);
}

bool TimestampFormat::ZoneMicros(int64_t ticks, int64_t extra, int64_t* micros) const {
  Values values;
  if (!Split(ticks, extra, &values)) return false;
  int64_t zone = static_cast<int64_t>(values.zone / 2) * ((values.zone & 1) != 0 ? -1 : 1);
  if (!Has(Part::kZone) && Has(Part::kZoneName)) zone = kZoneNames[values.zone_name].offset;
  *micros = zone * 60000000;
  return true;
}

bool TimestampFormat::ToUnixMicros(int64_t ticks, int64_t extra, int64_t* micros) const {
  int64_t zone;
  if (!(is_epoch() || has_year()) || !ZoneMicros(ticks, extra, &zone)) return false;
  // By days and the rest of one, because a tick may be less or more than a microsecond.
  constexpr int64_t kMicrosPerDay = 86400 * int64_t{1000000};
  int64_t day = ticks / per_day_;
  int64_t rest = ticks % per_day_;
  if (rest < 0) {
    rest += per_day_;
    --day;
  }
  const int64_t rest_micros = per_day_ > kMicrosPerDay ? rest / (per_day_ / kMicrosPerDay)
                                                       : rest * (kMicrosPerDay / per_day_);
  *micros = day * kMicrosPerDay + rest_micros - zone;
  return true;
}

}  // namespace logpress::time
