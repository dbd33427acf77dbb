// The part of FileArchiver that finds a name for the archive, and looks at what may stand there
// from an earlier run.
#include <fcntl.h>

#include <cerrno>
#include <memory>
#include <string>
#include <tuple>

#include "base/status.h"
#include "cli/archiving/advice.h"
#include "cli/archiving/file_archiver.h"
#include "cli/archiving/names.h"
#include "cli/format.h"
#include "cli/text.h"
#include "cli/unpack.h"

namespace logpress::cli::archiving {
namespace {

// True when the bytes of a file are to blame, and not what became of reading them.
bool IsDamage(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsInvalidArgument(status) ||
         absl::IsUnimplemented(status);
}

// True when the archive `name` in `folder` can be read to its end and holds `contents`.
absl::StatusOr<bool> ArchiveHolds(const RunContext& context, int folder, const std::string& name,
                                  const std::string& path, const Contents& contents) {
  const Fd fd = OpenFile(context.ops, folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!fd.ok()) return ErrnoStatus(errno, Cat(path, ": cannot open it"));
  const DecodeLimits limits = {context.run->threads, context.run->memory_limit};
  OpsSource source(context.ops, fd.get(), path);
  const absl::StatusOr<Contents> read = ArchiveContents(&source, limits, context.stop);
  if (!read.ok()) return read.status();
  return *read == contents;
}

}  // namespace

// The archive's name, or the dated one when another log has that.
bool FileArchiver::FindPlace() {
  for (const std::string& name :
       {ArchiveName(candidate_.name),
        DatedArchiveName(candidate_.name, source_.info().st_mtim.tv_sec)}) {
    archive_ = name;
    result_.archive = candidate_.folder.Path(name);
    switch (LookAt(name)) {
      case Found::kFree:
        return true;
      case Found::kSame:
        finished_ = true;
        return true;
      case Found::kOther:
        break;
      case Found::kError:
        return false;
    }
  }
  return Fail(Cat("both ", Printable(ArchiveName(candidate_.name)), " and ", Printable(archive_),
                  " hold something else; look at them and rename one"));
}

FileArchiver::Found FileArchiver::LookAt(const std::string& archive) {
  struct stat info {};
  if (ops_->StatAt(folder_.get(), archive.c_str(), &info) != 0) {
    if (errno == ENOENT) return Found::kFree;
    FailErrno("cannot look at its archive", AdviceFor(errno));
    return Found::kError;
  }
  if (!S_ISREG(info.st_mode)) return Found::kOther;
  const Fd fd = OpenFile(ops_, folder_.get(), archive, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const std::string path = Printable(candidate_.folder.Path(archive));
  if (!fd.ok()) {
    FailErrno(Cat("cannot open its archive ", path), AdviceFor(errno));
    return Found::kError;
  }
  // By the index first: most of what differs differs in size, and need not be read.
  const absl::StatusOr<IndexSummary> index = ReadIndex(ops_, fd.get(), path);
  const bool raw = candidate_.packer == Packer::kNone;
  if (!index.ok() && !IsDamage(index.status())) return FailToLook(index.status());
  if (!index.ok() || (raw && index->raw_bytes != source_.size())) return Found::kOther;
  const timespec& changed = source_.info().st_mtim;
  const bool same_time =
      info.st_mtim.tv_sec == changed.tv_sec && info.st_mtim.tv_nsec == changed.tv_nsec;
  if (context_.policy->keep && same_time) {
    Skip(Reason::kKept, Cat("is packed already, and kept: ", path));
    return Found::kError;
  }
  if (!SourceContentsKnown()) return Found::kError;
  const absl::StatusOr<bool> same =
      ArchiveHolds(context_, folder_.get(), archive, path, *contents_);
  if (!same.ok()) {
    if (context_.stop->Requested()) {
      Stopped();
      return Found::kError;
    }
    if (!IsDamage(same.status())) return FailToLook(same.status());
    // A damaged archive is not ours to repair or to overwrite; the log gets another name.
    context_.report->Warning(
        path, Cat(WithoutName(same.status(), path), "; it stays, and the log is packed beside it"));
    return Found::kOther;
  }
  if (!*same) return Found::kOther;
  if (same_time && WasRestoredFrom(fd.get())) {
    Skip(Reason::kRestored, Cat("was restored from ", path,
                                ", which holds the same, and stays; remove it when it has served"));
    return Found::kError;
  }
  context_.made->emplace(info.st_dev, info.st_ino);
  result_.raw_bytes = index->raw_bytes;
  result_.archive_bytes = static_cast<uint64_t>(info.st_size);
  return Found::kSame;
}

// Whether `logpress -d` made the log of the archive. One that a killed run did not come to remove
// is older than its archive: by the birth of both, which no rename and no touch changes; where that
// is not known, nothing was restored.
bool FileArchiver::WasRestoredFrom(int archive) {
  timespec log_birth{};
  timespec archive_birth{};
  if (ops_->BirthTime(source_.fd(), &log_birth) != 0 ||
      ops_->BirthTime(archive, &archive_birth) != 0)
    return false;
  return std::tie(log_birth.tv_sec, log_birth.tv_nsec) >
         std::tie(archive_birth.tv_sec, archive_birth.tv_nsec);
}

FileArchiver::Found FileArchiver::FailToLook(const absl::Status& status) {
  Fail(status);
  return Found::kError;
}

bool FileArchiver::SourceContentsKnown() {
  if (contents_) return true;
  // A descriptor of its own: the position of the first is where packing begins.
  SourceFile again(ops_, folder_.get(), candidate_.name);
  if (!again.Open()) return FailErrno("cannot open it", AdviceFor(errno));
  const std::string name = Printable(result_.path);
  OpsSource packed(ops_, again.fd(), name);
  std::unique_ptr<ByteSource> unpacked;
  if (candidate_.packer != Packer::kNone)
    unpacked = Unpack(&packed, candidate_.packer, name, context_.run->memory_limit);
  const absl::StatusOr<Contents> contents =
      SourceContents(unpacked == nullptr ? &packed : unpacked.get(), context_.stop);
  if (!contents.ok())
    return absl::IsCancelled(contents.status()) ? Stopped() : Fail(contents.status());
  contents_ = *contents;
  return true;
}

}  // namespace logpress::cli::archiving
