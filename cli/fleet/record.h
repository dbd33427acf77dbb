// What came of the parts of a task: a text file that grows by a line for each part, so that a task
// that was killed goes on where it was.
//
//   logpress record 1 <tab> PLAN'S ID <tab> WORK <tab> TASK <tab> CHECK
//   begin <tab> TOKEN <tab> CHECK
//   done <tab> PART <tab> BYTES <tab> HASH <tab> LINES <tab> OFFSET <tab> SIZE <tab> HASH <tab>
//   MILLISECONDS <tab> CHECK failed <tab> PART <tab> KIND <tab> MESSAGE <tab> MILLISECONDS <tab>
//   CHECK
//
// The check of a line is XXH64 of what stands before it in the line, seeded with that of the first
// line, so that no line passes in the record of another task. The last line of a part counts, but
// what is done stays so.
#ifndef LOGPRESS_CLI_FLEET_RECORD_H_
#define LOGPRESS_CLI_FLEET_RECORD_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/archiving/contents.h"
#include "cli/file_io.h"
#include "cli/file_ops.h"

namespace logpress::cli::fleet {

struct PartResult {
  archiving::Contents input;   // what was read
  uint64_t lines = 0;          // of it; of a search, those that were selected
  uint64_t offset = 0;         // where the output begins in its file
  archiving::Contents output;  // the archive, or what was found
  uint64_t milliseconds = 0;
  std::string kind;  // of the failure; empty: done
  std::string message;

  bool done() const { return kind.empty(); }
};

// Whose record it is.
struct RecordName {
  std::string plan_id;
  std::string work;
  std::string task;

  bool operator==(const RecordName&) const = default;
};

struct RecordContents {
  std::map<uint64_t, PartResult> parts;
  std::vector<std::string> tokens;  // of the runs so far
  uint64_t sound_bytes = 0;         // that are lines with good checks
  uint64_t size = 0;
};

// Reads the record `path`. kNotFound when there is none, kFailedPrecondition when it is another's,
// kDataLoss when its first line cannot be read; what stands behind the first bad line is left out.
absl::StatusOr<RecordContents> ReadRecord(FileOps* ops, const std::string& path,
                                          const RecordName& name);

// A record that is written on. One thread at a time.
class Record {
 public:
  // Opens or makes it, locks it, and cuts off what a crash left half written. `token` stands for
  // this run in the names of files that are not finished. kUnavailable when another process has it.
  static absl::StatusOr<Record> Open(FileOps* ops, const std::string& path, const RecordName& name,
                                     const std::string& token);

  // What was known before this run.
  const RecordContents& contents() const { return contents_; }
  // Adds a line, and waits until it is on the disk.
  absl::Status Add(uint64_t part, const PartResult& result);

 private:
  absl::Status Write(std::string_view line);

  FileOps* ops_ = nullptr;
  std::string path_;
  Fd fd_;
  uint64_t seed_ = 0;
  RecordContents contents_;
};

// A name that no other run has, for what it has not finished.
std::string NewToken();

// The names of a part that failed, by its status: "changed", "missing", "space", ...
std::string_view KindOf(const absl::Status& status);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_RECORD_H_
