#include "cli/fleet/finish.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archiving/advice.h"
#include "cli/console.h"
#include "cli/fleet/join.h"
#include "cli/fleet/merge_findings.h"
#include "cli/fleet/pack_part.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"
#include "cli/fleet/report.h"
#include "cli/fleet/search_part.h"
#include "cli/fleet/task.h"
#include "cli/format.h"
#include "cli/output_file.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

constexpr size_t kSlowest = 3;

class Finish {
 public:
  Finish(const FinishOptions& options, const Work& work, FileOps* ops, archiving::Stop* stop,
         const Plan& plan)
      : context_(options.plan, &plan, &work, ops, stop),
        plan_(plan),
        kind_(work.kind),
        json_(options.json),
        console_(Options()),
        results_(plan.parts.size()),
        known_(plan.parts.size()) {
    report_.work = work.kind;
    report_.plan = options.plan;
    report_.files = plan.files.size();
    report_.tasks = plan.tasks;
  }

  int Run() {
    ReadRecords();
    // What is not there yet is not made of what is.
    if (report_.open.empty()) {
      const absl::Status status = kind_ == WorkKind::kPack   ? JoinFiles()
                                  : kind_ == WorkKind::kGrep ? Merge()
                                                             : absl::OkStatus();
      if (!status.ok()) console_.Error(status);
    }
    SumUp();
    Tell();
    const bool failed = console_.failed() || !report_.complete();
    if (kind_ != WorkKind::kGrep) return failed ? kExitSomeFailed : kExitDone;
    return failed ? kExitUsage : report_.lines > 0 ? kExitDone : kExitSomeFailed;
  }

 private:
  void ReadRecords() {
    std::vector<std::vector<uint64_t>> parts(plan_.tasks);
    for (const Part& part : plan_.parts) parts[part.task].push_back(part.number);
    for (uint32_t task = 0; task < plan_.tasks; ++task) {
      if (parts[task].empty()) continue;
      absl::StatusOr<RecordContents> record =
          ReadRecord(context_.ops, RecordPath(context_.folder, Cat(task)),
                     NameOfRecord(plan_, *context_.work, Cat(task)));
      if (!record.ok()) {
        Open(task, absl::IsNotFound(record.status()) ? "has not begun"
                                                     : std::string(Message(record.status())));
      } else {
        TakeRecord(task, parts[task], &*record);
      }
    }
    std::sort(report_.slowest.begin(), report_.slowest.end(), std::greater<>());
    report_.slowest.resize(std::min(report_.slowest.size(), kSlowest));
  }

  void TakeRecord(uint32_t task, const std::vector<uint64_t>& parts, RecordContents* record) {
    report_.runs += record->tokens.size();
    if (record->sound_bytes < record->size) {
      return Open(task, Cat(Printable(RecordPath(context_.folder, Cat(task))),
                            ": is damaged behind byte ", record->sound_bytes));
    }
    uint64_t milliseconds = 0;
    uint64_t missing = 0;
    uint64_t failed = 0;
    for (const uint64_t number : parts) {
      const auto found = record->parts.find(number);
      if (found == record->parts.end()) {
        ++missing;
        continue;
      }
      milliseconds += found->second.milliseconds;
      results_[number] = std::move(found->second);
      known_[number] = true;
      CheckPart(number);
      if (results_[number].done()) continue;
      ++failed;
      TellFailure(plan_.parts[number], results_[number]);
    }
    report_.slowest.emplace_back(milliseconds, task);
    if (missing > 0) {
      Open(task, Cat(missing, " of its ", parts.size(), " parts are not done"));
    } else if (failed > 0) {
      Tell(task, Cat(failed, " of its ", parts.size(), " parts failed"));
    }
  }

  // What a record says is done must be what the plan asks for, and be there.
  void CheckPart(uint64_t number) {
    const Part& part = plan_.parts[number];
    PartResult* const result = &results_[number];
    if (kind_ != WorkKind::kPack || !result->done()) return;
    if (result->input.size != part.size()) {
      result->kind = "damaged";
      result->message = "is recorded with another size than the plan has; remove its record";
    } else if (!StillThere(context_, part, *result)) {
      result->kind = "missing";
      result->message = "was packed, but its archive is gone, or has another size";
    }
  }

  void TellFailure(const Part& part, const PartResult& result) {
    ++report_.failures[result.kind];
    console_.Error(Cat(Printable(plan_.FileOf(part).path), RangeText(plan_, part)), result.message);
  }

  std::string CommandOf(uint32_t task) const {
    return Cat("logpress run ", context_.plan_path, " --task=", task, context_.work->Text());
  }

  // The task is to be repeated, and until then there is no result.
  void Open(uint32_t task, const std::string& what) {
    report_.open.push_back({task, what, CommandOf(task)});
    Tell(task, what);
  }

