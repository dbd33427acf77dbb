#include "cli/input_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/status.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

absl::Status OpenError(int error, const std::string& name) {
  const char* advice = "";
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      advice = "; check the name";
      break;
    case EACCES:
    case EPERM:
      advice = "; check the permissions, or run as its owner";
      break;
    case EBADF:
      advice = "; it is closed, so name a FILE";
      break;
    default:
      advice = "; check the disk or what else it comes from";
      break;
  }
  const absl::Status status = ErrnoStatus(error, name);
  return absl::Status(status.code(), Cat(Message(status), advice));
}

// OK for what may be opened. Decided before opening: to open a pipe waits for its writer, to open
// some devices does things.
absl::Status CheckKind(const struct stat& file, const std::string& name, InputKind kind) {
  if (S_ISDIR(file.st_mode)) {
    return absl::CancelledError(Cat(name, ": is a directory; use -r to take the files below it"));
  }
  if (kind == InputKind::kAnything || S_ISREG(file.st_mode)) return absl::OkStatus();
  if (S_ISLNK(file.st_mode)) {
    return absl::CancelledError(
        Cat(name, ": is a symbolic link; skipped, use -f, -c or -o to take the file it points to"));
  }
  return absl::CancelledError(
      Cat(name, ": is not a regular file; skipped, use -f, -c or -o to read it all the same"));
}

}  // namespace

absl::Status ReadError(const absl::Status& status) {
  const bool closed = StatusErrno(status) == EBADF;
  return absl::Status(status.code(),
                      Cat(Message(status), closed ? "; it is closed, so name a FILE"
                                                  : "; check the disk or what else it comes from"));
}

absl::StatusOr<InputFile> InputFile::Open(const std::string& path, InputKind kind) {
  struct stat attributes {};
  if (path == "-") {
    const std::string name = "standard input";
    if (fstat(STDIN_FILENO, &attributes) != 0) return OpenError(errno, name);
    if (S_ISDIR(attributes.st_mode))
      return absl::CancelledError(Cat(name, ": is a directory; name it as FILE and use -r"));
    return InputFile(STDIN_FILENO, path, name, attributes);
  }

  const std::string name = Printable(path);
  const bool follow = kind == InputKind::kAnything;
  if (fstatat(AT_FDCWD, path.c_str(), &attributes, follow ? 0 : AT_SYMLINK_NOFOLLOW) != 0)
    return OpenError(errno, name);
  if (absl::Status status = CheckKind(attributes, name, kind); !status.ok()) return status;

  int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY;
  // Should a link or a pipe have taken the place of the regular file: neither follow nor wait.
  if (!follow) flags |= O_NOFOLLOW;
  if (S_ISREG(attributes.st_mode)) flags |= O_NONBLOCK;
  const int fd = open(path.c_str(), flags);
  if (fd < 0) return OpenError(errno, name);
  InputFile file(fd, path, name, attributes);
  if (fstat(fd, &file.attributes_) != 0) return OpenError(errno, name);
  if (absl::Status status = CheckKind(file.attributes_, name, kind); !status.ok()) return status;
  return file;
}

InputFile::InputFile(InputFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      path_(std::move(other.path_)),
      name_(std::move(other.name_)),
      attributes_(other.attributes_) {}

InputFile::~InputFile() {
  if (fd_ > 0) close(fd_);
}

ByteBuffer InputFile::Start(size_t size) const {
  ByteBuffer start(size, '\0');
  const ssize_t got = is_regular() ? pread(fd_, start.data(), size, 0) : 0;
  start.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return start;
}

absl::Status InputFile::Remove() const {
  struct stat now {};
  struct stat named {};
  if (fstat(fd_, &now) != 0 || stat(path_.c_str(), &named) != 0)
    return OpenError(errno, Cat(name_, ": not removed"));
  if (now.st_size != attributes_.st_size || now.st_mtim.tv_sec != attributes_.st_mtim.tv_sec ||
      now.st_mtim.tv_nsec != attributes_.st_mtim.tv_nsec) {
    // It may have been cut short, or written anew: never to be advised is what replaces the output.
    return absl::AbortedError(Cat(
        name_,
        ": changed while it was read, so it was not removed; keep what was made of it, which may "
        "hold what it no longer does, and take it again to another name with -o"));
  }
  if (named.st_dev != now.st_dev || named.st_ino != now.st_ino) {
    return absl::AbortedError(Cat(
        name_, ": was replaced by another file meanwhile, so it was not removed; look at both"));
  }
  if (unlink(path_.c_str()) != 0) return OpenError(errno, Cat(name_, ": not removed"));
  return absl::OkStatus();
}

}  // namespace logpress::cli
