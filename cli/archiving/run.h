// A run of `logpress archive`, from settings to exit code.
#ifndef LOGPRESS_CLI_ARCHIVING_RUN_H_
#define LOGPRESS_CLI_ARCHIVING_RUN_H_

#include <span>
#include <string>

#include "cli/archiving/settings.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

inline constexpr int kExitDone = 0;
inline constexpr int kExitSomeFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitLocked = 75;  // EX_TEMPFAIL of sysexits.h

// Does what `settings` say to files through `ops` (borrowed), and reports on standard output and
// error. Returns the exit code.
int Run(const Settings& settings, FileOps* ops);

// The command: reads `arguments`, which follow the word "archive", and runs.
int ArchiveMain(std::span<const std::string> arguments);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_RUN_H_
