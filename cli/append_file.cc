#include "cli/append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "archive/append.h"
#include "base/fd_io.h"
#include "base/status.h"
#include "cli/file_ops.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/output_file.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli {

absl::StatusOr<std::unique_ptr<AppendFile>> AppendFile::Open(const std::string& path,
                                                             uint64_t memory_limit) {
  std::unique_ptr<AppendFile> none;
  const std::string name = Printable(path);
  struct stat there {};
  if (stat(path.c_str(), &there) != 0 && errno == ENOENT) return none;
  if (!S_ISREG(there.st_mode)) return none;
  const int fd = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return WriteError(errno, name);
  std::unique_ptr<AppendFile> file(new AppendFile(fd, name));
  if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    return absl::UnavailableError(
        Cat(name, ": somebody else appends to it right now; try again when that is done"));
  }
  if (absl::Status status = file->ToEnd(memory_limit); !status.ok()) return status;
  return file;
}

absl::Status AppendFile::ToEnd(uint64_t memory_limit) {
  LOGPRESS_ASSIGN_OR_RETURN(const auto file, FdRandomAccess::Open(fd_, name_));
  const auto point = archive::FindAppendPoint(file.get(), memory_limit);
  if (!point.ok()) {
    if (StatusErrno(point.status()) != 0) return WriteError(StatusErrno(point.status()), name_);
    const char* advice = absl::IsDataLoss(point.status())
                             ? "; mend it with logpress repair, or append to another file"
                         : absl::IsResourceExhausted(point.status())
                             ? " with --memory-limit=SIZE"
                             : "; name an archive, or another file";
    return absl::Status(point.status().code(), Cat(name_, ": ", Message(point.status()), advice));
  }
  cut_ = point->cut;
  const auto offset = static_cast<off_t>(point->offset);
  if (cut_ > 0 && ftruncate(fd_, offset) != 0) return WriteError(errno, name_);
  if (lseek(fd_, offset, SEEK_SET) < 0) return WriteError(errno, name_);
  size_ = offset;
  RememberAppended(fd_, size_);
  FdSink sink(fd_, name_);
  if (absl::Status status = sink.Write(point->end); !status.ok())
    return WriteError(StatusErrno(status), name_);
  size_ += static_cast<off_t>(point->end.size());
  RememberAppended(fd_, size_);
  return absl::OkStatus();
}

bool AppendFile::Is(const struct stat& file) const {
  struct stat own {};
  return fstat(fd_, &own) == 0 && own.st_dev == file.st_dev && own.st_ino == file.st_ino;
}

absl::Status AppendFile::Commit() {
  if (!SyncToDisk(SystemFileOps(), fd_)) return WriteError(errno, name_);
  Forget();
  return absl::OkStatus();
}

void AppendFile::Keep() {
  // As well as it goes: an error is told already.
  SyncToDisk(SystemFileOps(), fd_);
  Forget();
}

void AppendFile::Forget() {
  ForgetUnfinished();
  size_ = -1;
}

AppendFile::~AppendFile() {
  ForgetUnfinished();
  // What cannot be cut off is a torn archive, which readers and the next append deal with.
  if (size_ >= 0 && ftruncate(fd_, size_) != 0) errno = 0;
  close(fd_);
}

}  // namespace logpress::cli
