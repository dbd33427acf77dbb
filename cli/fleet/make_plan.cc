#include "cli/fleet/make_plan.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/console.h"
#include "cli/fleet/balance.h"
#include "cli/fleet/plan.h"
#include "cli/fleet/task.h"
#include "cli/format.h"
#include "cli/output_file.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

// A name that leads out of the directory of the archives has no place below it.
absl::Status CheckBelow(const FleetOptions& options, const std::vector<PlannedFile>& files) {
  if (options.settings.output_dir.empty()) return absl::OkStatus();
  for (const PlannedFile& file : files) {
    if (!file.path.starts_with("../")) continue;
    return absl::InvalidArgumentError(
        Cat(Printable(file.path), ": has no place below --output-dir; name it from / on"));
  }
  return absl::OkStatus();
}

absl::Status Write(const FleetOptions& options, Plan* plan) {
  LOGPRESS_ASSIGN_OR_RETURN(
      const std::unique_ptr<OutputFile> file,
      OutputFile::Create(options.output, OutputFile::Name::kDerived, options.force));
  FdSink sink(file->fd(), file->name());
  LOGPRESS_RETURN_IF_ERROR(WritePlan(plan, &sink));
  return file->Commit(nullptr);
}

std::string Summary(const Plan& plan) {
  const std::vector<uint64_t> loads = LoadOfTasks(plan.parts, plan.tasks);
  const uint64_t bytes = std::accumulate(loads.begin(), loads.end(), uint64_t{0});
  const uint64_t fullest = *std::max_element(loads.begin(), loads.end());
  const double mean = static_cast<double>(bytes) / plan.tasks;
  return Cat(plan.files.size(), " files, ", HumanSize(bytes), ", tasks 0 to ", plan.tasks - 1,
             "; the fullest has ", HumanSize(fullest),
             bytes == 0 ? std::string()
                        : Formatted(", %.2f times the mean", static_cast<double>(fullest) / mean),
             "\n");
}

absl::StatusOr<Plan> Divide(const FleetOptions& options, FileOps* ops,
                            std::vector<PlannedFile> files) {
  Plan plan;
  plan.settings = options.settings;
  plan.files = std::move(files);
  plan.files_in_all = plan.files.size();
  std::vector<FileToBalance> sizes;
  uint64_t bytes = 0;
  for (const PlannedFile& file : plan.files) {
    sizes.push_back({file.size, IsDivisible(file.path)});
    bytes += file.size;
  }
  const uint64_t tasks =
      options.shards
          ? *options.shards
          : std::max<uint64_t>((bytes + options.shard_bytes - 1) / options.shard_bytes, 1);
  if (tasks > kMaxTasks)
    return absl::InvalidArgumentError(
        Cat("plan: these are ", tasks, " tasks; give a larger --shard-bytes"));
  plan.tasks = static_cast<uint32_t>(tasks);
  const uint64_t shard = options.shards ? (bytes + tasks - 1) / tasks : options.shard_bytes;
  const LineBorder border = [&](uint32_t file, uint64_t offset) {
    return NextLine(ops, plan.files[file], offset);
  };
  LOGPRESS_ASSIGN_OR_RETURN(plan.parts, Balance(sizes, plan.tasks, shard, border));
  return plan;
}

}  // namespace

int MakePlan(const FleetOptions& options, FileOps* ops) {
  Console console{Options()};
  std::vector<PlannedFile> files = FindLogs(ops, options.operands, options.wanted,
                                            [&](const std::string& path, const std::string& what) {
                                              console.Error(Printable(path), what);
                                            });
  absl::Status status = CheckBelow(options, files);
  if (!status.ok()) {
    console.Error(status);
    return kExitUsage;
  }
  // A plan without what could not be read would be done, and something not packed.
  if (console.failed()) return kExitSomeFailed;
  absl::StatusOr<Plan> plan = Divide(options, ops, std::move(files));
  status = plan.ok() ? Write(options, &*plan) : plan.status();
  if (!status.ok()) {
    console.Error(status);
    return kExitSomeFailed;
  }
  console.Output(Summary(*plan));
  return console.failed() ? kExitSomeFailed : kExitDone;
}

}  // namespace logpress::cli::fleet
