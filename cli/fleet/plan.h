// A plan: which task reads which bytes of which files. It is text, a line for each part:
//
//   logpress plan 1
//   level 5
//   tasks 8
//   files 1234
//   bytes 56789012
//   3 <tab> 0 <tab> 4096 <tab> 4096 <tab> 1717200000.000000000 <tab> /var/log/app.log.1
//   id 5d41402abc4b2a76b9719d911017c592
//
// A part has its task, its first byte and the one behind its last, the size and the time of the
// last change of the file, and its name, in which control characters and \ are escaped. Parts stand
// in the order of files by name and of bytes in a file. The id is the hash of all before it: it
// says that a plan is whole, and what was done belongs to it.
#ifndef LOGPRESS_CLI_FLEET_PLAN_H_
#define LOGPRESS_CLI_FLEET_PLAN_H_

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/io.h"

namespace logpress::cli::fleet {

struct PlannedFile {
  std::string path;
  uint64_t size = 0;
  timespec changed{};
};

struct Part {
  uint64_t number = 0;  // its place among all parts of the plan
  uint32_t task = 0;
  uint32_t file = 0;  // its place in Plan::files
  uint64_t begin = 0;
  uint64_t end = 0;

  uint64_t size() const { return end - begin; }
};

// What holds for all parts.
struct PlanSettings {
  int level = 5;
  uint64_t block_size = 0;  // bytes; 0: what the level says
  std::string output_dir;   // where archives go; empty: beside the logs
};

struct Plan {
  PlanSettings settings;
  uint32_t tasks = 0;
  uint64_t files_in_all = 0;  // also of tasks that were not read
  std::vector<PlannedFile> files;
  std::vector<Part> parts;
  std::string id;

  const PlannedFile& FileOf(const Part& part) const { return files[part.file]; }
  bool IsWhole(const Part& part) const { return part.begin == 0 && part.end == FileOf(part).size; }
  // Where the archive of a file goes.
  std::string ArchivePath(const PlannedFile& file) const;
};

// Which bytes of its file a part is, for messages: ", bytes 10 to 20", "" of a whole file.
std::string RangeText(const Plan& plan, const Part& part);

// Writes `plan` and sets its id.
absl::Status WritePlan(Plan* plan, ByteSink* sink);

// Reads the plan in the file `path`, all of it or only the parts of one task, with their files.
// kInvalidArgument or kDataLoss, "PATH: line N: what; what to do", when it is none, or not whole.
absl::StatusOr<Plan> ReadPlan(const std::string& path, std::optional<uint32_t> task);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_PLAN_H_
