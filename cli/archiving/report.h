// What came of every file, told to people (or the journal) and counted for machines.
#ifndef LOGPRESS_CLI_ARCHIVING_REPORT_H_
#define LOGPRESS_CLI_ARCHIVING_REPORT_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/packer.h"

namespace logpress::cli::archiving {

enum class Outcome {
  kPacked,    // is an archive now
  kFinished,  // was one already; what an earlier run had left to do is done
  kSkipped,   // left alone, for a reason
  kIgnored,   // not asked for, by its name, by --exclude or as an archive; told with -v
  kFailed,    // left as it was, because of an error
  kStopped,   // left as it was, because the run was to end
  kDeleted,   // an archive that had served its time
};
inline constexpr size_t kOutcomes = 7;
std::string_view OutcomeName(Outcome outcome);  // "packed"

// Why a file was skipped or ignored.
enum class Reason {
  kNone,
  kYoung,
  kSmall,
  kLarge,
  kOpen,        // some process has it open for writing
  kMaybeOpen,   // whether one has cannot be told
  kChanged,     // while it was read
  kVanished,    // somebody else moved or removed it
  kHardLinks,   // has other names
  kNotRegular,  // a link, a pipe, a device
  kArchive,     // is an archive
  kPacked,      // by another packer
  kKept,        // has its archive beside it, and --keep
  kNoGain,      // repacked it would not be smaller
  kBusy,        // another run is at it
  kExcluded,    // by --exclude
  kName,        // does not look rotated, or matches no --include
  kFolder,      // without --recursive
  kRestored,    // from the archive beside it
  kTaken,       // by another path or policy
};
std::string_view ReasonName(Reason reason);  // "young"

struct FileResult {
  Outcome outcome = Outcome::kFailed;
  Reason reason = Reason::kNone;
  std::string path;
  std::string message;            // "what; what to do", for kSkipped, kIgnored and kFailed
  std::string_view chosen;        // by what of its name it was taken: "looks rotated"
  std::string archive;            // its path, when there is one
  Packer packer = Packer::kNone;  // that had packed the source before
  uint64_t source_bytes = 0;      // as it was on disk; of a deleted archive its size
  uint64_t raw_bytes = 0;         // of log
  uint64_t archive_bytes = 0;
  double seconds = 0;
  bool removed_source = false;
  std::string due;     // why a later run will delete the archive, if it will
  bool named = false;  // by the caller, who wants to know why it was skipped
};

// What the runs of one policy came to.
struct PolicyTotals {
  std::array<uint64_t, kOutcomes> files{};       // by Outcome
  std::map<std::string_view, uint64_t> skipped;  // by ReasonName
  uint64_t source_bytes = 0;                     // of what was packed
  uint64_t raw_bytes = 0;
  uint64_t archive_bytes = 0;
  uint64_t deleted_bytes = 0;
  uint64_t due = 0;     // archives that were or would be made, for a later run to delete
  uint64_t errors = 0;  // beside failed files: folders that cannot be read and the like
  uint64_t warnings = 0;

  uint64_t count(Outcome outcome) const { return files[static_cast<size_t>(outcome)]; }
  bool failed() const { return errors > 0 || count(Outcome::kFailed) > 0; }
  void Add(const PolicyTotals& other);
};

// One thread at a time.
class Report {
 public:
  struct Options {
    int verbosity = 0;  // as RunSettings; -2: nothing at all
    bool json = false;  // people's lines go to standard error then
    bool dry_run = false;
  };
  explicit Report(const Options& options);

  // All that follows belongs to this policy.
  void BeginPolicy(const std::string& name);
  void Add(const FileResult& result);
  // "PATH: what; what to do". The run goes on.
  void Error(std::string_view path, std::string_view what);
  void Warning(std::string_view path, std::string_view what);
  // What comes of things that are as they should be.
  void Note(std::string_view path, std::string_view what);
  // For -v.
  void Detail(std::string_view path, std::string_view what);
  // The last line, for people and machines. `stopped` is why the run ended early, or empty.
  void Summary(double seconds, std::string_view stopped);

  struct Named {
    std::string name;
    PolicyTotals totals;
  };
  const std::vector<Named>& policies() const { return policies_; }
  PolicyTotals totals() const;
  // Standard output did not take the report; that was told.
  bool output_failed() const { return output_failed_; }

 private:
  enum class Level { kError = 3, kWarning = 4, kInfo = 6, kDebug = 7 };  // of syslog(3)
  void PrintPacked(const FileResult& result);
  // A line of JSON, on standard output.
  void Output(const std::string& line);
  void Print(Level level, std::string_view line);

  Options options_;
  bool stdout_is_journal_;
  bool stderr_is_journal_;
  bool output_failed_ = false;
  std::vector<Named> policies_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_REPORT_H_
