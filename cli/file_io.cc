#include "cli/file_io.h"

#include <fcntl.h>

#include <cerrno>

#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli {

Fd OpenFile(FileOps* ops, int folder, const std::string& name, int flags, mode_t mode) {
  int fd = -1;
  do {
    fd = ops->OpenAt(folder, name.c_str(), flags | O_CLOEXEC, mode);
  } while (fd < 0 && errno == EINTR);
  return {ops, fd};
}

absl::Status OpsSink::Write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ops_->Write(fd_, bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return ErrnoStatus(errno, Cat(name_, ": cannot write"));
    }
    // A file that takes nothing and says nothing would be asked for ever.
    if (written == 0) return ErrnoStatus(EIO, Cat(name_, ": cannot write"));
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> OpsSource::Read(char* buffer, size_t size) {
  for (;;) {
    const ssize_t got = ops_->Read(fd_, buffer, size);
    if (got >= 0) return static_cast<size_t>(got);
    if (errno != EINTR) return ErrnoStatus(errno, Cat(name_, ": cannot read"));
  }
}

absl::Status OpsRandomAccess::ReadAt(uint64_t offset, size_t size, char* buffer) {
  if (offset > size_ || size > size_ - offset)
    return absl::OutOfRangeError(Cat(name_, ": has no byte ", offset + size));
  while (size > 0) {
    const ssize_t got = ops_->ReadAt(fd_, buffer, size, static_cast<off_t>(offset));
    if (got < 0) {
      if (errno == EINTR) continue;
      return ErrnoStatus(errno, Cat(name_, ": cannot read at byte ", offset));
    }
    if (got == 0) {
      return absl::OutOfRangeError(
          Cat(name_, ": became shorter while being read, ends at byte ", offset));
    }
    buffer += got;
    offset += static_cast<uint64_t>(got);
    size -= static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace logpress::cli
