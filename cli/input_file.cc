#include "cli/input_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/format.h"
#include "cli/remote/remote_file.h"
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

// A file behind a URL, which InputFile owns, from its beginning to its end.
class RemoteSource : public ByteSource {
 public:
  explicit RemoteSource(RandomAccess* file) : file_(file) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    size = std::min<uint64_t>(size, file_->Size() - at_);
    LOGPRESS_RETURN_IF_ERROR(file_->ReadAt(at_, size, buffer));
    at_ += size;
    return size;
  }

 private:
  RandomAccess* const file_;
  uint64_t at_ = 0;
};

class RemoteView : public RandomAccess {
 public:
  explicit RemoteView(RandomAccess* file) : file_(file) {}
  uint64_t Size() const override { return file_->Size(); }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override {
    return file_->ReadAt(offset, size, buffer);
  }

 private:
  RandomAccess* const file_;
};

}  // namespace

absl::Status ReadError(const absl::Status& status) {
  const char* advice = "";
  switch (StatusErrno(status)) {
    case EBADF:
      advice = "; it is closed, so name a FILE";
      break;
    case ENOENT:
      advice = "; check the name";
      break;
    case EOPNOTSUPP:
      advice = "; fetch it, and name the file";
      break;
    case ESTALE:
      advice = "; run the command again";
      break;
    case EREMOTEIO:
      advice = "; check the network and the server";
      break;
    default:
      advice = "; check the disk or what else it comes from";
      break;
  }
  return absl::Status(status.code(), Cat(Message(status), advice));
}

absl::StatusOr<InputFile> InputFile::OpenUrl(const std::string& url, InputKind kind) {
  const std::string name = UrlName(url);
  if (kind == InputKind::kRegular) {
    return absl::CancelledError(
        Cat(name, ": is a URL; skipped, use -c or -o to read it all the same"));
  }
  auto remote = OpenRemoteFile(url);
  if (!remote.ok()) return ReadError(remote.status());
  struct stat attributes {};
  attributes.st_mode = S_IFREG;
  attributes.st_size = static_cast<off_t>((*remote)->Size());
  InputFile file(-1, url, name, attributes);
  file.remote_ = *std::move(remote);
  return file;
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

  if (IsUrl(path)) return OpenUrl(path, kind);
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
      attributes_(other.attributes_),
      remote_(std::move(other.remote_)) {}

InputFile::~InputFile() {
  if (fd_ > 0) close(fd_);
}

ByteBuffer InputFile::Start(size_t size) const {
  ByteBuffer start(size, '\0');
  if (is_remote()) {
    start.resize(std::min<uint64_t>(size, remote_->Size()));
    return remote_->ReadAt(0, start.size(), start.data()).ok() ? start : ByteBuffer();
  }
  const ssize_t got = is_regular() ? pread(fd_, start.data(), size, 0) : 0;
  start.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return start;
}

std::unique_ptr<ByteSource> InputFile::OpenSource() const {
  if (is_remote()) return std::make_unique<RemoteSource>(remote_.get());
  return std::make_unique<FdSource>(fd_, name_);
}

absl::StatusOr<std::unique_ptr<RandomAccess>> InputFile::OpenRandomAccess() const {
  if (is_remote()) return std::make_unique<RemoteView>(remote_.get());
  LOGPRESS_ASSIGN_OR_RETURN(std::unique_ptr<RandomAccess> file, FdRandomAccess::Open(fd_, name_));
  return file;
}

absl::Status InputFile::Remove() const {
  if (is_remote())
    return absl::FailedPreconditionError(Cat(name_, ": is not a file here, so it was not removed"));
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
