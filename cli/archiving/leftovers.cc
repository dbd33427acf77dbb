#include "cli/archiving/leftovers.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <optional>

#include "cli/archiving/names.h"
#include "cli/file_io.h"
#include "cli/options.h"
#include "cli/place.h"

namespace logpress::cli::archiving {

bool RemoveLeftover(FileOps* ops, int folder, const std::string& name) {
  const Fd fd = OpenFile(ops, folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (!fd.ok()) return errno == ENOENT;
  struct stat ours {};
  struct stat named {};
  if (ops->Stat(fd.get(), &ours) != 0 || !S_ISREG(ours.st_mode)) return false;
  if (ops->Lock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
  // While waiting for nothing, its maker may have finished and another one begun.
  if (ops->StatAt(folder, name.c_str(), &named) != 0) return errno == ENOENT;
  if (named.st_dev != ours.st_dev || named.st_ino != ours.st_ino) return false;
  return ops->Unlink(folder, name.c_str()) == 0;
}

bool GiveNameBack(FileOps* ops, int folder, const std::string& hidden,
                  const std::string& original) {
  Placed placed = MoveToPlace(ops, folder, hidden, original, false);
  if (placed == Placed::kTaken) {
    struct stat info {};
    if (ops->StatAt(folder, hidden.c_str(), &info) != 0) return false;
    std::string dated = DatedArchiveName(original, info.st_mtim.tv_sec);
    dated.resize(dated.size() - kSuffix.size());
    placed = MoveToPlace(ops, folder, hidden, dated, false);
  }
  if (placed == Placed::kLinked) return ops->Unlink(folder, hidden.c_str()) == 0;
  return placed == Placed::kYes;
}

void ClearLeftovers(FileOps* ops, int folder, std::vector<std::string>* names) {
  bool changed = false;
  for (const std::string& name : *names) {
    if (IsNewName(name)) {
      changed |= RemoveLeftover(ops, folder, name);
    } else if (const auto original = SourceOfRemovalName(name)) {
      changed |= GiveNameBack(ops, folder, name, *original);
    }
  }
  if (!changed) return;
  std::vector<std::string> now;
  if (ops->ReadFolder(folder, &now) == 0) *names = std::move(now);
}

}  // namespace logpress::cli::archiving
