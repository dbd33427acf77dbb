// The last steps of a new file: from its temporary name to its place, and the folder to disk.
#ifndef LOGPRESS_CLI_PLACE_H_
#define LOGPRESS_CLI_PLACE_H_

#include <string>

#include "cli/file_ops.h"

namespace logpress::cli {

enum class Placed {
  kYes,
  kLinked,      // yes, but `from` still names the file as well
  kTaken,       // something stands at `to`
  kImpossible,  // this file system cannot rename without the danger of overwriting
  kFailed,      // errno says why
};

// Renames `from` to `to` within `folder`. Without `overwrite` nothing is ever replaced, whoever
// puts a file there at the same moment.
Placed MoveToPlace(FileOps* ops, int folder, const std::string& from, const std::string& to,
                   bool overwrite);

// Syncs the file or folder `fd`. False and errno when that failed; file systems that have nothing
// to sync (EINVAL, ENOTSUP) have not failed.
bool SyncToDisk(FileOps* ops, int fd);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PLACE_H_
