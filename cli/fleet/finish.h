// The end of a plan: what its tasks have done becomes one result, or is told to be missing.
#ifndef LOGPRESS_CLI_FLEET_FINISH_H_
#define LOGPRESS_CLI_FLEET_FINISH_H_

#include <string>

#include "cli/archiving/stop.h"
#include "cli/file_ops.h"
#include "cli/fleet/work.h"

namespace logpress::cli::fleet {

struct FinishOptions {
  std::string plan;   // its path
  bool json = false;  // the report on standard output
};

// Returns the exit code: of packing and verifying 0 when all is done and 1 when it is not; of a
// search, that of grep.
int FinishPlan(const FinishOptions& options, const Work& work, FileOps* ops, archiving::Stop* stop);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_FINISH_H_
