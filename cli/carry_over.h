// What a file has beside its bytes, carried over to the file that takes its place.
#ifndef LOGPRESS_CLI_CARRY_OVER_H_
#define LOGPRESS_CLI_CARRY_OVER_H_

#include <sys/stat.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/file_ops.h"

namespace logpress::cli {

// Gives the file `to` the owner, group, extended attributes, mode and times of the file `from`,
// whose stat is `source`. Extended attributes hold access control lists and the SELinux context
// too; file capabilities and the bits set-user-ID, set-group-ID and sticky are left out, for a
// packed file is no program. A group that cannot be given does not leave its rights to another.
//
// What the file system or the permissions refuse (EPERM, ENOTSUP, EINVAL...) is appended to
// `refused` by name ("owner", "user.origin"), and the rest is done: the content is what counts.
// What else fails (EIO, ENOSPC) is an error with its errno, and the state of `to` unknown.
absl::Status CarryOver(FileOps* ops, int from, const struct stat& source, int to,
                       std::vector<std::string>* refused);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_CARRY_OVER_H_