  void Tell(uint32_t task, std::string_view what) {
    console_.Error(Cat("task ", task), Cat(what, "; repeat it with: ", Printable(CommandOf(task))));
  }

  bool IsDone(uint64_t number) const { return known_[number] && results_[number].done(); }

  // The parts of each file, which follow one another.
  template <typename Take>
  void ForEachFile(const Take& take) {
    for (size_t begin = 0; begin < plan_.parts.size();) {
      size_t end = begin + 1;
      while (end < plan_.parts.size() && plan_.parts[end].file == plan_.parts[begin].file) ++end;
      take(std::span(plan_.parts).subspan(begin, end - begin),
           std::span(results_).subspan(begin, end - begin));
      begin = end;
    }
  }

  bool AllDone(std::span<const Part> parts) const {
    return std::all_of(parts.begin(), parts.end(),
                       [this](const Part& part) { return IsDone(part.number); });
  }

  absl::Status JoinFiles() {
    context_.token = NewToken();
    const std::string name = "finish";
    LOGPRESS_ASSIGN_OR_RETURN(
        const Record record,
        Record::Open(context_.ops, RecordPath(context_.folder, name),
                     NameOfRecord(plan_, *context_.work, name), context_.token));
    context_.tokens = record.contents().tokens;
    ForEachFile([this](std::span<const Part> parts, std::span<PartResult> results) {
      if (parts.size() == 1 || !AllDone(parts) || context_.stop->Requested()) return;
      const absl::Status status = JoinRanges(context_, parts, results);
      if (status.ok()) return;
      results[0].kind = KindOf(status);
      results[0].message = Message(status);
      if (const int error = StatusErrno(status); error != 0)
        Append(&results[0].message, archiving::AdviceFor(error));
      TellFailure(parts[0], results[0]);
    });
    return context_.stop->Requested()
               ? absl::CancelledError("stopped; the same command goes on with it")
               : absl::OkStatus();
  }

  absl::Status Merge() {
    FdSink out(STDOUT_FILENO, "standard output");
    FindingsMerger merger(context_, &out);
    absl::Status status;
    ForEachFile([&](std::span<const Part> parts, std::span<PartResult> results) {
      if (status.ok() && AllDone(parts)) status = merger.Add(parts, results);
    });
    return status;
  }

  void SumUp() {
    ForEachFile([this](std::span<const Part> parts, std::span<PartResult> results) {
      if (!AllDone(parts)) return;
      ++report_.files_done;
      uint64_t lines = 0;
      for (const PartResult& result : results) {
        report_.bytes += result.input.size;
        report_.archive_bytes += result.output.size;
        lines += result.lines;
      }
      report_.lines += lines;
      if (kind_ != WorkKind::kGrep || lines == 0) return;
      if (++report_.files_with_lines == 1) report_.first_file = plan_.FileOf(parts[0]).path;
    });
  }

  // The report, into its file and to who waits for it.
  void Tell() {
    const std::string json = ReportJson(report_);
    if (const absl::Status status = WriteReport(json); !status.ok()) console_.Error(status);
    const std::string text = json_ ? json : ReportText(report_);
    // Of a search, standard output is what was found.
    if (kind_ == WorkKind::kGrep) {
      FdSink(STDERR_FILENO, "standard error").Write(text).IgnoreError();
    } else {
      console_.Output(text);
    }
  }

  absl::Status WriteReport(const std::string& json) const {
    // Where no task has begun, there is no place for it.
    if (access(context_.folder.c_str(), F_OK) != 0) return absl::OkStatus();
    LOGPRESS_ASSIGN_OR_RETURN(
        const std::unique_ptr<OutputFile> file,
        OutputFile::Create(Cat(context_.folder, "/report.json"), OutputFile::Name::kDerived, true));
    LOGPRESS_RETURN_IF_ERROR(FdSink(file->fd(), file->name()).Write(json));
    return file->Commit(nullptr);
  }

  Context context_;
  const Plan& plan_;
  const WorkKind kind_;
  const bool json_;
  Console console_;
  std::vector<PartResult> results_;
  std::vector<bool> known_;  // whether there is a result
  Report report_;
};

}  // namespace

int FinishPlan(const FinishOptions& options, const Work& work, FileOps* ops,
               archiving::Stop* stop) {
  const absl::StatusOr<Plan> plan = ReadPlan(options.plan, std::nullopt);
  if (!plan.ok()) {
    Console(Options()).Error(plan.status());
    return work.kind == WorkKind::kGrep ? kExitUsage : kExitSomeFailed;
  }
  return Finish(options, work, ops, stop, *plan).Run();
}

}  // namespace logpress::cli::fleet
