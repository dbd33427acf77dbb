#include "cli/archiving/report.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/fd_io.h"
#include "cli/archiving/json.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

// True when what is written to `fd` goes to the journal, which takes levels at the begin of lines:
// systemd says so by device and inode, sd-daemon(3).
bool IsJournal(int fd) {
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat info {};
  if (stream == nullptr || fstat(fd, &info) != 0) return false;
  return stream == Cat(info.st_dev, ":", info.st_ino);
}

std::string Plural(uint64_t count, std::string_view one, std::string_view many) {
  return Cat(count, " ", count == 1 ? one : many);
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kPacked:
      return "packed";
    case Outcome::kFinished:
      return "finished";
    case Outcome::kSkipped:
      return "skipped";
    case Outcome::kIgnored:
      return "ignored";
    case Outcome::kFailed:
      return "failed";
    case Outcome::kStopped:
      return "stopped";
    case Outcome::kDeleted:
      return "deleted";
  }
  return {};
}

std::string_view ReasonName(Reason reason) {
  switch (reason) {
    case Reason::kNone:
      break;
    case Reason::kYoung:
      return "young";
    case Reason::kSmall:
      return "small";
    case Reason::kLarge:
      return "large";
    case Reason::kOpen:
      return "open";
    case Reason::kMaybeOpen:
      return "maybe-open";
    case Reason::kChanged:
      return "changed";
    case Reason::kVanished:
      return "vanished";
    case Reason::kHardLinks:
      return "hard-links";
    case Reason::kNotRegular:
      return "not-regular";
    case Reason::kArchive:
      return "archive";
    case Reason::kPacked:
      return "packed-otherwise";
    case Reason::kKept:
      return "kept";
    case Reason::kNoGain:
      return "no-gain";
    case Reason::kBusy:
      return "busy";
    case Reason::kExcluded:
      return "excluded";
    case Reason::kName:
      return "name";
    case Reason::kFolder:
      return "folder";
    case Reason::kRestored:
      return "restored";
    case Reason::kTaken:
      return "taken";
  }
  return "none";
}

void PolicyTotals::Add(const PolicyTotals& other) {
  for (size_t i = 0; i < kOutcomes; ++i) files[i] += other.files[i];
  for (const auto& [reason, count] : other.skipped) skipped[reason] += count;
  source_bytes += other.source_bytes;
  raw_bytes += other.raw_bytes;
  archive_bytes += other.archive_bytes;
  deleted_bytes += other.deleted_bytes;
  due += other.due;
  errors += other.errors;
  warnings += other.warnings;
}

Report::Report(const Options& options)
    : options_(options),
      stdout_is_journal_(IsJournal(STDOUT_FILENO)),
      stderr_is_journal_(IsJournal(STDERR_FILENO)) {}

void Report::BeginPolicy(const std::string& name) { policies_.push_back({name, {}}); }

void Report::Add(const FileResult& result) {
  PolicyTotals& totals = policies_.back().totals;
  ++totals.files[static_cast<size_t>(result.outcome)];
  const std::string name = Printable(result.path);
  const std::string_view would = options_.dry_run ? "would be " : "";
  switch (result.outcome) {
    case Outcome::kPacked:
    case Outcome::kFinished:
      totals.source_bytes += result.source_bytes;
      totals.raw_bytes += result.raw_bytes;
      totals.archive_bytes += result.archive_bytes;
      totals.due += result.due.empty() ? 0 : 1;
      PrintPacked(result);
      break;
    case Outcome::kSkipped:
      ++totals.skipped[ReasonName(result.reason)];
      // Whoever restored or named it waits to hear of it.
      Print(result.named || result.reason == Reason::kRestored ? Level::kInfo : Level::kDebug,
            Cat(name, ": skipped, ", result.message));
      break;
    case Outcome::kIgnored:
      Print(Level::kDebug, Cat(name, ": ignored, ", result.message));
      break;
    case Outcome::kFailed:
      Print(Level::kError, Cat("logpress: ", name, ": ", result.message));
      break;
    case Outcome::kStopped:
      Print(Level::kDebug, Cat(name, ": left for the next run"));
      break;
    case Outcome::kDeleted:
      totals.deleted_bytes += result.source_bytes;
      // Nothing is deleted without being told.
      Print(Level::kInfo, Cat(name, ": ", would, "deleted, ", result.message));
      break;
  }
  if (options_.json) Output(FileJson(result, policies_.back().name, options_.dry_run));
}

void Report::Error(std::string_view path, std::string_view what) {
  if (!policies_.empty()) ++policies_.back().totals.errors;
  Print(Level::kError, Cat("logpress: ", Printable(path), ": ", what));
  if (options_.json) Output(MessageJson("error", path, what));
}

