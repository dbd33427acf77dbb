#include "base/log2.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

#include "support/random.h"

namespace logpress {
namespace {

constexpr uint64_t kOne = uint64_t{1} << kLog2FractionBits;

// Whether `value` is log2(x) in units of 2^-12, rounded down. The mantissa's low bits are cut off,
// so that an x just above a unit may come out one unit below.
bool IsLog2(uint64_t value, uint64_t x) {
  const long double exact = std::log2(static_cast<long double>(x)) * kOne;
  const auto fast = static_cast<long double>(value);
  return fast <= exact + 1e-9L && fast > exact - 1.001L;
}

TEST_CASE("the logarithm of a power of two is exact") {
  for (uint64_t exponent = 0; exponent < 64; ++exponent)
    CHECK(Log2Fixed(uint64_t{1} << exponent) == exponent * kOne);
}

TEST_CASE("a logarithm is that of floating point, rounded down") {
  for (uint64_t x = 1; x < 100'000; ++x) {
    if (!IsLog2(Log2Fixed(x), x)) FAIL("log2(" << x << ") is not " << Log2Fixed(x));
  }
  testing::Random random(1);
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t x = random.Skewed(63) + 1;
    if (!IsLog2(Log2Fixed(x), x)) FAIL("log2(" << x << ") is not " << Log2Fixed(x));
  }
  CHECK(IsLog2(Log2Fixed(~uint64_t{0}), ~uint64_t{0}));
}

TEST_CASE("a logarithm never falls when its argument grows") {
  for (uint64_t x = 1; x < 100'000; ++x) {
    if (Log2Fixed(x) > Log2Fixed(x + 1)) FAIL("log2(" << x << ") > log2(" << x + 1 << ")");
  }
  testing::Random random(2);
  for (int i = 0; i < 100'000; ++i) {
    const uint64_t x = random.Skewed(63) + 1;
    const uint64_t larger = x + 1 + random.Skewed(20);
    if (Log2Fixed(x) > Log2Fixed(larger)) FAIL("log2(" << x << ") > log2(" << larger << ")");
  }
}

TEST_CASE("the values that choices rest on do not change") {
  CHECK(Log2Fixed(3) == 6492);
  CHECK(Log2Fixed(1000) == 40819);
}

}  // namespace
}  // namespace logpress
