// `logpress plan`, `logpress run` and `logpress finish`, from their command lines to exit codes.
#ifndef LOGPRESS_CLI_FLEET_RUN_H_
#define LOGPRESS_CLI_FLEET_RUN_H_

#include <span>
#include <string>

#include "cli/fleet/command_line.h"

namespace logpress::cli::fleet {

// `arguments` follow the name of the step.
int FleetMain(Step step, std::span<const std::string> arguments);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_RUN_H_
