#include "cli/archiving/file_archiver.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <vector>

#include "archive/writer.h"
#include "base/status.h"
#include "cli/archiving/advice.h"
#include "cli/archiving/end_of_log.h"
#include "cli/archiving/leftovers.h"
#include "cli/archiving/memory_plan.h"
#include "cli/archiving/names.h"
#include "cli/archiving/new_file_sink.h"
#include "cli/archiving/remove_packed.h"
#include "cli/carry_over.h"
#include "cli/clock.h"
#include "cli/format.h"
#include "cli/place.h"
#include "cli/text.h"
#include "cli/unpack.h"

namespace logpress::cli::archiving {
FileArchiver::FileArchiver(const RunContext& context, const Candidate& candidate)
    : context_(context),
      candidate_(candidate),
      ops_(context.ops),
      folder_(OpenFolder(ops_, candidate.folder)),
      folder_error_(folder_.ok() ? 0 : errno),
      source_(ops_, folder_.get(), candidate.name),
      guard_(ops_),
      new_(ops_, folder_.get()) {
  result_.path = candidate.Path();
  result_.packer = candidate.packer;
  result_.chosen = candidate.chosen;
  result_.named = candidate.named;
  result_.source_bytes = static_cast<uint64_t>(candidate.info.st_size);
}

FileResult FileArchiver::Run() {
  const double begin = Seconds();
  if (OpenSource() && AskForWriters() && FindPlace() &&
      (finished_ ? RefreshFinished()
                 : OpenNew() && Pack() && CheckSourceUnchanged() && Settle(new_.Sync()) &&
                       VerifyNew() && CarryMetadata(new_.fd()) && TakePlace()) &&
      SyncFolder() && RemoveSource()) {
    result_.outcome = finished_ ? Outcome::kFinished : Outcome::kPacked;
    if (context_.policy->delete_after) {
      Candidate archive = candidate_;
      archive.name = archive_;
      result_.due = DueToDelete(context_, EndOfArchivedLog(ops_, archive));
    }
  }
  guard_.Release();
  result_.seconds = Seconds() - begin;
  return result_;
}

FileResult FileArchiver::DryRun() {
  if (OpenSource() && AskForWriters() && FindPlace()) {
    result_.outcome = finished_ ? Outcome::kFinished : Outcome::kPacked;
    if (context_.policy->delete_after)
      result_.due = DueToDelete(context_, EndOfLog(context_, candidate_));
  }
  guard_.Release();
  return result_;
}

bool FileArchiver::OpenSource() {
  if (!folder_.ok()) {
    errno = folder_error_;
    if (errno == ENOENT) return Skip(Reason::kVanished, "its folder was removed meanwhile");
    return FailErrno("cannot open its folder", AdviceFor(errno));
  }
  if (!source_.Open()) {
    if (errno == ENOENT) return Skip(Reason::kVanished, "was removed or renamed meanwhile");
    if (errno == ELOOP) return Skip(Reason::kNotRegular, "is a symbolic link");
    return FailErrno("cannot open it", AdviceFor(errno));
  }
  const struct stat& info = source_.info();
  if (!S_ISREG(info.st_mode)) return Skip(Reason::kNotRegular, "is not a regular file");
  if (info.st_dev != candidate_.info.st_dev || info.st_ino != candidate_.info.st_ino)
    return Skip(Reason::kChanged, "was replaced by another file meanwhile");
  if (info.st_nlink > 1 && !context_.policy->hard_links) {
    return Skip(Reason::kHardLinks, Cat("has ", info.st_nlink,
                                        " names, and removing one frees nothing; --hard-links "
                                        "takes it all the same"));
  }
  if (candidate_.packer == Packer::kNone && BeginsLikeArchive(ops_, source_.fd()))
    return Skip(Reason::kArchive, "is an archive already");
  result_.source_bytes = source_.size();
  return true;
}

bool FileArchiver::AskForWriters() {
  if (context_.policy->ignore_open) return true;
  switch (guard_.Take(source_.fd())) {
    case WriteGuard::Answer::kNoWriter:
      return true;
    case WriteGuard::Answer::kWriter:
      return Skip(Reason::kOpen, Cat(guard_.who(), " has it open for writing"));
    case WriteGuard::Answer::kUnknown:
      break;
  }
  return Skip(Reason::kMaybeOpen,
              "whether some process has it open for writing cannot be told here; run as root, or "
              "give --ignore-open");
}

std::unique_ptr<ByteSource> FileArchiver::OpenBytes() {
  const std::string name = Printable(result_.path);
  packed_ = std::make_unique<OpsSource>(ops_, source_.fd(), name);
  if (candidate_.packer == Packer::kNone) return std::move(packed_);
  return Unpack(packed_.get(), candidate_.packer, name, context_.run->memory_limit);
}

bool FileArchiver::OpenNew() {
  const std::string name = NewName(archive_);
  absl::Status made = new_.Create(name);
  if (StatusErrno(made) == EEXIST) {
    if (!RemoveLeftover(ops_, folder_.get(), name))
      return Skip(Reason::kBusy, "another run is packing it");
    made = new_.Create(name);
  }
  if (!made.ok()) return Fail(made);
  // The lock says that this one is alive. Refused where files cannot be locked; then the lock of
  // the run has to do.
  if (ops_->Lock(new_.fd(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Skip(Reason::kBusy, "another run is packing it");
  return true;
}

bool FileArchiver::Pack() {
  archive::WriterOptions options;
  options.level = context_.policy->level;
  const MemoryPlan plan = PlanMemory(options.level, context_.policy->block_size,
                                     context_.run->threads, context_.run->memory_limit);
  options.block_size = plan.block_size;
  options.threads = plan.threads;
  NewFileSink sink(ops_, new_.fd(), Printable(result_.archive), context_.run->min_free);
  bool opened = false;
  archive::WriterTotals totals;
  const absl::StatusOr<Contents> packed = PackAll(
      OpenBytes().get(), &sink, options,
      [&] {
        opened = guard_.Broken();
        return opened || context_.stop->Requested() ? absl::CancelledError("stopped")
                                                    : absl::OkStatus();
      },
      &totals);
  if (opened) return Skip(Reason::kOpen, "some process opened it for writing meanwhile");
  if (!packed.ok()) return Settle(packed.status());
  contents_ = *packed;
  result_.raw_bytes = contents_->size;
  result_.archive_bytes = totals.packed_bytes;
  if (candidate_.packer != Packer::kNone && result_.archive_bytes >= source_.size()) {
    return Skip(Reason::kNoGain, Cat("repacked it would take ", HumanSize(result_.archive_bytes),
                                     " instead of ", HumanSize(source_.size())));
  }
  return true;
}

bool FileArchiver::CheckSourceUnchanged() {
  const SourceFile::State state = source_.Check(candidate_.name);
  return state == SourceFile::State::kSame || SkipChanged(state);
}

bool FileArchiver::SkipChanged(SourceFile::State state) {
  switch (state) {
    case SourceFile::State::kRemoved:
      return Skip(Reason::kVanished, "was removed meanwhile");
    case SourceFile::State::kReplaced:
      return Skip(Reason::kChanged, "was renamed meanwhile");
    case SourceFile::State::kError:
      return FailErrno("cannot look at it again", AdviceFor(errno));
    default:
      return Skip(Reason::kChanged, "changed while it was read");
  }
}

bool FileArchiver::VerifyNew() {
  absl::StatusOr<Fd> reopened = new_.Reopen();
  if (!reopened.ok()) return Settle(reopened.status());
  verified_ = *std::move(reopened);
  struct stat info {};
  if (ops_->Stat(verified_.get(), &info) != 0)
    return FailErrno("cannot read its archive back", AdviceFor(errno));
  context_.made->emplace(info.st_dev, info.st_ino);
  const DecodeLimits limits = {context_.run->threads, context_.run->memory_limit};
  if (!Settle(
          new_.Compare(verified_, *contents_, Printable(result_.archive), limits, context_.stop)))
    return false;
  (void)posix_fadvise(source_.fd(), 0, 0, POSIX_FADV_DONTNEED);
  return true;
}

bool FileArchiver::CarryMetadata(int archive) {
  std::vector<std::string> refused;
  const absl::Status status = CarryOver(ops_, source_.fd(), source_.info(), archive, &refused);
  if (!status.ok()) return Fail(status);
  for (const std::string& what : refused) {
    context_.report->Warning(result_.path,
                             Cat("its ", Printable(what), " was not carried over: not permitted"));
  }
  if (ops_->Sync(archive) != 0) return FailErrno("cannot sync its archive", AdviceFor(errno));
  return true;
}

bool FileArchiver::TakePlace() {
  if (context_.stop->Requested()) return Stopped();
  if (guard_.Broken()) return Skip(Reason::kOpen, "some process opened it for writing meanwhile");
  return CheckSourceUnchanged() && Settle(new_.Place(archive_));
}

// An archive from an earlier run, or made by hand: what that may have left undone is done again.
bool FileArchiver::RefreshFinished() {
  const SourceFile::State state = source_.Check(candidate_.name);
  if (state != SourceFile::State::kSame) return SkipChanged(state);
  const Fd archive = OpenFile(ops_, folder_.get(), archive_, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (!archive.ok()) return FailErrno("cannot open its archive", AdviceFor(errno));
  return CarryMetadata(archive.get());
}

bool FileArchiver::SyncFolder() {
  if (SyncToDisk(ops_, folder_.get())) return true;
  return FailErrno("cannot sync its folder, so it stays beside its archive", AdviceFor(errno));
}

// From here on the log is safe.
bool FileArchiver::RemoveSource() {
  if (context_.policy->keep) return true;
  const RemovalResult removal =
      RemovePacked(ops_, folder_.get(), source_, context_.policy->ignore_open ? nullptr : &guard_);
  if (!removal.stranded.empty()) {
    context_.report->Error(
        candidate_.folder.Path(removal.stranded),
        Cat("is ", Printable(candidate_.name), ", which could not get its name back; rename it"));
  }
  switch (removal.kind) {
    case RemovalResult::Kind::kRemoved:
      result_.removed_source = true;
      return true;
    case RemovalResult::Kind::kGone:
      return true;
    case RemovalResult::Kind::kChanged:
      if (source_.HasName()) WithdrawArchive();
      return SkipChanged(removal.state);
    case RemovalResult::Kind::kOpened:
      WithdrawArchive();
      return Skip(Reason::kOpen, "some process opened it for writing meanwhile");
    case RemovalResult::Kind::kFailed:
      break;
  }
  errno = removal.error;
  return FailErrno("is packed, but cannot be removed", AdviceFor(errno));
}

// The log goes on being a log, so what was packed of it must not be there twice.
void FileArchiver::WithdrawArchive() {
  if (finished_) return;
  struct stat placed {};
  struct stat ours {};
  if (ops_->StatAt(folder_.get(), archive_.c_str(), &placed) == 0 &&
      ops_->Stat(verified_.get(), &ours) == 0 && placed.st_ino == ours.st_ino &&
      placed.st_dev == ours.st_dev) {
    ops_->Unlink(folder_.get(), archive_.c_str());
    (void)SyncToDisk(ops_, folder_.get());
  }
}

bool FileArchiver::Skip(Reason reason, std::string message) {
  result_.outcome = Outcome::kSkipped;
  result_.reason = reason;
  result_.message = std::move(message);
  return false;
}

bool FileArchiver::Fail(std::string message) {
  result_.outcome = Outcome::kFailed;
  result_.message = std::move(message);
  return false;
}

bool FileArchiver::Fail(const absl::Status& status) {
  std::string message = WithoutName(status, Printable(result_.path));
  const int error = StatusErrno(status);
  if (error != 0) Append(&message, AdviceFor(error));
  return Fail(std::move(message));
}

// True to go on.
bool FileArchiver::Settle(const absl::Status& status) {
  if (status.ok()) return true;
  if (absl::IsCancelled(status)) return Stopped();
  const bool busy = absl::IsUnavailable(status) || absl::IsAlreadyExists(status);
  return busy && StatusErrno(status) == 0 ? Skip(Reason::kBusy, std::string(Message(status)))
                                          : Fail(status);
}

bool FileArchiver::FailErrno(std::string_view what, std::string_view advice) {
  const absl::Status status = ErrnoStatus(errno, what);
  return Fail(Cat(Message(status), advice));
}

bool FileArchiver::Stopped() {
  result_.outcome = Outcome::kStopped;
  return false;
}

}  // namespace logpress::cli::archiving
