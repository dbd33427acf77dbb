#include "support/log_values.h"

#include <cinttypes>
#include <cstdio>
#include <ctime>
#include <string_view>

namespace logpress::testing {
namespace {

using std::string_view;

// %L, %U and %N are three, six and nine digits of a second; the rest is strftime's.
constexpr std::array<string_view, 22> kTimeFormats = {
    "%Y-%m-%d %H:%M:%S,%L",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%UZ",
    "%Y-%m-%dT%H:%M:%S.%N+02:00",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y/%m/%d %H:%M:%S",
    "[%d/%b/%Y:%H:%M:%S +0000]",
    "%b %e %H:%M:%S",
    "%b %d %H:%M:%S",
    "[%a %b %d %H:%M:%S %Y]",
    "[%a %b %d %H:%M:%S.%U %Y]",
    "%y%m%d %H%M%S",
    "%Y%m%d-%H:%M:%S:%L",
    "%m-%d %H:%M:%S.%L",
    "%Y-%m-%d-%H.%M.%S.%U",
    "%H:%M:%S",
    "%I:%M:%S %p",
    "%d.%m.%y %k:%M",
    "%A, %d-%B-%Y %H:%M:%S UTC",
    "%s",
    "%s%L",
    "%s.%U",
};

constexpr std::array<string_view, 12> kHugeNumbers = {
    "2147483647",           "2147483648",           "-2147483649",
    "4294967296",           "9223372036854775807",  "9223372036854775808",
    "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "99999999999999999999", "00018446744073709551616",
};

constexpr std::array<string_view, 14> kSmallOddities = {
    "-0", "+0", "+5", "--5", "00", "0", "-00", "1_000", "1,000", "0x", "1e999", "NaN", "-", "+"};

constexpr std::array<string_view, 12> kNotDates = {"99:99:99",
                                                   "2024-02-30 25:61:61",
                                                   "0000-00-00 00:00:00",
                                                   "2023-13-01",
                                                   "Feb 31 23:59:60",
                                                   "1/1/1 1:1:1",
                                                   "24:00:00",
                                                   "2024-1-1 1:01:1",
                                                   "Foo 12 12:12:12",
                                                   "-",
                                                   "::",
                                                   "9999-12-31T23:59:59.999999999Z"};

constexpr std::array<string_view, 10> kUnicodeBits = {
    "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x94\xa5", "\xef\xbb\xbf", "\xc3",
    "\xff\xfe", "\x80",         "\xed\xa0\x80",     "\xc0\xaf",     "\xe2\x80\xa8"};

constexpr std::array<string_view, 10> kEscapes = {R"(\")",   R"(\\)", R"(\n)", R"(\u00e9)", "''",
                                                  R"(\x00)", "%20",   "&amp;", R"(\)",      "\"\""};

void AppendNumber(uint64_t value, int width, std::string* out) {
  char digits[64];
  const int size = std::snprintf(digits, sizeof digits, "%0*" PRIu64, width, value);
  out->append(digits, static_cast<size_t>(size));
}

// `count` hex digits: style 0 lower case, 1 upper case, 2 mixed.
void AppendHex(Random* random, size_t count, uint64_t style, std::string* out) {
  constexpr string_view kLower = "0123456789abcdef";
  constexpr string_view kUpper = "0123456789ABCDEF";
  for (size_t i = 0; i < count; ++i) {
    const bool upper = style == 1 || (style == 2 && random->OneIn(2));
    out->push_back((upper ? kUpper : kLower)[random->Below(16)]);
  }
}

void AppendAddress(Random* random, uint64_t style, std::string* out) {
  const uint64_t largest = random->OneIn(20) ? 1000 : 256;
  switch (style % 3) {
    case 0:
      for (int i = 0; i < 4; ++i) {
        if (i > 0) out->push_back('.');
        AppendNumber(random->Below(largest), random->OneIn(100) ? 3 : 1, out);
      }
      if (style % 2 == 0) out->append(":").append(std::to_string(random->Below(70000)));
      return;
    case 1:
      for (int i = 0; i < 6; ++i) {
        if (i > 0) out->push_back(style % 2 == 0 ? ':' : '-');
        AppendHex(random, 2, style % 2, out);
      }
      return;
    default:
      for (int i = 0; i < 8; ++i) {
        if (i > 0) out->push_back(':');
        if (!random->OneIn(3)) AppendHex(random, 1 + random->Below(4), style % 3, out);
      }
  }
}

void AppendUuid(Random* random, uint64_t style, std::string* out) {
  for (const size_t digits : {8, 4, 4, 4, 12}) {
    if (digits != 8) out->push_back('-');
    AppendHex(random, digits, style % 3, out);
  }
}

void AppendIdentifier(Random* random, uint64_t style, std::string* out) {
  constexpr string_view kJoints = "-_.:/#@$";
  out->append(RandomWord(random));
  out->push_back(kJoints[style % kJoints.size()]);
  if (random->OneIn(2)) out->push_back('-');
  AppendNumber(random->Skewed(63), 1, out);
  if (style % 4 == 0) {
    out->push_back(kJoints[random->Below(kJoints.size())]);
    out->append(RandomWord(random));
  }
}

void AppendPath(Random* random, uint64_t style, std::string* out) {
  if (style % 3 == 0) out->append("https://").append(RandomWord(random)).append(".example");
  for (uint64_t i = 0, parts = 1 + random->Below(5); i < parts; ++i) {
    out->push_back(style % 5 == 1 ? '\\' : '/');
    out->append(RandomWord(random));
  }
  if (random->OneIn(3)) out->append(".log.").append(std::to_string(random->Below(20)));
  if (style % 3 == 0 && random->OneIn(2))
    out->append("?id=").append(std::to_string(random->Skewed(30)));
}

void AppendText(Random* random, std::string* out) {
  for (uint64_t i = 0, words = random->Below(8); i < words; ++i) {
    if (i > 0) out->append(random->OneIn(20) ? "  " : " ");
    out->append(RandomWord(random));
    if (random->OneIn(10)) out->push_back(",;:.!?)"[random->Below(7)]);
  }
}

void AppendQuoted(Random* random, std::string* out) {
  const char quote = random->OneIn(4) ? '\'' : '"';
  out->push_back(quote);
  for (uint64_t i = 0, parts = random->Below(5); i < parts; ++i) {
    AppendText(random, out);
    if (random->OneIn(2)) out->append(random->Pick(kEscapes));
  }
  if (!random->OneIn(20)) out->push_back(quote);
}

}  // namespace

std::string RandomWord(Random* random) {
  // Few distinct letters, so that words share prefixes and sometimes are hex or numbers by
  // accident.
  constexpr string_view kLetters = "etaoinsrhldcuETAOINabcdf";
  std::string word;
  for (uint64_t i = 0, size = 1 + random->Skewed(4); i < size; ++i)
    word.push_back(kLetters[random->Below(kLetters.size())]);
  return word;
}

ValueKind RandomKind(Random* random) { return static_cast<ValueKind>(random->Below(kValueKinds)); }

ValueSource::ValueSource(Random* random, ValueKind kind)
    : kind_(kind),
      style_(random->Next()),
      repeat_(random->OneIn(3) ? random->Below(16) : 0),
      state_(random->Skewed(50)),
      step_(random->Skewed(30)),
      width_(static_cast<int>(1 + random->Below(24))) {
  if (kind_ == ValueKind::kWord) repeat_ = 15;
  if (kind_ == ValueKind::kTimestamp) {
    repeat_ = 0;
    if (!random->OneIn(8)) state_ = random->Below(uint64_t{1} << 52);  // up to the year 2112
  }
}

void ValueSource::Append(Random* random, std::string* out) {
  if (!seen_.empty() && random->Below(16) < repeat_) {
    out->append(random->Pick(seen_));
    return;
  }
  const size_t start = out->size();
  AppendNew(random, out);
  if (seen_.size() < 64) seen_.push_back(out->substr(start));
}

void ValueSource::AppendNew(Random* random, std::string* out) {
  switch (kind_) {
    case ValueKind::kTimestamp:
      return AppendTimestamp(random, out);
    case ValueKind::kCounter:
      state_ += random->OneIn(30) ? random->Skewed(40) : step_;
      return AppendNumber(state_, style_ % 4 == 0 ? width_ : 1, out);
    case ValueKind::kInteger:
      return AppendNumber(random->Skewed(style_ % 2 == 0 ? 10 : 63), 1, out);
    case ValueKind::kPadded:
      return AppendNumber(random->Skewed(40), random->OneIn(30) ? 1 : width_, out);
    case ValueKind::kSigned:
      if (random->OneIn(10)) {
        out->append(random->Pick(kSmallOddities));
        return;
      }
      if (random->OneIn(2)) out->push_back(style_ % 2 == 0 ? '-' : '+');
      return AppendNumber(random->Skewed(20), 1, out);
    case ValueKind::kHuge:
      out->append(random->Pick(kHugeNumbers));
      if (random->OneIn(8)) AppendNumber(random->Next(), 1, out);
      return;
    case ValueKind::kDecimal:
      if (!random->OneIn(10)) AppendNumber(random->Skewed(20), 1, out);
      out->push_back('.');
      if (!random->OneIn(10)) AppendNumber(random->Skewed(20), static_cast<int>(style_ % 7), out);
      if (random->OneIn(20)) out->append("e-7");
      return;
    case ValueKind::kHex:
      if (style_ % 2 == 0) out->append(style_ % 4 == 0 ? "0x" : "0X");
      return AppendHex(random, 1 + random->Below(style_ % 7 == 0 ? 65 : 16), style_ % 3, out);
    case ValueKind::kAddress:
      return AppendAddress(random, style_, out);
    case ValueKind::kUuid:
      return AppendUuid(random, style_, out);
    case ValueKind::kWord:
      out->append(RandomWord(random));
      return;
    case ValueKind::kIdentifier:
      return AppendIdentifier(random, style_, out);
    case ValueKind::kPath:
      return AppendPath(random, style_, out);
    case ValueKind::kQuoted:
      return AppendQuoted(random, out);
    case ValueKind::kText:
      return AppendText(random, out);
    case ValueKind::kColour:
      out->append("\x1b[").append(std::to_string(30 + random->Below(8))).append("m");
      AppendText(random, out);
      out->append("\x1b[0m");
      return;
    case ValueKind::kUnicode:
      for (uint64_t i = 0, parts = 1 + random->Below(4); i < parts; ++i) {
        out->append(RandomWord(random));
        out->append(random->Pick(kUnicodeBits));
      }
      return;
    case ValueKind::kBinary:
      for (uint64_t i = 0, size = random->Skewed(7); i < size; ++i) {
        const char byte = random->Byte();
        out->push_back(byte == '\n' ? '\0' : byte);
      }
      return;
    case ValueKind::kEmpty:
      return;
  }
}

void ValueSource::AppendTimestamp(Random* random, std::string* out) {
  if (random->OneIn(60)) {
    out->append(random->Pick(kNotDates));
    return;
  }
  state_ += random->Below(step_ + 1);
  uint64_t now = state_;
  if (random->OneIn(20)) now -= random->Below(now + 1) >> random->Below(30);  // out of order
  const auto seconds = static_cast<std::time_t>(now / 1000000);
  std::tm date{};
  gmtime_r(&seconds, &date);

  const size_t start = out->size();
  const string_view format = kTimeFormats[style_ % kTimeFormats.size()];
  for (size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      out->push_back(format[i]);
      continue;
    }
    const char field = format[++i];
    if (field == 's') {
      AppendNumber(now / 1000000, 1, out);
    } else if (field == 'L') {
      AppendNumber(now / 1000 % 1000, 3, out);
    } else if (field == 'U') {
      AppendNumber(now % 1000000, 6, out);
    } else if (field == 'N') {
      AppendNumber(now % 1000000 * 1000 + random->Below(1000), 9, out);
    } else {
      const char one_field[] = {'%', field, '\0'};
      char text[64];
      out->append(text, std::strftime(text, sizeof text, one_field, &date));
    }
  }
  // A wrong digit: the month 17, the weekday of another date, a comma for a point.
  if (random->OneIn(80))
    (*out)[start + random->Below(out->size() - start)] = "0197,: x"[random->Below(8)];
}

}  // namespace logpress::testing
