// Numbers, sizes and times as people write them: one grammar for every option of the program and
// for every key of its configuration. logpress(1) describes it under VALUES.
#ifndef LOGPRESS_CLI_VALUES_H_
#define LOGPRESS_CLI_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace logpress::cli {

// Each fails with kInvalidArgument and "what; what to do".

// "4096", "64K", "4m", "16MiB", "1GB", in bytes: a number and a unit, all units powers of 1024 as
// in xz and zstd. Without a unit it is bytes.
absl::StatusOr<uint64_t> ParseSize(std::string_view text);

// The same for a block, within what the library takes.
absl::StatusOr<uint64_t> ParseBlockSize(std::string_view text);

// "20ms", "90s", "15min", "12h", "1d", "2w", "1y" (365 days), and 0, in milliseconds. There is no
// other number without a unit: some programs mean seconds by it, others days. At most 200 years.
absl::StatusOr<int64_t> ParseTime(std::string_view text);

// The same for what is deleted when it is larger or older: with a unit, and not zero, as a slip of
// the pen must not delete everything.
absl::StatusOr<uint64_t> ParseDeletionSize(std::string_view text);
absl::StatusOr<int64_t> ParseDeletionTime(std::string_view text);

// "1 day", "400 days", "36 hours", "0 seconds": the largest unit up to days that gives a whole
// number.
std::string TimeText(int64_t seconds);

// A decimal number, with a sign if `low` is negative, from `low` to `high`.
std::optional<int> ParseNumber(std::string_view text, int low, int high);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_VALUES_H_
