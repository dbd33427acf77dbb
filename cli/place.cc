#include "cli/place.h"

#include <cerrno>
#include <cstdio>

namespace logpress::cli {

Placed MoveToPlace(FileOps* ops, int folder, const std::string& from, const std::string& to,
                   bool overwrite) {
  if (overwrite)
    return ops->Rename(folder, from.c_str(), to.c_str(), 0) == 0 ? Placed::kYes : Placed::kFailed;
  if (ops->Rename(folder, from.c_str(), to.c_str(), RENAME_NOREPLACE) == 0) return Placed::kYes;
  if (errno == EEXIST) return Placed::kTaken;
  if (errno != EINVAL && errno != ENOSYS) return Placed::kFailed;
  // File systems that do not know the flag (NFS) know links, which do not replace either.
  if (ops->Link(folder, from.c_str(), to.c_str()) == 0) return Placed::kLinked;
  if (errno == EEXIST) return Placed::kTaken;
  return errno == EPERM || errno == ENOTSUP ? Placed::kImpossible : Placed::kFailed;
}

bool SyncToDisk(FileOps* ops, int fd) {
  return ops->Sync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace logpress::cli
