// Values of settings as people write them.
#ifndef LOGPRESS_CLI_ARCHIVING_VALUES_H_
#define LOGPRESS_CLI_ARCHIVING_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logpress::cli::archiving {

// "90", "90s", "15min", "12h", "1d", "2w", "1y" (365 days) in seconds. Nothing when it is something
// else or more than some thousand years.
std::optional<int64_t> ParseDuration(std::string_view text);

// "1d", "36h", "0s": the largest unit that gives a whole number.
std::string DurationText(int64_t seconds);

// A decimal number, with a sign if `low` is negative, from `low` to `high`.
std::optional<int> ParseNumber(std::string_view text, int low, int high);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_VALUES_H_
