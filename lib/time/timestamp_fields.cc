// Matching and rendering field by field, for formats with fields of varying width.
#include "time/timestamp.h"
#include "time/timestamp_internal.h"

namespace logpress::time {
namespace {

// The bytes that are left to match.
struct Cursor {
  const char* at;
  const char* end;

  size_t left() const { return static_cast<size_t>(end - at); }

  // Reads just `digits` digits.
  bool Digits(size_t digits, uint64_t* value) {
    if (left() < digits) return false;
    uint64_t result = 0;
    for (size_t i = 0; i < digits; ++i) {
      if (!IsDigit(at[i])) return false;
      result = result * 10 + static_cast<uint64_t>(at[i] - '0');
    }
    at += digits;
    *value = result;
    return true;
  }
  bool Digits(size_t digits, uint32_t* value) {
    uint64_t result = 0;
    if (!Digits(digits, &result)) return false;
    *value = static_cast<uint32_t>(result);
    return true;
  }

  // Reads a number without leading zeros, of at most `digits` digits.
  bool Plain(size_t digits, uint32_t* value) {
    size_t n = 0;
    while (n < digits && n < left() && IsDigit(at[n])) ++n;
    if (n == 0 || (n > 1 && at[0] == '0')) return false;
    return Digits(n, value);
  }

  // Reads two places, the first of which may be a space but no zero.
  bool SpacePadded(uint32_t* value) {
    if (left() < 2 || at[0] == '0') return false;
    if (at[0] != ' ') return Digits(2, value);
    ++at;
    return Digits(1, value);
  }

  // Reads one of the names: their first three letters, or all in the style kFull.
  template <size_t N>
  bool Name(const Abbreviations<N>& words, const std::array<std::string_view, N>& names, bool full,
            NameCase letters, uint32_t* place) {
    if (left() < 3) return false;
    const size_t found = words.Find(LoadThree(at), letters);
    if (found == N) return false;
    const std::string_view name = full ? names[found] : names[found].substr(0, 3);
    if (full && !std::string_view(at, left()).starts_with(name)) return false;
    at += name.size();
    *place = static_cast<uint32_t>(found);
    return true;
  }

