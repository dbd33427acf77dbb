#include "ir/number_format.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "support/random.h"

namespace logpress::ir {
namespace {

constexpr NumberFormat kPlain = {NumberFormat::kDecimal, 0};

std::vector<NumberFormat> MakeFormats() {
  std::vector<NumberFormat> formats;
  for (int radix = 0; radix < 256; ++radix) {
    for (int width = 0; width < 256; ++width) {
      const NumberFormat format = {static_cast<NumberFormat::Radix>(radix),
                                   static_cast<uint8_t>(width)};
      if (IsValid(format)) formats.push_back(format);
    }
  }
  return formats;
}

const std::vector<NumberFormat>& AllFormats() {
  static const auto* const kFormats = new std::vector<NumberFormat>(MakeFormats());
  return *kFormats;
}

std::string Rendered(NumberFormat format, int64_t value) {
  char out[kMaxNumberSize];
  return {out, Render(format, value, out)};
}

std::optional<int64_t> Parsed(NumberFormat format, ByteView bytes) {
  int64_t value;
  if (!Parse(format, bytes, &value)) return std::nullopt;
  return value;
}

// What a number looks like in a format, the slow way.
std::string Reference(NumberFormat format, int64_t value) {
  char digits[400];
  const int width = format.width;
  switch (format.radix) {
    case NumberFormat::kDecimal:
      std::snprintf(digits, sizeof(digits), "%0*lld", width, static_cast<long long>(value));
      break;
    case NumberFormat::kHexLower:
      std::snprintf(digits, sizeof(digits), "%0*llx", width, static_cast<long long>(value));
      break;
    case NumberFormat::kHexUpper:
      std::snprintf(digits, sizeof(digits), "%0*llX", width, static_cast<long long>(value));
      break;
    case NumberFormat::kPoint: {
      const uint64_t magnitude =
          value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
      uint64_t unit = 1;
      for (int i = 0; i < width; ++i) unit *= 10;
      std::snprintf(digits, sizeof(digits), "%s%llu.%0*llu", value < 0 ? "-" : "",
                    static_cast<unsigned long long>(magnitude / unit), width,
                    static_cast<unsigned long long>(magnitude % unit));
      break;
    }
  }
  return digits;
}

TEST_CASE("a plain decimal number is one that would be written like that") {
  CHECK(Parsed(kPlain, "0") == 0);
  CHECK(Parsed(kPlain, "7") == 7);
  CHECK(Parsed(kPlain, "-12") == -12);
  CHECK(Parsed(kPlain, "999999999999999999") == 999'999'999'999'999'999);
  const std::string not_canonical =
      GENERATE(as<std::string>(), "", "-", "-0", "+5", "05", "00", "-05", " 5", "5 ", "5.0", "1e3",
               "0x5", "--5", "9223372036854775808", "99999999999999999999999", "5\n", "a");
  CHECK_FALSE(Parsed(kPlain, not_canonical).has_value());
}

TEST_CASE("a number of nineteen digits either comes back or is no number") {
  for (const char* const digits :
       {"1000000000000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551616", "9999999999999999999"}) {
    const std::optional<int64_t> value = Parsed(kPlain, digits);
    if (value.has_value()) CHECK(Rendered(kPlain, *value) == digits);
  }
}

TEST_CASE("a padded number has exactly its width") {
  const NumberFormat padded = {NumberFormat::kDecimal, 4};
  CHECK(Parsed(padded, "0007") == 7);
  CHECK(Parsed(padded, "1234") == 1234);
  CHECK(Parsed(padded, "0000") == 0);
  for (const char* const bytes : {"007", "00007", "-007", "+007", "00 7", "000a", ""})
    CHECK_FALSE(Parsed(padded, bytes).has_value());
}

TEST_CASE("hexadecimal digits are of one case") {
  const NumberFormat lower = {NumberFormat::kHexLower, 0};
  const NumberFormat upper = {NumberFormat::kHexUpper, 0};
  CHECK(Parsed(lower, "beef") == 0xbeef);
  CHECK(Parsed(upper, "BEEF") == 0xbeef);
  CHECK_FALSE(Parsed(lower, "BEEF").has_value());
  CHECK_FALSE(Parsed(upper, "beef").has_value());
  for (const char* const bytes : {"Beef", "beeF", "0beef", "xyz", "-beef", "0x1", ""}) {
    CHECK_FALSE(Parsed(lower, bytes).has_value());
    CHECK_FALSE(Parsed(upper, bytes).has_value());
  }
  CHECK(Parsed({NumberFormat::kHexLower, 8}, "00c0ffee") == 0xc0ffee);
  CHECK(Parsed(lower, "ffffffffffffffff") == -1);
  CHECK_FALSE(Parsed(lower, "1ffffffffffffffff").has_value());
}

TEST_CASE("a number with a point has all its digits behind it and none too many before it") {
  const NumberFormat cents = {NumberFormat::kPoint, 2};
  CHECK(Parsed(cents, "0.00") == 0);
  CHECK(Parsed(cents, "0.07") == 7);
  CHECK(Parsed(cents, "-0.07") == -7);
  CHECK(Parsed(cents, "12.50") == 1250);
  CHECK(Parsed(cents, "9999999999999999.99") == 999'999'999'999'999'999);
  const std::string not_canonical =
      GENERATE(as<std::string>(), "", ".", "-", ".50", "-.50", "1.5", "1.500", "01.50", "00.50",
               "-0.00", "+1.50", "1,50", "1.5 ", " 1.50", "1..5", "1.-5", "--1.50", "150", "1.5e1",
               "99999999999999999.99", "a.bc");
  CHECK_FALSE(Parsed(cents, not_canonical).has_value());
  CHECK(Parsed({NumberFormat::kPoint, 17}, "1.23456789012345678") == 123'456'789'012'345'678);
  CHECK_FALSE(IsValid({NumberFormat::kPoint, 0}));
  CHECK_FALSE(IsValid({NumberFormat::kPoint, 18}));
}

TEST_CASE("whatever parses is rendered back to the same bytes") {
  constexpr ByteView kDigits = "0000111299.abfABF-+x ";
  for (uint64_t seed = 1; seed <= 20'000; ++seed) {
    testing::Random random(seed);
    const uint64_t kinds = 1 + random.Below(kDigits.size());
    std::string bytes;
    for (uint64_t n = random.Below(22); n > 0; --n) bytes += kDigits[random.Below(kinds)];
    for (const NumberFormat format : AllFormats()) {
      const std::optional<int64_t> value = Parsed(format, bytes);
      if (!value.has_value()) continue;
      INFO("seed " << seed << ", radix " << int{format.radix} << ", width " << int{format.width});
      REQUIRE(Rendered(format, *value) == bytes);
    }
  }
}

TEST_CASE("any value is rendered as printf would, and fits its room") {
  testing::Random random(1);
  std::vector<int64_t> values = {0, 1, -1, std::numeric_limits<int64_t>::min(),
                                 std::numeric_limits<int64_t>::max()};
  for (int i = 0; i < 300; ++i)
    values.push_back(static_cast<int64_t>(random.Next() >> random.Below(64)));
  for (const NumberFormat format : AllFormats()) {
    for (const int64_t value : values) {
      // No encoder pads a negative number; what a decoder makes of it is its own affair.
      if (value < 0 && format.radix == NumberFormat::kDecimal && format.width != 0) {
        REQUIRE(Rendered(format, value).size() <= kMaxNumberSize);
        continue;
      }
      REQUIRE(Rendered(format, value) == Reference(format, value));
    }
  }
}

TEST_CASE("numbers of up to eighteen digits parse in the format they were rendered in") {
  testing::Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    const auto value = static_cast<int64_t>(random.Skewed(59));
    CHECK(Parsed(kPlain, std::to_string(value)) == value);
    if (value != 0) CHECK(Parsed(kPlain, std::to_string(-value)) == -value);
    CHECK(Parsed({NumberFormat::kHexLower, 0}, Reference({NumberFormat::kHexLower, 0}, value)) ==
          value);
  }
}

// The format that fits all `values`, if there is one.
std::optional<NumberFormat> Detected(const std::vector<std::string>& values) {
  std::string text = "?";
  std::vector<Slice> slices;
  for (const std::string& value : values) {
    slices.push_back({static_cast<uint32_t>(text.size()), static_cast<uint32_t>(value.size())});
    text += value + "?";
  }
  NumberFormat format;
  Vector<int64_t> numbers;
  if (!ParseIntegers(text, slices, &format, &numbers) &&
      !ParsePoints(text, slices, &format, &numbers)) {
    return std::nullopt;
  }
  REQUIRE(numbers.size() == values.size());
  for (size_t i = 0; i < values.size(); ++i) CHECK(Parsed(format, values[i]) == numbers[i]);
  return format;
}

TEST_CASE("the format of values is the one in which all of them were written") {
  CHECK(Detected({"1", "22", "-3", "0"}) == kPlain);
  CHECK(Detected({"01", "22", "13"}) == NumberFormat{NumberFormat::kDecimal, 2});
  CHECK(Detected({"ff", "1", "a0"}) == NumberFormat{NumberFormat::kHexLower, 0});
  CHECK(Detected({"FF", "1", "A0"}) == NumberFormat{NumberFormat::kHexUpper, 0});
  CHECK(Detected({"00ff", "1234"}) == NumberFormat{NumberFormat::kHexLower, 4});
  CHECK(Detected({"00FF", "1234"}) == NumberFormat{NumberFormat::kHexUpper, 4});
  CHECK(Detected({"12", "34"}).has_value());
  CHECK(Detected({"1.25", "-10.50", "0.00"}) == NumberFormat{NumberFormat::kPoint, 2});
}

TEST_CASE("values that no format fits are no numbers") {
  CHECK_FALSE(Detected({}).has_value());
  CHECK_FALSE(Detected({""}).has_value());
  CHECK_FALSE(Detected({"1", ""}).has_value());
  CHECK_FALSE(Detected({"1", "02", "3"}).has_value());
  CHECK_FALSE(Detected({"fF"}).has_value());
  CHECK_FALSE(Detected({"1.25", "1.5"}).has_value());
  CHECK_FALSE(Detected({"1.25", "3"}).has_value());
  CHECK_FALSE(Detected({"1."}).has_value());
  CHECK_FALSE(Detected({".1"}).has_value());
  CHECK_FALSE(Detected({"10.0.0.1"}).has_value());
  CHECK_FALSE(Detected({"ff", "FF"}).has_value());
  CHECK_FALSE(Detected({"1", "-0"}).has_value());
  CHECK_FALSE(Detected({"+5"}).has_value());
  CHECK_FALSE(Detected({std::string(300, '1')}).has_value());
}

TEST_CASE("a format is detected only if every value comes back in it, and always if one does") {
  constexpr ByteView kDigits = "0000111299abfABF-";
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    testing::Random random(seed);
    const uint64_t kinds = 1 + random.Below(kDigits.size());
    const uint64_t width = random.OneIn(2) ? 1 + random.Below(19) : 0;
    std::vector<std::string> values(1 + random.Below(5));
    for (std::string& value : values) {
      for (uint64_t n = width != 0 ? width : 1 + random.Below(19); n > 0; --n)
        value += kDigits[random.Below(kinds)];
    }
    const auto fits = [&values](NumberFormat format) {
      return std::all_of(values.begin(), values.end(), [format](const std::string& value) {
        const std::optional<int64_t> parsed = Parsed(format, value);
        return parsed.has_value() && Rendered(format, *parsed) == value;
      });
    };
    const std::vector<NumberFormat>& formats = AllFormats();
    const std::optional<NumberFormat> detected = Detected(values);
    INFO("seed " << seed << ", first value " << values[0]);
    if (detected.has_value()) REQUIRE(fits(*detected));
    REQUIRE(detected.has_value() == std::any_of(formats.begin(), formats.end(), fits));
  }
}

}  // namespace
}  // namespace logpress::ir
