// Logarithms in whole-number arithmetic: a choice that depends on one is the same on every machine.
#ifndef LOGPRESS_BASE_LOG2_H_
#define LOGPRESS_BASE_LOG2_H_

#include <bit>
#include <cstdint>

namespace logpress {

inline constexpr int kLog2FractionBits = 12;

// log2(x) in units of 2^-12, rounded down; x > 0. Each squaring of the mantissa gives one more bit
// of the fraction.
constexpr uint64_t Log2Fixed(uint64_t x) {
  const int whole = static_cast<int>(std::bit_width(x)) - 1;
  uint64_t mantissa = whole >= 31 ? x >> (whole - 31) : x << (31 - whole);  // 1.31 bits
  uint64_t result = static_cast<uint64_t>(whole);
  for (int i = 0; i < kLog2FractionBits; ++i) {
    mantissa = mantissa * mantissa >> 31;
    const uint64_t bit = mantissa >> 32;
    mantissa >>= bit;
    result = result << 1 | bit;
  }
  return result;
}

}  // namespace logpress

#endif  // LOGPRESS_BASE_LOG2_H_
