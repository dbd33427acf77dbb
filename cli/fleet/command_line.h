// The command lines of `logpress plan`, `run` and `finish`.
#ifndef LOGPRESS_CLI_FLEET_COMMAND_LINE_H_
#define LOGPRESS_CLI_FLEET_COMMAND_LINE_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/fleet/find_logs.h"
#include "cli/fleet/plan.h"

namespace logpress::cli::fleet {

// Which of the three: a bit each, for the table of options.
enum Step : uint8_t { kPlan = 1, kRun = 2, kFinish = 4 };

inline constexpr int kMaxTasks = 10'000'000;

struct FleetOptions {
  // plan
  std::optional<uint32_t> shards;
  uint64_t shard_bytes = uint64_t{1} << 30;
  std::string output;
  bool force = false;
  Wanted wanted = Wanted::kLogs;
  PlanSettings settings;
  // run
  std::optional<uint32_t> task;
  int threads = 1;
  // finish
  bool json = false;

  bool help = false;
  std::vector<std::string> operands;  // of plan the paths, else the plan and the words of the work
};

// kInvalidArgument with "ARGUMENT: what; what to do" when it makes no sense.
absl::StatusOr<FleetOptions> ParseFleetOptions(Step step, std::span<const std::string> words);

// Which task a scheduler wants from this process, by its variables: PARALLEL_SEQ (from 1 on),
// SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX (from 0 on). kInvalidArgument when none of them is
// there, or one of them is no number.
absl::StatusOr<uint32_t> TaskOfScheduler();

std::string FleetHelpText();

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_COMMAND_LINE_H_
