#include "cli/append_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/fd_io.h"
#include "base/memory_io.h"
#include "base/status.h"
#include "cli/file_ops.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/library.h"
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
  logpress_options options = logpress_default_options();
  options.memory_limit = memory_limit;
  LibrarySource source(file.get());
  const logpress_source bytes = source.source();
  auto end = Sized<logpress_end>();
  ByteBuffer missing;
  BufferSink buffer(&missing);
  LibrarySink sink(&buffer);
  const logpress_code code = logpress_find_end(&options, &bytes, &end, LibrarySink::Write, &sink);
  if (absl::Status status = source.StatusOf(code, logpress_last_message()); !status.ok()) {
    if (StatusErrno(status) != 0) return WriteError(StatusErrno(status), name_);
    const char* advice = absl::IsDataLoss(status)
                             ? "; mend it with logpress repair, or append to another file"
                         : absl::IsResourceExhausted(status) ? " with --memory-limit=SIZE"
                                                             : "; name an archive, or another file";
    return absl::Status(status.code(), Cat(name_, ": ", Message(status), advice));
  }
  cut_ = end.cut;
  const auto offset = static_cast<off_t>(end.offset);
  if (cut_ > 0 && ftruncate(fd_, offset) != 0) return WriteError(errno, name_);
  if (lseek(fd_, offset, SEEK_SET) < 0) return WriteError(errno, name_);
  size_ = offset;
  RememberAppended(fd_, size_);
  FdSink archive(fd_, name_);
  if (absl::Status status = archive.Write(missing); !status.ok())
    return WriteError(StatusErrno(status), name_);
  size_ += static_cast<off_t>(missing.size());
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
