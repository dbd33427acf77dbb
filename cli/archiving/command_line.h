// The command line of `logpress archive`.
#ifndef LOGPRESS_CLI_ARCHIVING_COMMAND_LINE_H_
#define LOGPRESS_CLI_ARCHIVING_COMMAND_LINE_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

// Reads the arguments that follow the word "archive". The result has one policy, or none when a
// configuration file is named, which is not read here. What the arguments do not say of the run is
// as in `run`. kInvalidArgument with "ARGUMENT: what; what to do" when they make no sense.
absl::StatusOr<Settings> ParseCommandLine(std::span<const std::string> arguments,
                                          const RunSettings& run);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_COMMAND_LINE_H_
