// What keeps runs from overlapping: flock(2) on a file that is made for it and stays.
#ifndef LOGPRESS_CLI_ARCHIVING_RUN_LOCK_H_
#define LOGPRESS_CLI_ARCHIVING_RUN_LOCK_H_

#include <string>

#include "absl/status/statusor.h"
#include "cli/file_io.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

// /run/logpress/archive.lock for root, else in XDG_RUNTIME_DIR, or in /tmp with the user's number.
std::string DefaultLockPath();

// Takes the lock, which holds until the descriptor is closed or the process ends, however it does.
// kUnavailable when another process has it; the message says which.
absl::StatusOr<Fd> TakeRunLock(FileOps* ops, const std::string& path);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_RUN_LOCK_H_
