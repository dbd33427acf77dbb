// A command line taken apart: which options stand in it with which values, and what else.
#ifndef LOGPRESS_CLI_ARGUMENTS_H_
#define LOGPRESS_CLI_ARGUMENTS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/option_table.h"

namespace logpress::cli {

struct GivenOption {
  const OptionSpec* spec;
  std::string value;  // empty for a flag
};

struct Arguments {
  std::vector<GivenOption> options;  // in their order
  std::vector<std::string> operands;
};

// Options may be joined (-dc, -9kf, -T2), stand behind operands, and be abbreviated as long as they
// are told apart (--dec). What follows "--" are operands. kInvalidArgument with "ARGUMENT: what;
// what to do" for what is not in OptionTable().
absl::StatusOr<Arguments> ReadArguments(std::span<const std::string> words);

// "ARGUMENT: what".
absl::Status UsageError(std::string_view argument, std::string_view what);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_ARGUMENTS_H_