  // Reads a separator and 1 to `max_digits` digits of which the last is no zero, or nothing if
  // there is no separator with a digit behind it. The value has max_digits digits.
  bool TrimmedFraction(char separator, size_t max_digits, uint32_t* value) {
    *value = 0;
    if (left() < 2 || at[0] != separator || !IsDigit(at[1])) return true;
    ++at;
    size_t n = 0;
    while (n < max_digits && n < left() && IsDigit(at[n])) ++n;
    if (at[n - 1] == '0' || !Digits(n, value)) return false;
    for (; n < max_digits; ++n) *value *= 10;
    return true;
  }
};

char* WritePlain(uint32_t value, char* out) {
  const size_t digits = value >= 100 ? 3 : value >= 10 ? 2 : 1;
  WriteDigits(value, digits, out);
  return out + digits;
}

char* WriteTrimmed(uint32_t value, size_t digits, char separator, char* out) {
  if (value == 0) return out;
  for (; value % 10 == 0; --digits) value /= 10;
  *out = separator;
  WriteDigits(value, digits, out + 1);
  return out + 1 + digits;
}

char* WriteSpacePadded(uint32_t value, char* out) {
  WriteTwo(value, out);
  if (value < 10) out[0] = ' ';
  return out + 2;
}

// Writes a name of at least three letters in full or its first three letters.
char* WriteName(std::string_view name, uint32_t word, bool full, char* out) {
  if (!full) {
    StoreThree(word, out);
    return out + 3;
  }
  std::memcpy(out, name.data(), name.size());
  return out + name.size();
}

}  // namespace

bool TimestampFormat::MatchFields(const char* p, const char* end, Values* values, size_t* size,
                                  Offsets* at) const {
  Cursor cursor{p, end};
  // In a name's style the full name begins as a title.
  const auto name_case = [](Style style) {
    return style == Style::kUpper   ? NameCase::kUpper
           : style == Style::kLower ? NameCase::kLower
                                    : NameCase::kTitle;
  };
  const auto number = [&cursor](Style style, uint32_t* value) {
    switch (style) {
      case Style::kSpace:
      case Style::kTwelveSpace:
        return cursor.SpacePadded(value);
      case Style::kPlain:
      case Style::kTwelvePlain:
        return cursor.Plain(2, value);
      default:
        return cursor.Digits(2, value);
    }
  };
  for (size_t i = 0; i < code_size_; ++i) {
    const Field* const field = FindField(static_cast<uint8_t>(code_[i]));
    if (field == nullptr) {
      if (cursor.left() == 0 || *cursor.at != code_[i]) return false;
      ++cursor.at;
      continue;
    }
    (*at)[static_cast<size_t>(field->part)] = static_cast<uint8_t>(cursor.at - p);
    const Style style = field->style;
    bool ok = false;
    switch (field->part) {
      case Part::kYear:
        ok = cursor.Digits(field->width, &values->year);
        if (style == Style::kTwoDigits) values->year = FullYear(values->year);
        break;
      case Part::kMonth:
        if (style < Style::kTitle) {
          ok = number(style, &values->month);
        } else {
          ok = cursor.Name(kMonths, kMonthNames, style == Style::kFull, name_case(style),
                           &values->month);
          ++values->month;
        }
        break;
      case Part::kDay:
        ok = number(style, &values->day);
        break;
      case Part::kWeekday:
        ok = cursor.Name(kWeekdays, kWeekdayNames, style == Style::kFull, name_case(style),
                         &values->weekday);
        break;
      case Part::kHour:
        ok = number(style, &values->hour);
        break;
      case Part::kMinute:
        ok = number(style, &values->minute);
        break;
      case Part::kSecond:
        ok = number(style, &values->second);
        break;
      case Part::kFraction:
        ok = style == Style::kTrimDot
                 ? cursor.TrimmedFraction('.', field->digits, &values->fraction)
             : style == Style::kTrimComma
                 ? cursor.TrimmedFraction(',', field->digits, &values->fraction)
             : style == Style::kMillis ? cursor.Plain(3, &values->fraction)
                                       : cursor.Digits(field->digits, &values->fraction);
        break;
      case Part::kAmPm: {
        const std::string_view letters(cursor.at, cursor.left());
        const bool upper = style == Style::kUpper;
        values->pm = letters.starts_with(upper ? "PM" : "pm") ? 1 : 0;
        ok = values->pm != 0 || letters.starts_with(upper ? "AM" : "am");
        cursor.at += ok ? 2 : 0;
        break;
      }
      case Part::kZone: {
        if (cursor.left() == 0) return false;
        const char sign = *cursor.at++;
        uint32_t hours = 0;
        uint32_t minutes = 0;
        ok = (sign == '+' || sign == '-') && cursor.Digits(2, &hours);
        if (ok && style == Style::kZoneColon) {
          ok = cursor.left() > 0 && *cursor.at++ == ':';
        }
        if (ok && style != Style::kZoneHour) ok = cursor.Digits(2, &minutes);
        ok = ok && hours < 24 && minutes < 60;
        values->zone = 2 * (60 * hours + minutes) + (sign == '-' ? 1 : 0);
        break;
      }
      case Part::kZoneName: {
        size_t name_size = 0;
        ok = ReadZoneName(cursor.at, cursor.end, &values->zone_name, &name_size);
        cursor.at += ok ? name_size : 0;
        break;
      }
      case Part::kEpoch:
        ok = cursor.Digits(10, &values->epoch);
        break;
    }
    if (!ok) return false;
  }
  *size = static_cast<size_t>(cursor.at - p);
  return code_size_ != 0;
}

size_t TimestampFormat::RenderFields(const Values& values, char* out, Offsets* at) const {
  char* p = out;
  const auto number = [&p](Style style, uint32_t value) {
    switch (style) {
      case Style::kSpace:
      case Style::kTwelveSpace:
        p = WriteSpacePadded(value, p);
        break;
      case Style::kPlain:
      case Style::kTwelvePlain:
        p = WritePlain(value, p);
        break;
      default:
        WriteTwo(value, p);
        p += 2;
    }
  };
  const auto name_case = [](Style style) {
    return style == Style::kUpper   ? NameCase::kUpper
           : style == Style::kLower ? NameCase::kLower
                                    : NameCase::kTitle;
  };
  for (size_t i = 0; i < code_size_; ++i) {
    const Field* const field = FindField(static_cast<uint8_t>(code_[i]));
    if (field == nullptr) {
      *p++ = code_[i];
      continue;
    }
    (*at)[static_cast<size_t>(field->part)] = static_cast<uint8_t>(p - out);
    const Style style = field->style;
    switch (field->part) {
      case Part::kYear:
        WriteDigits(style == Style::kTwoDigits ? values.year % 100 : values.year, field->width, p);
        p += field->width;
        break;
      case Part::kMonth:
        if (style < Style::kTitle) {
          number(style, values.month);
        } else {
          const size_t place = values.month - 1;
          p = WriteName(kMonthNames[place], kMonths.Word(place, name_case(style)),
                        style == Style::kFull, p);
        }
        break;
      case Part::kDay:
        number(style, values.day);
        break;
      case Part::kWeekday:
        p = WriteName(kWeekdayNames[values.weekday],
                      kWeekdays.Word(values.weekday, name_case(style)), style == Style::kFull, p);
        break;
      case Part::kHour:
        number(style, values.hour);
        break;
      case Part::kMinute:
        number(style, values.minute);
        break;
      case Part::kSecond:
        number(style, values.second);
        break;
      case Part::kFraction:
        if (style == Style::kTrimDot || style == Style::kTrimComma) {
          p = WriteTrimmed(values.fraction, field->digits, style == Style::kTrimDot ? '.' : ',', p);
        } else if (style == Style::kMillis) {
          p = WritePlain(values.fraction, p);
        } else {
          WriteDigits(values.fraction, field->digits, p);
          p += field->digits;
        }
        break;
      case Part::kAmPm: {
        const bool upper = style == Style::kUpper;
        *p++ = values.pm != 0 ? (upper ? 'P' : 'p') : (upper ? 'A' : 'a');
        *p++ = upper ? 'M' : 'm';
        break;
      }
      case Part::kZone:
        *p++ = (values.zone & 1) != 0 ? '-' : '+';
        WriteTwo(values.zone / 2 / 60, p);
        p += 2;
        if (style == Style::kZoneColon) *p++ = ':';
        if (style != Style::kZoneHour) {
          WriteTwo(values.zone / 2 % 60, p);
          p += 2;
        }
        break;
      case Part::kZoneName:
        p += WriteZoneName(values.zone_name, p);
        break;
      case Part::kEpoch:
        WriteDigits(values.epoch, 10, p);
        p += 10;
        break;
    }
  }
  return static_cast<size_t>(p - out);
}

}  // namespace logpress::time
