// Making a plan of what is on disk.
#ifndef LOGPRESS_CLI_FLEET_MAKE_PLAN_H_
#define LOGPRESS_CLI_FLEET_MAKE_PLAN_H_

#include "cli/file_ops.h"
#include "cli/fleet/command_line.h"

namespace logpress::cli::fleet {

// Finds, divides and writes what `options` ask for, and says how even it is. Returns the exit code.
int MakePlan(const FleetOptions& options, FileOps* ops);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_MAKE_PLAN_H_
