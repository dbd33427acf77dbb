#include "cli/values.h"

#include <charconv>
#include <limits>

#include "absl/strings/ascii.h"
#include "cli/text.h"
#include "logpress/options.h"

namespace logpress::cli {
namespace {

struct Number {
  uint64_t value;
  std::string_view unit;  // what stands behind it
};

std::optional<Number> SplitNumber(std::string_view text) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc()) return std::nullopt;
  return Number{value, std::string_view(stop, static_cast<size_t>(end - stop))};
}

struct TimeUnit {
  std::string_view name;
  int64_t milliseconds;
};

constexpr int64_t kSecond = 1000;
constexpr int64_t kDay = 86400 * kSecond;
constexpr TimeUnit kTimeUnits[] = {{"ms", 1},
                                   {"s", kSecond},
                                   {"sec", kSecond},
                                   {"second", kSecond},
                                   {"seconds", kSecond},
                                   {"min", 60 * kSecond},
                                   {"m", 60 * kSecond},
                                   {"minute", 60 * kSecond},
                                   {"minutes", 60 * kSecond},
                                   {"h", 3600 * kSecond},
                                   {"hour", 3600 * kSecond},
                                   {"hours", 3600 * kSecond},
                                   {"d", kDay},
                                   {"day", kDay},
                                   {"days", kDay},
                                   {"w", 7 * kDay},
                                   {"week", 7 * kDay},
                                   {"weeks", 7 * kDay},
                                   {"y", 365 * kDay},
                                   {"year", 365 * kDay},
                                   {"years", 365 * kDay}};
constexpr int64_t kMostTime = 200 * 365 * kDay;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

}  // namespace

absl::StatusOr<uint64_t> ParseSize(std::string_view text) {
  const absl::Status wrong =
      Wrong("not a size; give a number of bytes, or one with K, M, G or T behind it");
  const auto number = SplitNumber(text);
  if (!number) return wrong;
  const std::string unit = absl::AsciiStrToLower(std::string(number->unit));
  if (unit.empty() || unit == "b") return number->value;
  const size_t power = std::string_view("kmgt").find(unit[0]);
  const std::string rest = unit.substr(1);
  if (power == std::string_view::npos || (!rest.empty() && rest != "b" && rest != "ib"))
    return wrong;
  const size_t shift = 10 * (power + 1);
  if (number->value > std::numeric_limits<uint64_t>::max() >> shift) return wrong;
  return number->value << shift;
}

absl::StatusOr<uint64_t> ParseBlockSize(std::string_view text) {
  absl::StatusOr<uint64_t> size = ParseSize(text);
  if (!size.ok()) return size;
  if (*size < LOGPRESS_MIN_BLOCK_SIZE || *size > LOGPRESS_MAX_BLOCK_SIZE) {
    return Wrong(Cat("out of range; give ", LOGPRESS_MIN_BLOCK_SIZE, " to ",
                     LOGPRESS_MAX_BLOCK_SIZE >> 20, "M"));
  }
  return size;
}

absl::StatusOr<int64_t> ParseTime(std::string_view text) {
  const absl::Status wrong =
      Wrong("not a time; give a number with ms, s, min, h, d, w or y behind it, such as 36h");
  const auto number = SplitNumber(text);
  if (!number) return wrong;
  if (number->unit.empty()) {
    if (number->value == 0) return 0;
    return Wrong(Cat("has no unit; give it as ", text, "s, ", text, "min, ", text, "h or ", text,
                     "d (seconds, minutes, hours, days)"));
  }
  for (const TimeUnit& unit : kTimeUnits) {
    if (unit.name != number->unit) continue;
    if (number->value > static_cast<uint64_t>(kMostTime / unit.milliseconds))
      return Wrong("longer than 200 years; give less");
    return static_cast<int64_t>(number->value) * unit.milliseconds;
  }
  return wrong;
}

absl::StatusOr<uint64_t> ParseDeletionSize(std::string_view text) {
  auto size = ParseSize(text);
  if (!size.ok()) return size;
  if (*size == 0) return Wrong("would delete all; give a size, such as 50G");
  if (SplitNumber(text)->unit.empty()) {
    return Wrong(Cat("has no unit; give it as ", text, "M, ", text, "G or ", text,
                     "T, or, if bytes are meant, as ", text, "B"));
  }
  return size;
}

absl::StatusOr<int64_t> ParseDeletionTime(std::string_view text) {
  auto time = ParseTime(text);
  if (time.ok() && *time == 0) return Wrong("would delete all; give a time, such as 400d");
  return time;
}

std::string TimeText(int64_t seconds) {
  constexpr struct {
    std::string_view name;
    int64_t seconds;
  } kUnits[] = {{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}};
  for (const auto& unit : kUnits) {
    if ((seconds == 0 && unit.seconds > 1) || seconds % unit.seconds != 0) continue;
    const int64_t count = seconds / unit.seconds;
    return Cat(count, " ", unit.name, count == 1 ? "" : "s");
  }
  return {};
}

std::optional<int> ParseNumber(std::string_view text, int low, int high) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end || number < low || number > high)
    return std::nullopt;
  return number;
}

}  // namespace logpress::cli
