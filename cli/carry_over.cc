#include "cli/carry_over.h"

#include <array>
#include <cerrno>
#include <string_view>

#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

bool IsRefusal(int error) {
  return error == EPERM || error == EACCES || error == ENOTSUP || error == EINVAL ||
         error == ENOSYS || error == EROFS;
}

absl::Status Refused(const std::string& what, std::vector<std::string>* refused) {
  if (!IsRefusal(errno)) return ErrnoStatus(errno, Cat("cannot carry over ", what));
  refused->push_back(what);
  return absl::OkStatus();
}

// Attributes change under one's hands, and so does the room that they need.
constexpr int kAttempts = 8;

// The names of the attributes of `fd`, each ended by NUL; empty when there are none.
absl::Status ListNames(FileOps* ops, int fd, std::string* names) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const ssize_t size = ops->ListAttributes(fd, nullptr, 0);
    if (size < 0) return ErrnoStatus(errno, "cannot list extended attributes");
    names->assign(static_cast<size_t>(size), '\0');
    if (size == 0) return absl::OkStatus();
    const ssize_t got = ops->ListAttributes(fd, names->data(), names->size());
    if (got >= 0) {
      names->resize(static_cast<size_t>(got));
      return absl::OkStatus();
    }
    if (errno != ERANGE) return ErrnoStatus(errno, "cannot list extended attributes");
  }
  return ErrnoStatus(ERANGE, "cannot list extended attributes");
}

// False, and errno, when there is no such attribute or it cannot be read.
bool ReadAttribute(FileOps* ops, int fd, const char* name, std::string* value) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const ssize_t size = ops->GetAttribute(fd, name, nullptr, 0);
    if (size < 0) return false;
    value->assign(static_cast<size_t>(size), '\0');
    if (size == 0) return true;
    const ssize_t got = ops->GetAttribute(fd, name, value->data(), value->size());
    if (got >= 0) {
      value->resize(static_cast<size_t>(got));
      return true;
    }
    if (errno != ERANGE) return false;
  }
  return false;
}

absl::Status CopyExtended(FileOps* ops, int from, int to, std::vector<std::string>* refused) {
  std::string names;
  absl::Status listed = ListNames(ops, from, &names);
  // A file system without attributes has none to carry.
  if (StatusErrno(listed) == ENOTSUP || StatusErrno(listed) == ENOSYS) return absl::OkStatus();
  if (!listed.ok()) return listed;

  std::string value;
  std::string present;
  for (size_t at = 0; at < names.size();) {
    const std::string name = names.substr(at, names.find('\0', at) - at);
    at += name.size() + 1;
    if (name == "security.capability" || name == "security.ima" || name == "security.evm") continue;
    if (!ReadAttribute(ops, from, name.c_str(), &value)) {
      if (errno == ENODATA) continue;  // removed since
      if (absl::Status status = Refused(name, refused); !status.ok()) return status;
      continue;
    }
    // A new file mostly has the SELinux context of its folder already, and giving it the same
    // again may need a permission that is not there.
    if (ReadAttribute(ops, to, name.c_str(), &present) && present == value) continue;
    if (ops->SetAttribute(to, name.c_str(), value.data(), value.size()) != 0) {
      if (absl::Status status = Refused(name, refused); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CarryOver(FileOps* ops, int from, const struct stat& source, int to,
                       std::vector<std::string>* refused) {
  // Owner first: a change of owner may take mode bits away.
  mode_t mode = source.st_mode & 0777;
  if (ops->ChangeOwner(to, source.st_uid, source.st_gid) != 0) {
    if (absl::Status status = Refused("owner", refused); !status.ok()) return status;
    if (ops->ChangeOwner(to, static_cast<uid_t>(-1), source.st_gid) != 0) {
      struct stat own {};
      if (ops->Stat(to, &own) != 0 || own.st_gid != source.st_gid)
        mode &= ~static_cast<mode_t>(070) | ((mode & 07) << 3);
    }
  }
  // The mode after the access control list, whose mask it is.
  if (absl::Status status = CopyExtended(ops, from, to, refused); !status.ok()) return status;
  if (ops->ChangeMode(to, mode) != 0) {
    if (absl::Status status = Refused("mode", refused); !status.ok()) return status;
  }
  const std::array<timespec, 2> times = {source.st_atim, source.st_mtim};
  if (ops->ChangeTimes(to, times.data()) != 0) return Refused("times", refused);
  return absl::OkStatus();
}

}  // namespace logpress::cli
