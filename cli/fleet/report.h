// What came of a plan: for people, and as JSON.
#ifndef LOGPRESS_CLI_FLEET_REPORT_H_
#define LOGPRESS_CLI_FLEET_REPORT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/fleet/work.h"

namespace logpress::cli::fleet {

// A task that is to be repeated.
struct OpenTask {
  uint32_t task;
  std::string what;
  std::string command;
};

struct Report {
  WorkKind work = WorkKind::kPack;
  std::string plan;
  uint64_t files = 0;
  uint64_t files_done = 0;
  uint64_t bytes = 0;          // of the log, of what is done
  uint64_t archive_bytes = 0;  // of packing
  uint64_t lines = 0;          // of the log; of a search, those that were selected
  uint64_t files_with_lines = 0;
  std::string first_file;  // with a line that was selected
  uint32_t tasks = 0;
  uint64_t runs = 0;  // of tasks, with those that were killed
  std::vector<OpenTask> open;
  std::map<std::string, uint64_t> failures;            // of parts, by kind
  std::vector<std::pair<uint64_t, uint32_t>> slowest;  // milliseconds and task

  bool complete() const { return open.empty() && failures.empty(); }
};

std::string ReportText(const Report& report);
std::string ReportJson(const Report& report);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_REPORT_H_
