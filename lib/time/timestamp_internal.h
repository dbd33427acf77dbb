// What the parts of the timestamp code share; nobody else includes this.
#ifndef LOGPRESS_TIME_TIMESTAMP_INTERNAL_H_
#define LOGPRESS_TIME_TIMESTAMP_INTERNAL_H_

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/hash.h"
#include "time/timestamp.h"
#include "time/timestamp_names.h"

namespace logpress::time {

// One kind of field. Its code is kFirstFieldCode plus its place in the table (timestamp_format.cc).
struct TimestampFormat::Field {
  Part part;
  Style style;
  uint8_t width;      // bytes; 0 if it varies
  uint8_t max_width;  // bytes
  uint8_t digits;     // of a fraction
  const char* text;   // in a pattern

  // Whether it is a number without padding, and so begins with a digit and has no other bytes.
  bool plain() const {
    return style == Style::kPlain || style == Style::kTwelvePlain || style == Style::kMillis;
  }
};

inline constexpr uint8_t kFirstFieldCode = 0x80;

// The fields of one timestamp as numbers, as they are written but for the year (in full).
struct TimestampFormat::Values {
  uint32_t year = kAssumedYear;
  uint32_t month = 1;
  uint32_t day = 1;
  uint32_t weekday = 0;  // 0: Sunday
  uint32_t hour = 0;
  uint32_t minute = 0;
  uint32_t second = 0;
  uint32_t fraction = 0;
  uint32_t pm = 0;
  uint32_t zone = 0;       // 2 * minutes, plus 1 for '-'; below kZoneLimit
  uint32_t zone_name = 0;  // place in kZoneNames
  uint64_t epoch = 0;
};

inline constexpr uint32_t kZoneLimit = 2 * 24 * 60;
inline constexpr uint64_t kFirstEpoch = 1000000000;
inline constexpr uint64_t kLastEpoch = 2200000000;

inline constexpr std::array<int64_t, 10> kPowersOfTen = {
    1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

// What LoadWord() of base/hash.h reads.
inline void StoreWord(uint64_t word, char* p) {
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  std::memcpy(p, &word, sizeof(word));
}

// Three letters as kMonths and kWeekdays take them.
inline uint32_t LoadThree(const char* p) {
  return static_cast<uint32_t>(static_cast<uint8_t>(p[0])) |
         static_cast<uint32_t>(static_cast<uint8_t>(p[1])) << 8 |
         static_cast<uint32_t>(static_cast<uint8_t>(p[2])) << 16;
}
inline void StoreThree(uint32_t word, char* p) {
  p[0] = static_cast<char>(word);
  p[1] = static_cast<char>(word >> 8);
  p[2] = static_cast<char>(word >> 16);
}

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
inline bool IsLetter(char c) { return IsCapital(c) || (c >= 'a' && c <= 'z'); }

// A year of two digits in full.
inline uint32_t FullYear(uint32_t two_digits) {
  return two_digits + (two_digits < 70 ? 2000 : 1900);
}

// Reads a zone's name at the front of [p, end): all its capitals. False if they are none.
inline bool ReadZoneName(const char* p, const char* end, uint32_t* place, size_t* size) {
  uint64_t key = 0;
  size_t n = 0;
  while (p + n != end && IsCapital(p[n])) {
    if (n == kMaxZoneNameSize) return false;
    key |= static_cast<uint64_t>(static_cast<uint8_t>(p[n])) << (8 * n);
    ++n;
  }
  *place = FindZone(key);
  *size = n;
  return *place != kZoneNameLimit;
}

inline size_t WriteZoneName(uint32_t place, char* out) {
  const std::string_view name = kZoneNames[place].name;
  std::memcpy(out, name.data(), name.size());
  return name.size();
}

// Writes two digits; value < 100.
inline void WriteTwo(uint32_t value, char* out) {
  static constexpr auto kPairs = [] {
    std::array<char, 200> pairs{};
    for (size_t i = 0; i < 100; ++i) {
      pairs[2 * i] = static_cast<char>('0' + i / 10);
      pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
  }();
  std::memcpy(out, &kPairs[2 * size_t{value}], 2);
}

// Writes `digits` digits, with leading zeros; value < 10^digits.
inline void WriteDigits(uint64_t value, size_t digits, char* out) {
  size_t at = digits;
  for (; at >= 2; at -= 2) {
    WriteTwo(static_cast<uint32_t>(value % 100), out + at - 2);
    value /= 100;
  }
  if (at == 1) out[0] = static_cast<char>('0' + value);
}

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_INTERNAL_H_
