#include "cli/archiving/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "base/status.h"
#include "cli/format.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::archiving {
namespace {

constexpr char kFolder[] = "/run/logpress";

absl::Status LockError(const std::string& path, std::string_view what) {
  const absl::Status status = ErrnoStatus(errno, Cat(Printable(path), ": ", what));
  return absl::Status(status.code(),
                      Cat(Message(status), "; name a lock file elsewhere with --lock"));
}

}  // namespace

std::string DefaultLockPath() {
  if (geteuid() == 0) return Cat(std::string(kFolder), "/archive.lock");
  const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && runtime[0] == '/')
    return Cat(std::string(runtime), "/logpress-archive.lock");
  return Cat("/tmp/logpress-archive-", geteuid(), ".lock");
}

absl::StatusOr<Fd> TakeRunLock(FileOps* ops, const std::string& path) {
  if (path.starts_with(Cat(std::string(kFolder), "/")) && mkdir(kFolder, 0755) != 0 &&
      errno != EEXIST)
    return LockError(path, "cannot make its folder");
  // Not through a link that somebody put into /tmp.
  Fd fd = OpenFile(ops, AT_FDCWD, path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (!fd.ok()) return LockError(path, "cannot open the lock file");
  int result = 0;
  do {
    result = ops->Lock(fd.get(), LOCK_EX | LOCK_NB);
  } while (result != 0 && errno == EINTR);
  if (result != 0) {
    if (errno != EWOULDBLOCK) return LockError(path, "cannot be locked");
    char holder[32] = {};
    const ssize_t got = ops->ReadAt(fd.get(), holder, sizeof holder - 1, 0);
    const auto process =
        ParseNumber(std::string_view(holder, got > 0 ? static_cast<size_t>(got) : 0), 1, 1 << 30);
    return absl::UnavailableError(Cat(Printable(path), ": another run holds the lock",
                                      process ? Cat(" (process ", *process, ")") : std::string(),
                                      "; nothing was done"));
  }
  // For whoever finds it held. A lock without a number in it holds as well.
  const std::string number = Cat(getpid());
  if (ftruncate(fd.get(), 0) == 0 && pwrite(fd.get(), number.data(), number.size(), 0) < 0)
    errno = 0;
  return fd;
}

}  // namespace logpress::cli::archiving
