#include "cli/archiving/values.h"

#include <charconv>
#include <limits>

#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

struct Unit {
  std::string_view name;
  int64_t seconds;
};

// The first of a length is what DurationText writes.
constexpr Unit kUnits[] = {{"w", 7 * 86400}, {"d", 86400},   {"h", 3600},     {"min", 60},
                           {"m", 60},        {"s", 1},       {"", 1},         {"y", 365 * 86400},
                           {"days", 86400},  {"day", 86400}, {"hours", 3600}, {"hour", 3600}};

constexpr int64_t kMaxSeconds = int64_t{1} << 40;

}  // namespace

std::optional<int64_t> ParseDuration(std::string_view text) {
  int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || number < 0) return std::nullopt;
  const std::string_view name(stop, static_cast<size_t>(end - stop));
  for (const Unit& unit : kUnits) {
    if (unit.name != name) continue;
    if (number > kMaxSeconds / unit.seconds) return std::nullopt;
    return number * unit.seconds;
  }
  return std::nullopt;
}

std::string DurationText(int64_t seconds) {
  for (const Unit& unit : kUnits) {
    // Weeks are for writing only: "14d" is plainer than "2w".
    if (unit.name == "w" || seconds == 0 || seconds % unit.seconds != 0) continue;
    return Cat(seconds / unit.seconds, unit.name);
  }
  return "0s";
}

std::optional<int> ParseNumber(std::string_view text, int low, int high) {
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end || number < low || number > high)
    return std::nullopt;
  return number;
}

}  // namespace logpress::cli::archiving
