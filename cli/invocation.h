// What the name of the program and its first word say before any option is read.
#ifndef LOGPRESS_CLI_INVOCATION_H_
#define LOGPRESS_CLI_INVOCATION_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "cli/options.h"

namespace logpress::cli {

struct Invocation {
  Options defaults;
  std::span<const std::string> arguments;  // that are left for ParseOptions
};

// `program` is argv[0] and `arguments` the rest; the result points into the latter. "lpzcat" and
// "unlogpress" are ways to call the program; a first word may be a subcommand. kInvalidArgument
// ("WORD: what; what to do") for a word that is reserved for a later release.
absl::StatusOr<Invocation> ReadInvocation(const std::string& program,
                                          std::span<const std::string> arguments);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INVOCATION_H_
