#include "cli/archiving/priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/status.h"

namespace logpress::cli::archiving {

absl::Status LowerPriority(const RunSettings& run) {
  absl::Status status;
  if (run.nice) {
    errno = 0;
    const int now = getpriority(PRIO_PROCESS, 0);
    // Never upwards: who called us so may have meant it.
    if (now < *run.nice && setpriority(PRIO_PROCESS, 0, *run.nice) != 0)
      status = ErrnoStatus(errno, "cannot set the CPU priority");
  }
  if (run.io_class != IoClass::kUnchanged) {
    // linux/ioprio.h, which not every libc ships: the class above bit 13, the level below.
    constexpr int kWhoProcess = 1;
    constexpr int kClassBestEffort = 2;
    constexpr int kClassIdle = 3;
    constexpr int kClassShift = 13;
    const int value = run.io_class == IoClass::kIdle
                          ? kClassIdle << kClassShift
                          : (kClassBestEffort << kClassShift) | run.io_level;
    if (syscall(SYS_ioprio_set, kWhoProcess, 0, value) != 0)
      status = ErrnoStatus(errno, "cannot set the I/O priority");
  }
  return status;
}

}  // namespace logpress::cli::archiving
