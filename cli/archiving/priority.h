// The place of a run behind the services of the machine.
#ifndef LOGPRESS_CLI_ARCHIVING_PRIORITY_H_
#define LOGPRESS_CLI_ARCHIVING_PRIORITY_H_

#include "absl/status/status.h"
#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

// Sets CPU and I/O priority of the process and of the threads that it makes afterwards. An error
// says what was refused, and the rest is set.
absl::Status LowerPriority(const RunSettings& run);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_PRIORITY_H_
