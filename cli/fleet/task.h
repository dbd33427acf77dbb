// One task of a plan: its parts, one after the other, each with a line in the task's record.
#ifndef LOGPRESS_CLI_FLEET_TASK_H_
#define LOGPRESS_CLI_FLEET_TASK_H_

#include <cstdint>
#include <string>

#include "cli/archiving/stop.h"
#include "cli/file_ops.h"
#include "cli/fleet/work.h"

namespace logpress::cli::fleet {

inline constexpr int kExitDone = 0;
inline constexpr int kExitSomeFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitAgain =
    75;  // EX_TEMPFAIL of sysexits.h: stopped, or somebody else is at it

struct TaskOptions {
  std::string plan;  // its path
  uint32_t task = 0;
  int threads = 1;
};

// Does the task through `ops` and tells on standard error what failed. Returns the exit code.
int RunTask(const TaskOptions& options, const Work& work, FileOps* ops, archiving::Stop* stop);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_TASK_H_