void Report::Warning(std::string_view path, std::string_view what) {
  if (!policies_.empty()) ++policies_.back().totals.warnings;
  Print(Level::kWarning, Cat("logpress: ", Printable(path), ": ", what));
  if (options_.json) Output(MessageJson("warning", path, what));
}

void Report::Note(std::string_view path, std::string_view what) {
  Print(Level::kInfo, Cat(Printable(path), ": ", what));
  if (options_.json) Output(MessageJson("note", path, what));
}

void Report::Detail(std::string_view path, std::string_view what) {
  Print(Level::kDebug, Cat(Printable(path), ": ", what));
}

void Report::Summary(double seconds, std::string_view stopped) {
  const PolicyTotals all = totals();
  const uint64_t packed = all.count(Outcome::kPacked) + all.count(Outcome::kFinished);
  std::string line = Cat("logpress archive: ", options_.dry_run ? "would pack " : "packed ",
                         Plural(packed, "file", "files"));
  if (packed > 0 && options_.dry_run) {
    Append(&line, " of ", HumanSize(all.source_bytes));
  } else if (packed > 0) {
    Append(&line, ", ", HumanSize(all.source_bytes), " => ", HumanSize(all.archive_bytes),
           ", ratio ", Ratio(all.source_bytes, all.archive_bytes));
  }
  if (all.count(Outcome::kSkipped) > 0) Append(&line, "; skipped ", all.count(Outcome::kSkipped));
  const uint64_t failed = all.count(Outcome::kFailed) + all.errors;
  if (failed > 0) Append(&line, "; failed ", failed);
  if (all.count(Outcome::kDeleted) > 0) {
    Append(&line, options_.dry_run ? "; would delete " : "; deleted ",
           Plural(all.count(Outcome::kDeleted), "archive", "archives"), " of ",
           HumanSize(all.deleted_bytes));
  }
  if (all.due > 0)
    Append(&line, "; for a later run to delete ", Plural(all.due, "archive", "archives"));
  if (!stopped.empty()) Append(&line, "; stopped by ", stopped);
  Append(&line, "; ", HumanDuration(seconds));
  Print(Level::kInfo, line);
  if (options_.json) Output(SummaryJson(all, seconds, stopped, options_.dry_run));
}

PolicyTotals Report::totals() const {
  PolicyTotals all;
  for (const Named& policy : policies_) all.Add(policy.totals);
  return all;
}

void Report::PrintPacked(const FileResult& result) {
  std::string line = Cat(Printable(result.path), ": ");
  if (options_.dry_run) {
    Append(&line,
           result.outcome == Outcome::kFinished ? "was packed already, and would be removed, "
                                                : "would be packed, ",
           HumanSize(result.source_bytes));
  } else {
    Append(&line, result.outcome == Outcome::kFinished ? "was packed already, " : "",
           HumanSize(result.source_bytes), " => ", HumanSize(result.archive_bytes), ", ratio ",
           Ratio(result.source_bytes, result.archive_bytes), ", ", Printable(result.archive));
  }
  if (options_.verbosity > 0) Append(&line, " (", result.chosen, ")");
  if (!result.due.empty()) {
    Append(&line,
           options_.dry_run ? "; a later run would delete its archive: "
                            : "; a later run will delete it: ",
           result.due);
  }
  // No log goes without a word if it was not packed in this run, and no archive comes as one that
  // will go.
  const bool quiet = !options_.dry_run && result.outcome == Outcome::kPacked && result.due.empty();
  Print(quiet ? Level::kDebug : Level::kInfo, line);
}

void Report::Output(const std::string& line) {
  if (output_failed_) return;
  FdSink sink(STDOUT_FILENO, "standard output");
  const absl::Status status = sink.Write(line);
  if (status.ok()) return;
  output_failed_ = true;
  Print(Level::kError, Cat("logpress: ", Message(status),
                           "; the report ends there, and the run goes on without it"));
}

void Report::Print(Level level, std::string_view line) {
  const bool bad = level == Level::kError || level == Level::kWarning;
  if (options_.verbosity < (bad ? -1 : 0)) return;
  if (level == Level::kDebug && options_.verbosity < 1) return;
  std::FILE* const file = bad || options_.json ? stderr : stdout;
  const bool journal = file == stderr ? stderr_is_journal_ : stdout_is_journal_;
  // One write a line, so that the lines of several processes do not mix.
  std::string text = journal ? Cat("<", static_cast<int>(level), ">") : std::string();
  Append(&text, line, "\n");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fflush(file);
}

}  // namespace logpress::cli::archiving
