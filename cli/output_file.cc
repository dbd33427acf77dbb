#include "cli/output_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <utility>
#include <vector>

#include "base/status.h"
#include "cli/carry_over.h"
#include "cli/file_ops.h"
#include "cli/format.h"
#include "cli/interrupt.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

constexpr int kAttempts = 100;
// Of the final name the temporary one keeps this much, so that with its prefix and suffix it fits
// NAME_MAX whenever the final name does.
constexpr size_t kKeptOfName = 200;

std::string TemporaryName(const std::string& final_name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz012345";
  std::array<unsigned char, 8> random{};
  // Only to make a clash unlikely; O_EXCL guards against one.
  if (getrandom(random.data(), random.size(), GRND_NONBLOCK) < 0) {
    const auto pid = static_cast<unsigned>(getpid());
    for (size_t i = 0; i < random.size(); ++i)
      random[i] = static_cast<unsigned char>(pid >> (4 * i));
  }
  std::string name = Cat(".", final_name.substr(0, kKeptOfName), ".tmp-");
  for (const unsigned char byte : random) name += kLetters[byte % kLetters.size()];
  return name;
}

absl::Status ExistsError(const std::string& name) {
  return absl::AlreadyExistsError(
      Cat(name, ": exists already; name another file with -o, or overwrite it with -f"));
}

}  // namespace

absl::Status WriteError(int error, const std::string& name) {
  const char* advice = "";
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      advice = "; make room, or name a place elsewhere with -o";
      break;
    case EFBIG:
      advice = "; raise the file size limit (ulimit -f), or name a place elsewhere with -o";
      break;
    case EPIPE:
      advice = "; its reader is gone";
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      advice = "; check the permissions of the directory, or name a place elsewhere with -o or -c";
      break;
    case ENOENT:
    case ENOTDIR:
      advice = "; make the directory first";
      break;
    case EISDIR:
      advice = "; name a file in it";
      break;
    case ENAMETOOLONG:
      advice = "; name a shorter one with -o";
      break;
    case EBADF:
      advice = "; it is closed, so name a FILE or use -o";
      break;
    default:
      advice = "; check the disk, or name a place elsewhere with -o";
      break;
  }
  const absl::Status status = ErrnoStatus(error, name);
  return absl::Status(status.code(), Cat(Message(status), advice));
}

absl::StatusOr<std::unique_ptr<OutputFile>> OutputFile::Create(const std::string& path, Name kind,
                                                               bool overwrite) {
  std::unique_ptr<OutputFile> file(new OutputFile());
  file->overwrite_ = overwrite;
  file->name_ = Printable(path);

  absl::Status status;
  struct stat target {};
  const bool exists = lstat(path.c_str(), &target) == 0;
  const bool reachable = stat(path.c_str(), &target) == 0;
  if (reachable && S_ISDIR(target.st_mode)) {
    status = WriteError(EISDIR, file->name_);
  } else if (kind == Name::kGiven && reachable && !S_ISREG(target.st_mode)) {
    status = file->OpenDirect(path);
  } else if (exists && !overwrite) {
    status = ExistsError(file->name_);
  } else {
    status = file->OpenTemporary(path);
  }
  if (!status.ok()) return status;
  return file;
}

absl::Status OutputFile::OpenDirect(const std::string& path) {
  fd_ = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  return fd_ < 0 ? WriteError(errno, name_) : absl::OkStatus();
}

absl::Status OutputFile::OpenTemporary(const std::string& path) {
  const size_t slash = path.rfind('/');
  folder_ = slash == std::string::npos ? "" : path.substr(0, slash + 1);
  const std::string directory = folder_.empty() ? "." : folder_;
  final_ = slash == std::string::npos ? path : path.substr(slash + 1);
  if (final_.empty()) return WriteError(EISDIR, name_);
  if (final_.size() > NAME_MAX) return WriteError(ENAMETOOLONG, name_);

  directory_fd_ = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A directory that may be written but not read can be used, though not synced.
  if (directory_fd_ < 0 && errno == EACCES)
    directory_fd_ = open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory_fd_ < 0) return WriteError(errno, name_);

  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    temporary_ = TemporaryName(final_);
    RememberTemporary(directory_fd_, temporary_);
    // Nobody else may read it before Commit() says who may.
    fd_ = openat(directory_fd_, temporary_.c_str(),
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd_ >= 0) return absl::OkStatus();
    const int error = errno;
    ForgetUnfinished();
    temporary_.clear();
    if (error != EEXIST) return WriteError(error, name_);
  }
  return WriteError(EEXIST, name_);
}

bool OutputFile::Replaces(const struct stat& file) const {
  struct stat at_place {};
  return directory_fd_ >= 0 && fstatat(directory_fd_, final_.c_str(), &at_place, 0) == 0 &&
         at_place.st_dev == file.st_dev && at_place.st_ino == file.st_ino;
}

absl::Status OutputFile::Commit(const Source* source) {
  if (is_regular()) {
    if (source != nullptr) {
      // What is refused stays as it is, as in gzip and xz: the content is what counts.
      std::vector<std::string> refused;
      absl::Status carried =
          CarryOver(SystemFileOps(), source->fd, source->attributes, fd_, &refused);
      if (!carried.ok()) return WriteError(StatusErrno(carried), name_);
    } else {
      const mode_t mask = umask(0);
      umask(mask);
      // Refused where there are no modes; the file is readable by its owner then.
      if (fchmod(fd_, 0666 & ~mask) != 0) errno = 0;
    }
    if (!SyncToDisk(SystemFileOps(), fd_)) return WriteError(errno, name_);
  }
  const int fd = fd_;
  fd_ = -1;
  if (close(fd) != 0 && errno != EINTR) return WriteError(errno, name_);
  if (!is_regular()) return absl::OkStatus();

  if (absl::Status status = TakePlace(); !status.ok()) return status;
  // From here the file is complete at its place; EBADF is a directory that may not be read.
  if (!SyncToDisk(SystemFileOps(), directory_fd_) && errno != EBADF)
    return WriteError(errno, name_);
  return absl::OkStatus();
}

absl::Status OutputFile::TakePlace() {
  switch (MoveToPlace(SystemFileOps(), directory_fd_, temporary_, final_, overwrite_)) {
    case Placed::kYes:
      break;
    case Placed::kLinked:
      return absl::OkStatus();  // the temporary name goes with the destructor
    case Placed::kTaken:
      return ExistsError(name_);
    case Placed::kImpossible:
      return absl::FailedPreconditionError(
          Cat(name_,
              ": cannot be made without the danger of overwriting on this file system; "
              "use -f, or name a place elsewhere with -o"));
    case Placed::kFailed:
      return WriteError(errno, name_);
  }
  ForgetUnfinished();
  temporary_.clear();
  return absl::OkStatus();
}

std::string OutputFile::Keep() {
  ForgetUnfinished();
  // As well as it goes: an error is told already.
  if (fd_ >= 0) SyncToDisk(SystemFileOps(), fd_);
  if (is_regular()) SyncToDisk(SystemFileOps(), directory_fd_);
  const std::string kept = std::exchange(temporary_, "");
  return kept.empty() ? name_ : Cat(Printable(folder_), Printable(kept));
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlinkat(directory_fd_, temporary_.c_str(), 0);
  ForgetUnfinished();
  if (directory_fd_ >= 0) close(directory_fd_);
}

}  // namespace logpress::cli
