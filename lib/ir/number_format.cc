#include "ir/number_format.h"

#include <algorithm>
#include <charconv>

namespace logpress::ir {
namespace {

// More decimal digits might not fit an int64_t.
constexpr size_t kMaxDecimalDigits = 18;
constexpr size_t kMaxHexDigits = 16;
// How many values ahead of the one that is read memory is asked for.
constexpr size_t kAhead = 8;

bool ParseDecimalDigits(ByteView digits, int64_t* value) {
  if (digits.empty() || digits.size() > kMaxDecimalDigits) return false;
  int64_t result = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return false;
    result = result * 10 + (c - '0');
  }
  *value = result;
  return true;
}

int HexDigit(char c, char ten) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= ten && c <= ten + 5) return c - ten + 10;
  return -1;
}

bool ParseHexDigits(ByteView digits, bool upper, int64_t* value) {
  if (digits.empty() || digits.size() > kMaxHexDigits) return false;
  uint64_t result = 0;
  for (const char c : digits) {
    const int digit = HexDigit(c, upper ? 'A' : 'a');
    if (digit < 0) return false;
    result = result << 4 | static_cast<uint64_t>(digit);
  }
  *value = static_cast<int64_t>(result);
  return true;
}

// Decimal digits without a zero too many, perhaps behind a '-'.
bool ParseSigned(ByteView bytes, int64_t* value) {
  const bool negative = !bytes.empty() && bytes[0] == '-';
  const ByteView digits = bytes.substr(negative ? 1 : 0);
  if (digits.empty() || (digits[0] == '0' && (digits.size() > 1 || negative))) return false;
  if (!ParseDecimalDigits(digits, value)) return false;
  if (negative) *value = -*value;
  return true;
}

// The same with a point before the last `fraction` digits, and at least one digit before it.
bool ParsePoint(ByteView bytes, size_t fraction, int64_t* value) {
  const bool negative = !bytes.empty() && bytes[0] == '-';
  bytes.remove_prefix(negative ? 1 : 0);
  if (bytes.size() < fraction + 2 || bytes.size() > kMaxDecimalDigits + 1) return false;
  const ByteView whole = bytes.substr(0, bytes.size() - fraction - 1);
  if (bytes[whole.size()] != '.' || (whole[0] == '0' && whole.size() > 1)) return false;
  int64_t result = 0;
  for (const ByteView digits : {whole, bytes.substr(whole.size() + 1)}) {
    for (const char c : digits) {
      if (c < '0' || c > '9') return false;
      result = result * 10 + (c - '0');
    }
  }
  // Minus zero would come back as zero.
  if (negative && result == 0) return false;
  *value = negative ? -result : result;
  return true;
}

size_t RenderPoint(int64_t value, size_t fraction, char* out) {
  char digits[kMaxNumberSize];
  const bool negative = value < 0;
  const uint64_t magnitude =
      negative ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  const char* const end = std::to_chars(digits, digits + sizeof(digits), magnitude).ptr;
  const auto size = static_cast<size_t>(end - digits);
  const size_t zeros = size > fraction ? 0 : fraction + 1 - size;
  char* at = out;
  if (negative) *at++ = '-';
  const auto put = [&](size_t begin, size_t count) {  // digits, counted with the zeros
    for (size_t i = begin; i < begin + count; ++i) *at++ = i < zeros ? '0' : digits[i - zeros];
  };
  put(0, zeros + size - fraction);
  *at++ = '.';
  put(zeros + size - fraction, fraction);
  return static_cast<size_t>(at - out);
}

bool ParseAll(ByteView text, std::span<const Slice> values, NumberFormat format,
              Vector<int64_t>* numbers) {
  numbers->clear();
  if (!IsValid(format)) return false;
  for (size_t i = 0; i < values.size(); ++i) {
    // Values of one column are far apart in a row-wise text.
    if (i + kAhead < values.size()) __builtin_prefetch(text.data() + values[i + kAhead].offset);
    int64_t number;
    if (!Parse(format, text.substr(values[i].offset, values[i].size), &number)) return false;
    numbers->push_back(number);
  }
  return true;
}

}  // namespace

bool IsValid(NumberFormat format) {
  if (format.radix > NumberFormat::kPoint) return false;
  if (format.radix == NumberFormat::kPoint)
    return format.width != 0 && format.width < kMaxDecimalDigits;
  return format.width <=
         (format.radix == NumberFormat::kDecimal ? kMaxDecimalDigits : kMaxHexDigits);
}

bool Parse(NumberFormat format, ByteView bytes, int64_t* value) {
  if (format.radix == NumberFormat::kPoint) return ParsePoint(bytes, format.width, value);
  if (format.width != 0) {
    if (bytes.size() != format.width) return false;
  } else if (format.radix == NumberFormat::kDecimal) {
    return ParseSigned(bytes, value);
  } else if (bytes.empty() || (bytes[0] == '0' && bytes.size() > 1)) {
    return false;
  }
  if (format.radix == NumberFormat::kDecimal) return ParseDecimalDigits(bytes, value);
  return ParseHexDigits(bytes, format.radix == NumberFormat::kHexUpper, value);
}

size_t Render(NumberFormat format, int64_t value, char* out) {
  if (format.radix == NumberFormat::kPoint) return RenderPoint(value, format.width, out);
  char digits[kMaxNumberSize] = {};
  char* end;
  if (format.radix == NumberFormat::kDecimal) {
    end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  } else {
    end = std::to_chars(digits, digits + sizeof(digits), static_cast<uint64_t>(value), 16).ptr;
    if (format.radix == NumberFormat::kHexUpper) {
      for (char* p = digits; p != end; ++p) {
        if (*p >= 'a') *p = static_cast<char>(*p - 'a' + 'A');
      }
    }
  }
  const auto size = static_cast<size_t>(end - digits);
  const size_t zeros = format.width > size ? format.width - size : 0;
  std::fill_n(out, zeros, '0');
  std::copy(digits, end, out + zeros);
  return zeros + size;
}

bool ParseIntegers(ByteView text, std::span<const Slice> values, NumberFormat* format,
                   Vector<int64_t>* numbers) {
  if (values.empty()) return false;
  const auto width = static_cast<uint8_t>(std::min<uint32_t>(values[0].size, 255));
  const NumberFormat candidates[] = {
      {NumberFormat::kDecimal, 0},      {NumberFormat::kDecimal, width},
      {NumberFormat::kHexLower, 0},     {NumberFormat::kHexUpper, 0},
      {NumberFormat::kHexLower, width}, {NumberFormat::kHexUpper, width},
  };
  for (const NumberFormat& candidate : candidates) {
    if (!ParseAll(text, values, candidate, numbers)) continue;
    *format = candidate;
    return true;
  }
  return false;
}

bool ParsePoints(ByteView text, std::span<const Slice> values, NumberFormat* format,
                 Vector<int64_t>* numbers) {
  if (values.empty()) return false;
  const ByteView first = text.substr(values[0].offset, values[0].size);
  const size_t point = first.find('.');
  if (point == ByteView::npos) return false;
  const size_t fraction = std::min<size_t>(first.size() - point - 1, 255);
  *format = {NumberFormat::kPoint, static_cast<uint8_t>(fraction)};
  return ParseAll(text, values, *format, numbers);
}

}  // namespace logpress::ir
