#include "cli/archiving/new_archive.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>
#include <vector>

#include "base/status.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

constexpr size_t kReadSize = size_t{256} << 10;

}  // namespace

absl::StatusOr<Contents> PackAll(ByteSource* source, ByteSink* sink,
                                 const archive::WriterOptions& options,
                                 const std::function<absl::Status()>& go_on,
                                 archive::WriterTotals* totals) {
  archive::Writer writer(sink, options);
  std::vector<char> buffer(kReadSize);
  ContentsHasher hasher;
  for (;;) {
    LOGPRESS_RETURN_IF_ERROR(go_on());
    LOGPRESS_ASSIGN_OR_RETURN(const size_t size, source->Read(buffer.data(), buffer.size()));
    if (size == 0) break;
    const ByteView piece(buffer.data(), size);
    hasher.Add(piece);
    LOGPRESS_RETURN_IF_ERROR(writer.Append(piece));
  }
  LOGPRESS_RETURN_IF_ERROR(writer.Finish());
  *totals = writer.totals();
  return hasher.contents();
}

NewArchive::~NewArchive() {
  if (!hidden_.empty()) ops_->Unlink(folder_, hidden_.c_str());
}

absl::Status NewArchive::Create(const std::string& hidden) {
  fd_ = OpenFile(ops_, folder_, hidden, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (!fd_.ok()) return ErrnoStatus(errno, "cannot make its archive");
  hidden_ = hidden;
  return absl::OkStatus();
}

absl::Status NewArchive::Sync() {
  if (ops_->Sync(fd_.get()) != 0) return ErrnoStatus(errno, "cannot sync its archive");
  return absl::OkStatus();
}

absl::StatusOr<Fd> NewArchive::Reopen() {
  // From the disk, if the kernel can be moved to forget the pages.
  (void)posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_DONTNEED);
  Fd reopened = OpenFile(ops_, folder_, hidden_, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!reopened.ok()) return ErrnoStatus(errno, "cannot read its archive back");
  struct stat written {};
  struct stat read_back {};
  if (ops_->Stat(fd_.get(), &written) != 0 || ops_->Stat(reopened.get(), &read_back) != 0)
    return ErrnoStatus(errno, "cannot read its archive back");
  if (written.st_dev != read_back.st_dev || written.st_ino != read_back.st_ino)
    return absl::UnavailableError("somebody replaced its archive while it was made");
  return reopened;
}

absl::Status NewArchive::Compare(const Fd& reopened, const Contents& packed,
                                 const std::string& name, const DecodeLimits& limits, Stop* stop) {
  OpsSource source(ops_, reopened.get(), name);
  const absl::StatusOr<Contents> read = ArchiveContents(&source, limits, stop);
  if (!read.ok()) {
    if (stop->Requested()) return absl::CancelledError("stopped");
    return absl::DataLossError(
        Cat("its archive cannot be read back: ", Message(read.status()),
            "; the log stays; check the disk and the memory of the machine"));
  }
  if (!(*read == packed)) {
    return absl::DataLossError(
        "its archive does not hold what was read from it; the log stays; check the disk and the "
        "memory of the machine");
  }
  // It will not be read again soon: leave the cache to those who serve.
  (void)posix_fadvise(reopened.get(), 0, 0, POSIX_FADV_DONTNEED);
  return absl::OkStatus();
}

absl::Status NewArchive::Place(const std::string& name) {
  switch (MoveToPlace(ops_, folder_, hidden_, name, false)) {
    case Placed::kYes:
      hidden_.clear();
      return absl::OkStatus();
    case Placed::kLinked:
      return absl::OkStatus();  // the hidden name goes with the destructor
    case Placed::kTaken:
      return absl::AlreadyExistsError("somebody else made its archive meanwhile");
    case Placed::kImpossible:
      return absl::FailedPreconditionError(
          "this file system cannot rename without the danger of overwriting; use another one");
    case Placed::kFailed:
      break;
  }
  return ErrnoStatus(errno, "cannot give its archive its name");
}

}  // namespace logpress::cli::archiving
