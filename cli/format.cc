#include "cli/format.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/text.h"

namespace logpress::cli {

std::string HumanSize(uint64_t bytes) {
  if (bytes < 1024) return Cat(bytes, " B");
  constexpr std::array<const char*, 6> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  double value = static_cast<double>(bytes) / 1024;
  size_t unit = 0;
  // 999.5 would print as "1000" and not as three digits.
  while (value >= 999.5 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return Formatted("%.*f %s", decimals, value, kUnits[unit]);
}

std::string Ratio(uint64_t raw, uint64_t packed) {
  if (raw == 0 || packed == 0) return "-";
  const double ratio = static_cast<double>(raw) / static_cast<double>(packed);
  return Formatted("%.*f", ratio < 9.995 ? 2 : ratio < 999.5 ? 1 : 0, ratio);
}

std::string HumanDuration(double seconds) {
  const auto whole = static_cast<int64_t>(std::llround(std::fmin(std::fmax(seconds, 0), 3.6e8)));
  if (whole < 60) return Cat(whole, " s");
  if (whole < 3600) return Cat(whole / 60, " min ", whole % 60, " s");
  return Cat(whole / 3600, " h ", whole % 3600 / 60, " min");
}

std::string Printable(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::none_of(name.begin(), name.end(), is_control)) return std::string(name);
  std::string printable;
  for (const char c : name) {
    if (c == '\n') {
      printable += "\\n";
    } else if (c == '\t') {
      printable += "\\t";
    } else if (is_control(c)) {
      printable += Formatted("\\x%02x", static_cast<unsigned char>(c));
    } else {
      printable += c;
    }
  }
  return printable;
}

}  // namespace logpress::cli
