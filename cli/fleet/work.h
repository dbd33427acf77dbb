// What is done with the parts of a plan.
#ifndef LOGPRESS_CLI_FLEET_WORK_H_
#define LOGPRESS_CLI_FLEET_WORK_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/file_ops.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/record.h"
#include "cli/grep/options.h"
#include "search/pattern.h"

namespace logpress::cli::fleet {

enum class WorkKind { kPack, kVerify, kGrep };

struct Work {
  WorkKind kind = WorkKind::kPack;
  std::vector<std::string> words;  // as given; empty: pack
  grep::GrepOptions grep;
  std::optional<search::Pattern> pattern;

  // The words behind a command, each quoted for a shell: "" or " grep -n 'a b'".
  std::string Text() const;
};

// "pack", "verify", "grep ARGUMENTS" or "count ARGUMENTS" (grep -c); none is pack. kInvalidArgument
// with "what; what to do" when it makes no sense.
absl::StatusOr<Work> ParseWork(std::span<const std::string> words);

// Where the results of a plan are: "PLAN.d".
std::string ResultsFolder(const std::string& plan);
// The folder of a work in there. The same search of logs and of their archives are two works.
std::string WorkFolder(const std::string& plan, const Work& work);
// Whether the archives of the plan's logs are there to work on, and not only the files it names.
bool IsPacked(const std::string& plan);

// Where a record of the work is, and whose it is; `task` is a number, or "finish".
std::string RecordPath(const std::string& folder, const std::string& task);
// What a search has found, beside the record of its task.
std::string FindingsPath(const std::string& record);
RecordName NameOfRecord(const Plan& plan, const Work& work, const std::string& task);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_WORK_H_
