// What a format is: its fields, its notations as a pattern and as code bytes, and the tables that
// matching and rendering run on.
#include <algorithm>
#include <limits>

#include "time/timestamp.h"
#include "time/timestamp_calendar.h"
#include "time/timestamp_internal.h"

namespace logpress::time {

struct FieldTable {
  using Part = TimestampFormat::Part;
  using Style = TimestampFormat::Style;

  // The code of a field is its place, so that this list may only be appended to.
  static constexpr auto kFields = std::to_array<TimestampFormat::Field>({
      {Part::kYear, Style::kZero, 4, 4, 0, "%Y"},
      {Part::kYear, Style::kTwoDigits, 2, 2, 0, "%y"},
      {Part::kMonth, Style::kZero, 2, 2, 0, "%m"},
      {Part::kMonth, Style::kSpace, 2, 2, 0, "%_m"},
      {Part::kMonth, Style::kPlain, 0, 2, 0, "%-m"},
      {Part::kMonth, Style::kTitle, 3, 3, 0, "%b"},
      {Part::kMonth, Style::kUpper, 3, 3, 0, "%^b"},
      {Part::kMonth, Style::kLower, 3, 3, 0, "%#b"},
      {Part::kMonth, Style::kFull, 0, 9, 0, "%B"},
      {Part::kDay, Style::kZero, 2, 2, 0, "%d"},
      {Part::kDay, Style::kSpace, 2, 2, 0, "%_d"},
      {Part::kDay, Style::kPlain, 0, 2, 0, "%-d"},
      {Part::kWeekday, Style::kTitle, 3, 3, 0, "%a"},
      {Part::kWeekday, Style::kUpper, 3, 3, 0, "%^a"},
      {Part::kWeekday, Style::kLower, 3, 3, 0, "%#a"},
      {Part::kWeekday, Style::kFull, 0, 9, 0, "%A"},
      {Part::kHour, Style::kZero, 2, 2, 0, "%H"},
      {Part::kHour, Style::kSpace, 2, 2, 0, "%_H"},
      {Part::kHour, Style::kPlain, 0, 2, 0, "%-H"},
      {Part::kHour, Style::kTwelveZero, 2, 2, 0, "%I"},
      {Part::kHour, Style::kTwelveSpace, 2, 2, 0, "%_I"},
      {Part::kHour, Style::kTwelvePlain, 0, 2, 0, "%-I"},
      {Part::kMinute, Style::kZero, 2, 2, 0, "%M"},
      {Part::kMinute, Style::kPlain, 0, 2, 0, "%-M"},
      {Part::kSecond, Style::kZero, 2, 2, 0, "%S"},
      {Part::kSecond, Style::kPlain, 0, 2, 0, "%-S"},
      {Part::kFraction, Style::kMillis, 0, 3, 3, "%-L"},
      {Part::kAmPm, Style::kUpper, 2, 2, 0, "%p"},
      {Part::kAmPm, Style::kLower, 2, 2, 0, "%P"},
      {Part::kZone, Style::kZero, 5, 5, 0, "%z"},
      {Part::kZone, Style::kZoneColon, 6, 6, 0, "%:z"},
      {Part::kZone, Style::kZoneHour, 3, 3, 0, "%:::z"},
      {Part::kZoneName, Style::kUpper, 0, kMaxZoneNameSize, 0, "%Z"},
      {Part::kEpoch, Style::kZero, 10, 10, 0, "%s"},
      {Part::kFraction, Style::kZero, 1, 1, 1, "%1f"},
      {Part::kFraction, Style::kZero, 2, 2, 2, "%2f"},
      {Part::kFraction, Style::kZero, 3, 3, 3, "%3f"},
      {Part::kFraction, Style::kZero, 4, 4, 4, "%4f"},
      {Part::kFraction, Style::kZero, 5, 5, 5, "%5f"},
      {Part::kFraction, Style::kZero, 6, 6, 6, "%6f"},
      {Part::kFraction, Style::kZero, 7, 7, 7, "%7f"},
      {Part::kFraction, Style::kZero, 8, 8, 8, "%8f"},
      {Part::kFraction, Style::kZero, 9, 9, 9, "%9f"},
      {Part::kFraction, Style::kTrimDot, 0, 2, 1, "%.1f"},
      {Part::kFraction, Style::kTrimDot, 0, 3, 2, "%.2f"},
      {Part::kFraction, Style::kTrimDot, 0, 4, 3, "%.3f"},
      {Part::kFraction, Style::kTrimDot, 0, 5, 4, "%.4f"},
      {Part::kFraction, Style::kTrimDot, 0, 6, 5, "%.5f"},
      {Part::kFraction, Style::kTrimDot, 0, 7, 6, "%.6f"},
      {Part::kFraction, Style::kTrimDot, 0, 8, 7, "%.7f"},
      {Part::kFraction, Style::kTrimDot, 0, 9, 8, "%.8f"},
      {Part::kFraction, Style::kTrimDot, 0, 10, 9, "%.9f"},
      {Part::kFraction, Style::kTrimComma, 0, 2, 1, "%,1f"},
      {Part::kFraction, Style::kTrimComma, 0, 3, 2, "%,2f"},
      {Part::kFraction, Style::kTrimComma, 0, 4, 3, "%,3f"},
      {Part::kFraction, Style::kTrimComma, 0, 5, 4, "%,4f"},
      {Part::kFraction, Style::kTrimComma, 0, 6, 5, "%,5f"},
      {Part::kFraction, Style::kTrimComma, 0, 7, 6, "%,6f"},
      {Part::kFraction, Style::kTrimComma, 0, 8, 7, "%,7f"},
      {Part::kFraction, Style::kTrimComma, 0, 9, 8, "%,8f"},
      {Part::kFraction, Style::kTrimComma, 0, 10, 9, "%,9f"},
  });
};

namespace {

// '%' is left out so that a pattern reads in one way only.
bool IsLiteral(uint8_t byte) {
  return byte == '\t' || (byte >= 0x20 && byte <= 0x7e && byte != '%');
}

}  // namespace

const TimestampFormat::Field* TimestampFormat::FindField(uint8_t code) {
  const size_t place = static_cast<size_t>(code) - kFirstFieldCode;
  return code >= kFirstFieldCode && place < FieldTable::kFields.size() ? &FieldTable::kFields[place]
                                                                       : nullptr;
}

bool TimestampFormat::FromPattern(ByteView pattern, TimestampFormat* format) {
  ByteBuffer code;
  while (!pattern.empty()) {
    if (pattern[0] != '%') {
      code.push_back(pattern[0]);
      if (!IsLiteral(static_cast<uint8_t>(pattern[0]))) return false;
      pattern.remove_prefix(1);
      continue;
    }
    const auto field = std::find_if(
        FieldTable::kFields.begin(), FieldTable::kFields.end(), [&](const Field& candidate) {
          // The second byte tells most of them apart, and the last may not be there.
          return pattern.size() > 1 && pattern[1] == candidate.text[1] &&
                 pattern.starts_with(candidate.text);
        });
    if (field == FieldTable::kFields.end()) return false;
    code.push_back(static_cast<char>(kFirstFieldCode + (field - FieldTable::kFields.begin())));
    pattern.remove_prefix(ByteView(field->text).size());
  }
  return FromCode(code, format);
}

bool TimestampFormat::FromCode(ByteView code, TimestampFormat* format) {
  if (code.empty() || code.size() > kMaxCodeSize) return false;
  TimestampFormat result;
  std::copy(code.begin(), code.end(), result.code_.begin());
  result.code_size_ = static_cast<uint8_t>(code.size());
  if (!result.Compile()) return false;
  *format = result;
  return true;
}

std::string TimestampFormat::Pattern() const {
  std::string pattern;
  for (const char byte : code()) {
    if (const Field* field = FindField(static_cast<uint8_t>(byte))) {
      pattern += field->text;
    } else {
      pattern += byte;
    }
  }
  return pattern;
}

void TimestampFormat::Serialize(ByteBuffer* out) const {
  PutVarint(out, code_size_);
  out->append(code());
}

bool TimestampFormat::Parse(ByteReader* reader, TimestampFormat* format) {
  uint64_t size = 0;
  ByteView code;
  return reader->GetVarintUpTo(kMaxCodeSize, &size) && reader->GetBytes(size, &code) &&
         FromCode(code, format);
}

bool TimestampFormat::has_zone() const {
  return Has(Part::kZone) || Has(Part::kZoneName) ||
         (code_size_ > 0 && code_[code_size_ - size_t{1}] == 'Z');
}

bool TimestampFormat::Compile() {
  at_.fill(kAbsent);
  size_t max_size = 0;
  size_t fixed = 0;  // bytes of the fixed part so far
  bool in_fixed = true;
  for (size_t i = 0; i < code_size_; ++i) {
    const auto byte = static_cast<uint8_t>(code_[i]);
    const Field* const field = FindField(byte);
    if (field == nullptr) {
      if (!IsLiteral(byte)) return false;
      max_size += 1;
      if (in_fixed && fixed < 8 * kMaxWords) PlaceLiteral(fixed, code_[i]);
      fixed += 1;
      continue;
    }
    const auto part = static_cast<size_t>(field->part);
    if (Has(field->part)) return false;
    parts_ = static_cast<uint16_t>(parts_ | 1u << part);
    style_[part] = field->style;
    if (field->part == Part::kFraction) fraction_digits_ = field->digits;
    max_size += field->max_width;
    if (field->width == 0) {
      if (i == 0 && field->plain()) PlaceFirstNumber(*field);
      zone_name_last_ = in_fixed && field->part == Part::kZoneName && i + 1 == code_size_;
      in_fixed = in_fixed && zone_name_last_;
    } else if (in_fixed && fixed + field->width <= 8 * kMaxWords) {
      PlaceField(fixed, *field);
    }
    fixed += field->width;
  }
  if (max_size > kMaxTimestampSize || !PartsAgree()) return false;
  max_size_ = static_cast<uint8_t>(max_size);
  if (in_fixed && fixed <= 8 * kMaxWords) {
    fixed_size_ = static_cast<uint8_t>(fixed);
    words_ = static_cast<uint8_t>((fixed + 7) / 8);
  }
  SetUnits();
  return true;
}

// Whether the fields together make a timestamp that ticks and extra determine.
bool TimestampFormat::PartsAgree() const {
  const auto bit = [](Part part) { return 1u << static_cast<int>(part); };
  if (is_epoch()) return (parts_ & ~(bit(Part::kEpoch) | bit(Part::kFraction))) == 0;
  const bool second = Has(Part::kSecond);
  const Style hour = style_[static_cast<size_t>(Part::kHour)];
  const bool twelve =
      hour == Style::kTwelveZero || hour == Style::kTwelveSpace || hour == Style::kTwelvePlain;
  return (has_date() || has_time()) && has_date() == Has(Part::kDay) &&
         (has_date() || !(has_year() || Has(Part::kWeekday))) && has_time() == Has(Part::kMinute) &&
         (has_time() || !second) && (second || !Has(Part::kFraction)) &&
         Has(Part::kAmPm) == (has_time() && twelve) &&
         (has_time() || !(Has(Part::kZone) || Has(Part::kZoneName)));
}

void TimestampFormat::PlaceLiteral(size_t offset, char byte) {
  const size_t shift = 8 * (offset % 8);
  pattern_[offset / 8] |= static_cast<uint64_t>(static_cast<uint8_t>(byte)) << shift;
  care_[offset / 8] |= uint64_t{0xff} << shift;
  add_[offset / 8] |= uint64_t{0x7f} << shift;
}

void TimestampFormat::PlaceDigits(size_t from, size_t to) {
  for (size_t at = from; at < to; ++at) {
    const size_t shift = 8 * (at % 8);
    pattern_[at / 8] |= uint64_t{'0'} << shift;
    care_[at / 8] |= uint64_t{0xff} << shift;
    add_[at / 8] |= uint64_t{0x80 - 10} << shift;
  }
}

void TimestampFormat::PlaceField(size_t offset, const Field& field) {
  const auto place_digits = [&](size_t from, size_t to) {
    PlaceDigits(offset + from, offset + to);
  };
  at_[static_cast<size_t>(field.part)] = static_cast<uint8_t>(offset);
  switch (field.style) {
    case Style::kZero:
    case Style::kTwelveZero:
    case Style::kTwoDigits:
      two_digit_year_ = two_digit_year_ || field.style == Style::kTwoDigits;
      place_digits(field.part == Part::kZone ? 1 : 0, field.width);
      if (field.part == Part::kZone) zone_minutes_at_ = static_cast<uint8_t>(offset + 3);
      break;
    case Style::kSpace:
    case Style::kTwelveSpace:
      space_padded_ = true;
      place_digits(1, 2);
      break;
    case Style::kZoneColon:
      place_digits(1, 3);
      PlaceLiteral(offset + 3, ':');
      place_digits(4, 6);
      zone_minutes_at_ = static_cast<uint8_t>(offset + 4);
      break;
    case Style::kZoneHour:
      place_digits(1, 3);
      break;
    default:  // names are checked by themselves
      break;
  }
}

// The first field is a number of varying width: its first byte is a digit, and the literal behind
// it, if there is one, comes soon.
void TimestampFormat::PlaceFirstNumber(const Field& field) {
  PlaceDigits(0, 1);
  if (code_size_ < 2 || FindField(static_cast<uint8_t>(code_[1])) != nullptr) return;
  second_ = code_[1];
  second_at_most_ = field.max_width;
}

bool TimestampFormat::BeginsWithDigit() const {
  return (care_[0] & 0xff) != 0 && (pattern_[0] & 0xff) == '0' && (add_[0] & 0xff) == 0x80 - 10;
}

bool TimestampFormat::BeginsWithShortName() const {
  if (code_size_ < 2 || code_[1] != ' ') return false;
  const Field* const field = FindField(static_cast<uint8_t>(code_[0]));
  return field != nullptr && field->width == 3 &&
         (field->part == Part::kMonth || field->part == Part::kWeekday);
}

void TimestampFormat::SetUnits() {
  const int64_t unit = kPowersOfTen[fraction_digits_];
  if (is_epoch()) {
    per_second_ = unit;
    per_day_ = 86400 * unit;
    return;
  }
  const bool second = Has(Part::kSecond);
  per_second_ = second ? unit : 0;
  per_minute_ = second ? 60 * unit : has_time() ? 1 : 0;
  per_hour_ = 60 * per_minute_;
  per_day_ = has_time() ? 24 * per_hour_ : 1;
  if (!has_date()) return;
  const bool two_digits = style_[static_cast<size_t>(Part::kYear)] == Style::kTwoDigits;
  const uint32_t first = !has_year() ? uint32_t{kAssumedYear} : two_digits ? 1970 : 0;
  const uint32_t last = !has_year() ? uint32_t{kAssumedYear} : two_digits ? 2069 : 9999;
  // Only whole days whose ticks fit.
  first_day_ = static_cast<int32_t>(
      std::max<int64_t>(DayNumber({first, 1, 1}), std::numeric_limits<int64_t>::min() / per_day_));
  last_day_ = static_cast<int32_t>(std::min<int64_t>(
      DayNumber({last, 12, 31}), std::numeric_limits<int64_t>::max() / per_day_ - 1));
}

}  // namespace logpress::time
