#include "cli/archiving/run.h"

#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "cli/archiving/command_line.h"
#include "cli/archiving/config.h"
#include "cli/archiving/describe.h"
#include "cli/archiving/file_archiver.h"
#include "cli/archiving/inventory.h"
#include "cli/archiving/metrics.h"
#include "cli/archiving/priority.h"
#include "cli/archiving/report.h"
#include "cli/archiving/retention.h"
#include "cli/archiving/run_lock.h"
#include "cli/archiving/selection.h"
#include "cli/archiving/setting_table.h"
#include "cli/archiving/stop.h"
#include "cli/clock.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

// What is there now, without a word.
Selection SelectAgain(const RunContext& context) {
  Report quiet({.verbosity = -2});
  quiet.BeginPolicy(context.policy->name);
  FileIds none;
  return Select(context.ops, *context.policy, true, &none, &quiet);
}

void RunPolicy(const RunContext& context, FileIds* taken) {
  const bool dry_run = context.run->dry_run;
  Selection selection = Select(context.ops, *context.policy, dry_run, taken, context.report);
  uint64_t unpacked = 0;
  for (const Candidate& log : selection.logs) {
    if (context.stop->Requested()) break;
    FileArchiver archiver(context, log);
    const FileResult result = dry_run ? archiver.DryRun() : archiver.Run();
    if (dry_run && result.outcome == Outcome::kPacked) unpacked += result.source_bytes;
    context.report->Add(result);
  }
  // What was packed just now counts for the total.
  if (context.policy->max_total && !dry_run && !context.stop->Requested())
    selection.archives = SelectAgain(context).archives;
  DeleteOld(context, selection.archives, unpacked);
}

// By policy; without those after a signal.
std::vector<NamedInventory> TakeInventories(const Settings& settings, RunContext context) {
  std::vector<NamedInventory> inventories;
  FileIds counted;
  for (const Policy& policy : settings.policies) {
    context.policy = &policy;
    std::optional<Inventory> inventory =
        Stop::Signalled() ? std::nullopt : TakeInventory(context, SelectAgain(context), &counted);
    if (inventory) inventories.push_back({policy.name, *std::move(inventory)});
  }
  return inventories;
}

// Errors that come before there is a report.
int Failed(const absl::Status& status, int code) {
  const std::string line = Cat("logpress: ", Message(status), "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
  return code;
}

}  // namespace

int Run(const Settings& settings, FileOps* ops) {
  const double begin = Seconds();
  const RunSettings& run = settings.run;
  Fd lock;
  if (!run.dry_run) {
    absl::StatusOr<Fd> taken = TakeRunLock(ops, run.lock.empty() ? DefaultLockPath() : run.lock);
    if (!taken.ok()) {
      return Failed(taken.status(),
                    absl::IsUnavailable(taken.status()) ? kExitLocked : kExitSomeFailed);
    }
    lock = *std::move(taken);
  }

  Stop stop(run.max_runtime);
  Report report({.verbosity = run.verbosity, .json = run.json, .dry_run = run.dry_run});
  if (const absl::Status status = LowerPriority(run); !status.ok())
    report.Warning("priority", Message(status));
  FileIds taken;
  FileIds made;
  for (const Policy& policy : settings.policies) {
    if (stop.Requested()) break;
    report.BeginPolicy(policy.name);
    RunPolicy({ops, &run, &policy, &stop, &report, &made}, &taken);
  }
  const double seconds = Seconds() - begin;
  bool failed = report.totals().failed();
  if (!run.metrics.empty() && !run.dry_run) {
    const std::string text =
        MetricsText(report, TakeInventories(settings, {ops, &run, nullptr, &stop, &report, &made}),
                    seconds, !stop.reason().empty(), ops->Now().tv_sec);
    if (const absl::Status status = WriteMetrics(ops, run.metrics, text); !status.ok()) {
      failed = true;
      Failed(status, kExitSomeFailed);
    }
  }
  report.Summary(seconds, stop.reason());
  return failed || report.output_failed() ? kExitSomeFailed : kExitDone;
}

int ArchiveMain(std::span<const std::string> arguments) {
  absl::StatusOr<Settings> settings = ParseCommandLine(arguments, {});
  if (!settings.ok()) return Failed(settings.status(), kExitUsage);
  if (settings->run.help) {
    const std::string text = ArchiveHelpText();
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kExitDone;
  }
  if (!settings->run.config.empty()) {
    Settings configured;
    const std::vector<std::string> problems = ReadConfig(settings->run.config, &configured);
    for (const std::string& problem : problems)
      Failed(absl::InvalidArgumentError(problem), kExitUsage);
    if (!problems.empty()) return kExitUsage;
    // The command line once more, on top of the file.
    settings = ParseCommandLine(arguments, configured.run);
    if (!settings.ok()) return Failed(settings.status(), kExitUsage);
    settings->policies = std::move(configured.policies);
  }
  if (settings->run.check_config) {
    const size_t count = settings->policies.size();
    std::printf("%s: sound, %zu %s\n", Printable(settings->run.config).c_str(), count,
                count == 1 ? "policy" : "policies");
    for (const Policy& policy : settings->policies)
      std::fputs(DescribePolicy(policy).c_str(), stdout);
    return kExitDone;
  }
  CatchStopSignals();
  return Run(*settings, SystemFileOps());
}

}  // namespace logpress::cli::archiving
