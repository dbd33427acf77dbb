#include "cli/fleet/run.h"

#include <optional>

#include "base/status.h"
#include "cli/archiving/stop.h"
#include "cli/console.h"
#include "cli/file_ops.h"
#include "cli/fleet/finish.h"
#include "cli/fleet/make_plan.h"
#include "cli/fleet/task.h"
#include "cli/fleet/work.h"

namespace logpress::cli::fleet {
namespace {

int WrongUsage(const absl::Status& status) {
  Console(Options()).Error(status);
  return kExitUsage;
}

int RunMain(const FleetOptions& options, const Work& work) {
  TaskOptions task{.plan = options.operands[0], .threads = options.threads};
  if (options.task) {
    task.task = *options.task;
  } else {
    const absl::StatusOr<uint32_t> scheduled = TaskOfScheduler();
    if (!scheduled.ok()) return WrongUsage(scheduled.status());
    task.task = *scheduled;
  }
  archiving::Stop stop(std::nullopt);
  return RunTask(task, work, SystemFileOps(), &stop);
}

}  // namespace

int FleetMain(Step step, std::span<const std::string> arguments) {
  const absl::StatusOr<FleetOptions> options = ParseFleetOptions(step, arguments);
  if (!options.ok()) return WrongUsage(options.status());
  if (options->help) {
    Console console{Options()};
    console.Output(FleetHelpText());
    return console.failed() ? kExitSomeFailed : kExitDone;
  }
  if (step == kPlan) return MakePlan(*options, SystemFileOps());
  const absl::StatusOr<Work> work = ParseWork(std::span(options->operands).subspan(1));
  if (!work.ok()) return WrongUsage(work.status());
  archiving::CatchStopSignals();
  if (step == kRun) return RunMain(*options, *work);
  archiving::Stop stop(std::nullopt);
  return FinishPlan({options->operands[0], options->json}, *work, SystemFileOps(), &stop);
}

}  // namespace logpress::cli::fleet
