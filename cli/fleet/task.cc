#include "cli/fleet/task.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include "base/status.h"
#include "cli/archiving/advice.h"
#include "cli/clock.h"
#include "cli/console.h"
#include "cli/file_io.h"
#include "cli/fleet/pack_part.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"
#include "cli/fleet/search_part.h"
#include "cli/format.h"
#include "cli/place.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

// What a search has found in the parts of a task, one behind the other.
class Findings : public ByteSink {
 public:
  // Opens or makes the file.
  absl::Status Open(FileOps* ops, const std::string& path) {
    ops_ = ops;
    name_ = Printable(path);
    fd_ = OpenFile(ops, AT_FDCWD, path, O_RDWR | O_CREAT | O_APPEND, 0666);
    struct stat info {};
    if (!fd_.ok() || ops->Stat(fd_.get(), &info) != 0)
      return ErrnoStatus(errno, Cat(name_, ": cannot open it"));
    size_ = static_cast<uint64_t>(info.st_size);
    return absl::OkStatus();
  }
  absl::Status Write(ByteView bytes) override {
    size_ += bytes.size();
    return OpsSink(ops_, fd_.get(), name_).Write(bytes);
  }
  absl::Status Sync() {
    return SyncToDisk(ops_, fd_.get()) ? absl::OkStatus()
                                       : ErrnoStatus(errno, Cat(name_, ": cannot sync"));
  }
  uint64_t size() const { return size_; }

 private:
  FileOps* ops_ = nullptr;
  std::string name_;
  Fd fd_;
  uint64_t size_ = 0;
};

class Task {
 public:
  Task(const TaskOptions& options, const Work& work, FileOps* ops, archiving::Stop* stop,
       const Plan& plan)
      : context_(options.plan, &plan, &work, ops, stop),
        plan_(plan),
        kind_(work.kind),
        number_(options.task),
        console_(Options()) {
    context_.threads = options.threads;
  }

  int Run() {
    if (const absl::Status status = Begin(); !status.ok()) {
      console_.Error(status);
      return absl::IsUnavailable(status) ? kExitAgain : kExitSomeFailed;
    }
    for (const Part& part : plan_.parts) {
      if (IsDone(part)) {
        ++before_;
        continue;
      }
      if (context_.stop->Requested()) return Stopped();
      const absl::Status status = DoPart(part);
      if (absl::IsCancelled(status) && context_.stop->Requested()) return Stopped();
      if (!status.ok()) {
        console_.Error(status);
        return kExitSomeFailed;
      }
    }
    console_.Output(Cat("task ", number_, ": ", done_, " parts done, ", before_,
                        " were done before, ", failed_, " failed\n"));
    return failed_ > 0 || console_.failed() ? kExitSomeFailed : kExitDone;
  }

 private:
  absl::Status Begin() {
    std::error_code error;
    std::filesystem::create_directories(context_.folder, error);
    if (error)
      return ErrnoStatus(error.value(), Cat(Printable(context_.folder), ": cannot make it"));
    const std::string task = Cat(number_);
    context_.token = NewToken();
    LOGPRESS_ASSIGN_OR_RETURN(
        record_, Record::Open(context_.ops, RecordPath(context_.folder, task),
                              NameOfRecord(plan_, *context_.work, task), context_.token));
    context_.tokens = record_->contents().tokens;
    if (kind_ == WorkKind::kGrep)
      LOGPRESS_RETURN_IF_ERROR(
          findings_.Open(context_.ops, FindingsPath(RecordPath(context_.folder, task))));
    if (!context_.packed || kind_ != WorkKind::kVerify) return absl::OkStatus();
    const Work pack;
    LOGPRESS_ASSIGN_OR_RETURN(
        RecordContents packed,
        ReadRecord(context_.ops, RecordPath(WorkFolder(context_.plan_path, pack), task),
                   NameOfRecord(plan_, pack, task)));
    packed_parts_ = std::move(packed.parts);
    return absl::OkStatus();
  }

  bool IsFound(const PartResult& result) const {
    return result.done() && result.offset <= findings_.size() &&
           result.output.size <= findings_.size() - result.offset;
  }

  bool IsDone(const Part& part) const {
    const auto& known = record_->contents().parts;
    const auto found = known.find(part.number);
    if (found == known.end() || !found->second.done()) return false;
    if (kind_ == WorkKind::kPack) return StillThere(context_, part, found->second);
    return kind_ == WorkKind::kVerify || IsFound(found->second);
  }

  // An error is one of the record; that of a part goes into it.
  absl::Status DoPart(const Part& part) {
    const double begin = Seconds();
    absl::StatusOr<PartResult> result = ResultOf(part);
    if (!result.ok()) {
      if (absl::IsCancelled(result.status())) return result.status();
      result = Failure(part, result.status());
    }
    result->milliseconds = static_cast<uint64_t>((Seconds() - begin) * 1000);
    ++(result->done() ? done_ : failed_);
    return record_->Add(part.number, *result);
  }

  absl::StatusOr<PartResult> ResultOf(const Part& part) {
    switch (kind_) {
      case WorkKind::kPack:
        return PackPart(context_, part);
      case WorkKind::kVerify:
        return Verify(part);
      case WorkKind::kGrep:
        break;
    }
    // What a run that was killed has written before that belongs to no part.
    const uint64_t offset = findings_.size();
    LOGPRESS_ASSIGN_OR_RETURN(PartResult result, SearchPart(context_, part, &findings_));
    result.offset = offset;
    LOGPRESS_RETURN_IF_ERROR(findings_.Sync());
    return result;
  }

  absl::StatusOr<PartResult> Verify(const Part& part) {
    if (!context_.packed) return VerifyPart(context_, part, nullptr);
    const auto found = packed_parts_.find(part.number);
    if (found == packed_parts_.end() || !found->second.done())
      return absl::NotFoundError("is not packed yet; run its task first");
    return VerifyPart(context_, part, &found->second.input);
  }

  PartResult Failure(const Part& part, const absl::Status& status) {
    const std::string path =
        Printable(kind_ == WorkKind::kPack ? plan_.FileOf(part).path : PathOfRead(context_, part));
    PartResult failure;
    failure.kind = KindOf(status);
    failure.message = archiving::WithoutName(status, path);
    if (const int error = StatusErrno(status); error != 0)
      Append(&failure.message, archiving::AdviceFor(error));
    console_.Error(Cat(path, RangeText(plan_, part)), failure.message);
    return failure;
  }

  int Stopped() {
    console_.Note(Cat("task ", number_, ": stopped by ", context_.stop->reason(),
                      "; the same command goes on with it"));
    return kExitAgain;
  }

  Context context_;
  const Plan& plan_;
  const WorkKind kind_;
  const uint32_t number_;
  Console console_;
  std::optional<Record> record_;
  Findings findings_;
  std::map<uint64_t, PartResult> packed_parts_;  // what packing has recorded
  uint64_t done_ = 0;
  uint64_t before_ = 0;
  uint64_t failed_ = 0;
};

}  // namespace

int RunTask(const TaskOptions& options, const Work& work, FileOps* ops, archiving::Stop* stop) {
  Console console{Options()};
  const absl::StatusOr<Plan> plan = ReadPlan(options.plan, options.task);
  if (!plan.ok()) {
    console.Error(plan.status());
    return kExitSomeFailed;
  }
  if (options.task >= plan->tasks) {
    console.Error(Cat("task ", options.task),
                  Cat("the plan has the tasks 0 to ", plan->tasks - 1, "; give one of them"));
    return kExitUsage;
  }
  return Task(options, work, ops, stop, *plan).Run();
}

}  // namespace logpress::cli::fleet
