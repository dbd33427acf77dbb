// What the name of the program and its first word say before any option is read.
#ifndef LOGPRESS_CLI_INVOCATION_H_
#define LOGPRESS_CLI_INVOCATION_H_

#include <span>
#include <string>

#include "cli/fleet/command_line.h"
#include "cli/options.h"
#include "search/parse.h"

namespace logpress::cli {

enum class Command {
  kFiles,    // what Options say, with each file
  kArchive,  // `logpress archive`
  kGrep,     // `logpress grep`
  kFleet,    // `logpress plan`, `run` and `finish`
};

struct Invocation {
  Command command = Command::kFiles;
  search::Syntax syntax = search::Syntax::kExtended;  // of the patterns of kGrep
  fleet::Step step = fleet::Step::kPlan;              // of kFleet
  Options defaults;
  std::span<const std::string> arguments;  // that are left for the command to read
};

// `program` is argv[0] and `arguments` the rest; the result points into the latter. "lpzcat",
// "unlogpress" and "lpzgrep" are ways to call the program; a first word may be a subcommand.
Invocation ReadInvocation(const std::string& program, std::span<const std::string> arguments);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_INVOCATION_H_
