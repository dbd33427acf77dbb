#include "base/fd_io.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress {
namespace {

// Linux transfers at most 0x7ffff000 bytes a call, other systems fail beyond SSIZE_MAX.
constexpr size_t kMaxTransfer = size_t{1} << 30;

// True when the call that just failed with `error` is to be made again: it was interrupted, or the
// descriptor is non-blocking (inherited so, now and then) and is ready now.
bool Retry(int error, int fd, short event) {
  if (error == EINTR) return true;
  if (error != EAGAIN && error != EWOULDBLOCK) return false;
  pollfd wait = {fd, event, 0};
  return poll(&wait, 1, -1) >= 0 || errno == EINTR;
}

}  // namespace

absl::Status FdSink::Write(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd_, bytes.data(), std::min(bytes.size(), kMaxTransfer));
    if (written < 0) {
      const int error = errno;
      if (Retry(error, fd_, POLLOUT)) continue;
      return ErrnoStatus(error, name_ + ": cannot write");
    }
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::StatusOr<size_t> FdSource::Read(char* buffer, size_t size) {
  for (;;) {
    const ssize_t got = read(fd_, buffer, std::min(size, kMaxTransfer));
    if (got >= 0) return static_cast<size_t>(got);
    const int error = errno;
    if (!Retry(error, fd_, POLLIN)) return ErrnoStatus(error, name_ + ": cannot read");
  }
}

absl::StatusOr<std::unique_ptr<FdRandomAccess>> FdRandomAccess::Open(int fd, std::string name) {
  struct stat info;
  if (fstat(fd, &info) != 0) return ErrnoStatus(errno, name + ": cannot read its size");
  // Block devices can seek as well, but their st_size is 0; the end is where lseek finds it.
  const off_t here = lseek(fd, 0, SEEK_CUR);
  const off_t end = here < 0 ? -1 : lseek(fd, 0, SEEK_END);
  if (end < 0 || lseek(fd, here, SEEK_SET) < 0 || S_ISDIR(info.st_mode)) {
    return absl::FailedPreconditionError(
        absl::StrCat(name, ": cannot be read at any place (a pipe?); use a regular file"));
  }
  return std::unique_ptr<FdRandomAccess>(
      new FdRandomAccess(fd, std::move(name), static_cast<uint64_t>(end)));
}

absl::Status FdRandomAccess::ReadAt(uint64_t offset, size_t size, char* buffer) {
  if (offset > size_ || size > size_ - offset)
    return absl::OutOfRangeError(absl::StrCat(name_, ": has no byte ", offset + size));
  while (size > 0) {
    const ssize_t got =
        pread(fd_, buffer, std::min(size, kMaxTransfer), static_cast<off_t>(offset));
    if (got < 0) {
      if (errno == EINTR) continue;
      return ErrnoStatus(errno, absl::StrCat(name_, ": cannot read at byte ", offset));
    }
    if (got == 0) {
      return absl::OutOfRangeError(
          absl::StrCat(name_, ": became shorter while being read, ends at byte ", offset));
    }
    buffer += got;
    offset += static_cast<uint64_t>(got);
    size -= static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

}  // namespace logpress
