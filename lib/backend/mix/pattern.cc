#include "backend/mix/pattern.h"

#include <algorithm>

namespace logpress::mix {
namespace {

constexpr size_t kMaxDigits = 18;

// Writes `value` in at least `width` digits, and returns how many.
size_t WriteDigits(uint64_t value, size_t width, char* out) {
  char reversed[kMaxNumber];
  size_t size = 0;
  while (value != 0 || size < width) {
    reversed[size++] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  std::reverse_copy(reversed, reversed + size, out);
  return size;
}

}  // namespace

NumberParts PartsOf(uint8_t kind, ByteView bytes) {
  uint64_t value = 0;
  size_t behind_point = 0;
  bool point = false;
  for (const char c : bytes) {
    if (IsDigit(c)) {
      value = value * 10 + static_cast<uint64_t>(c - '0');
      behind_point += point;
    } else {
      point |= c == '.';
    }
  }
  const size_t aux = kind == kPadded ? bytes.size() : kind == kDecimal ? behind_point : 0;
  return {static_cast<int64_t>(value), static_cast<uint8_t>(std::min(aux, kMaxDigits))};
}

size_t RenderNumber(uint8_t kind, NumberParts parts, char* out) {
  const auto value = static_cast<uint64_t>(parts.value);
  if (kind == kPadded) return WriteDigits(value, std::max<size_t>(1, parts.aux), out);
  if (kind != kDecimal) return WriteDigits(value, 1, out);
  const size_t digits = WriteDigits(value, size_t{1} + parts.aux, out);
  char* const point = out + digits - parts.aux;
  std::copy_backward(point, out + digits, out + digits + 1);
  *point = '.';
  return digits + 1;
}

uint8_t KindOf(ByteView bytes) {
  const size_t size = bytes.size();
  size_t digits = 0;
  size_t points = 0;
  size_t point = 0;
  for (size_t i = 0; i < size; ++i) {
    if (IsDigit(bytes[i])) {
      ++digits;
    } else if (bytes[i] == '.') {
      ++points;
      point = i;
    }
  }
  if (digits == size) {
    if (size > kMaxDigits) return kText;
    return size > 1 && bytes[0] == '0' ? kPadded : kInteger;
  }
  if (points == 1 && digits + 1 == size && size <= kMaxDigits && point > 0 && point + 1 < size &&
      !(bytes[0] == '0' && point > 1)) {
    return kDecimal;
  }
  if (points == 3 && digits + 3 == size && size <= 15) return kAddress;
  if (size == 36 && bytes[8] == '-' && bytes[13] == '-' && bytes[18] == '-' && bytes[23] == '-')
    return kUuid;
  return kText;
}

}  // namespace logpress::mix
