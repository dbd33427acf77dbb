#include "cli/fleet/command_line.h"

#include <getopt.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/status.h"
#include "cli/arguments.h"
#include "cli/fleet/fields.h"
#include "cli/help.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::fleet {
namespace {

constexpr int kMaxThreads = 256;

struct FleetOption {
  uint8_t steps;
  char letter;  // 0: none
  const char* name;
  std::string_view value;  // what --help calls its value; empty: a flag
  std::string_view help;
  absl::Status (*apply)(const std::string& value, FleetOptions* options);
};

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

absl::Status ApplyNumber(const std::string& value, int low, int high, int* number) {
  const std::optional<int> read = ParseNumber(value, low, high);
  if (!read) return Wrong(Cat("give a number from ", low, " to ", high));
  *number = *read;
  return absl::OkStatus();
}

template <bool FleetOptions::*flag>
absl::Status Set(const std::string& /*value*/, FleetOptions* options) {
  options->*flag = true;
  return absl::OkStatus();
}

template <std::optional<uint32_t> FleetOptions::*number, int low>
absl::Status ApplyTasks(const std::string& value, FleetOptions* options) {
  int read = 0;
  LOGPRESS_RETURN_IF_ERROR(ApplyNumber(value, low, kMaxTasks, &read));
  options->*number = static_cast<uint32_t>(read);
  return absl::OkStatus();
}

absl::Status ApplyShardBytes(const std::string& value, FleetOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->shard_bytes, ParseSize(value));
  if (options->shard_bytes == 0) return Wrong("give a size that is more than nothing");
  return absl::OkStatus();
}

absl::Status ApplyOutput(const std::string& value, FleetOptions* options) {
  if (value.empty() || value == "-") return Wrong("name the file to write; run reads it by name");
  options->output = value;
  return absl::OkStatus();
}

absl::Status ApplyOutputDir(const std::string& value, FleetOptions* options) {
  if (value.empty()) return Wrong("the name is empty; name the directory to write to");
  options->settings.output_dir = value;
  return absl::OkStatus();
}

absl::Status ApplyLevel(const std::string& value, FleetOptions* options) {
  return ApplyNumber(value, 1, 9, &options->settings.level);
}

absl::Status ApplyBlockSize(const std::string& value, FleetOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->settings.block_size, ParseBlockSize(value));
  return absl::OkStatus();
}

absl::Status ApplyArchives(const std::string& /*value*/, FleetOptions* options) {
  options->wanted = Wanted::kArchives;
  return absl::OkStatus();
}

absl::Status ApplyThreads(const std::string& value, FleetOptions* options) {
  return ApplyNumber(value, 0, kMaxThreads, &options->threads);
}

constexpr FleetOption kOptions[] = {
    {kPlan, 'o', "output", "PLAN", "write the plan to PLAN", ApplyOutput},
    {kPlan, 0, "shards", "N", "divide it into N tasks", ApplyTasks<&FleetOptions::shards, 1>},
    {kPlan, 0, "shard-bytes", "SIZE", "or into tasks of about SIZE (default: 1G)", ApplyShardBytes},
    {kPlan, 0, "level", "N", "pack with this level, 1 to 9 (default: 5); also -N", ApplyLevel},
    {kPlan, 0, "block-size", "SIZE", "compress blocks of SIZE", ApplyBlockSize},
    {kPlan, 0, "output-dir", "DIR", "archives go below DIR and not beside the logs",
     ApplyOutputDir},
    {kPlan, 0, "archives", "", "below directories take archives, not logs", ApplyArchives},
    {kPlan, 'f', "force", "", "overwrite PLAN", Set<&FleetOptions::force>},
    {kRun, 0, "task", "K", "do task K, from 0 on; without: the scheduler's",
     ApplyTasks<&FleetOptions::task, 0>},
    {kRun, 'T', "threads", "N", "use N threads; 0: one per core (default: 1)", ApplyThreads},
    {kFinish, 0, "json", "", "print the report as JSON", Set<&FleetOptions::json>},
    {kPlan | kRun | kFinish, 'h', "help", "", "show this", Set<&FleetOptions::help>},
};

std::string_view NameOf(Step step) {
  return step == kPlan ? "plan" : step == kRun ? "run" : "finish";
}

class Reader {
 public:
  Reader(Step step, std::span<const std::string> words) : step_(step) {
    arguments_.push_back(Cat("logpress ", NameOf(step)));
    arguments_.insert(arguments_.end(), words.begin(), words.end());
    for (std::string& argument : arguments_) pointers_.push_back(argument.data());
    pointers_.push_back(nullptr);
    int row = kFirst;
    for (const FleetOption& option : kOptions) {
      const int own = row++;
      if ((option.steps & step) == 0) continue;
      const int argument = option.value.empty() ? no_argument : required_argument;
      longs_.push_back({option.name, argument, nullptr, own});
      if (option.letter == 0) continue;
      shorts_ += option.letter;
      if (argument == required_argument) shorts_ += ':';
    }
    if (step == kPlan) shorts_ += "123456789";
    longs_.push_back({nullptr, 0, nullptr, 0});
  }

  absl::StatusOr<FleetOptions> Read() {
    const int count = static_cast<int>(arguments_.size());
    opterr = 0;
    optind = 0;
    for (;;) {
      const int found =
          getopt_long(count, pointers_.data(), shorts_.c_str(), longs_.data(), nullptr);
      if (found < 0) break;
      if (found == kOperand) {
        options_.operands.emplace_back(optarg);
        // What follows the plan and its options is the work, and its options are its own.
        if (step_ != kPlan && options_.operands.size() == 2) break;
        continue;
      }
      LOGPRESS_RETURN_IF_ERROR(Apply(found));
      if (options_.help) return std::move(options_);
    }
    for (int next = optind; next < count; ++next)
      options_.operands.emplace_back(pointers_[static_cast<size_t>(next)]);
    LOGPRESS_RETURN_IF_ERROR(CheckTogether());
    return std::move(options_);
  }

 private:
  static constexpr int kOperand = 1;  // what getopt_long() returns for what is no option
  static constexpr int kFirst = 256;  // and for the row 0 of the table by its long name

  const FleetOption& Option(int found) const {
    if (found >= kFirst) return kOptions[static_cast<size_t>(found - kFirst)];
    return *std::find_if(std::begin(kOptions), std::end(kOptions),
                         [&](const FleetOption& option) { return option.letter == found; });
  }

  absl::Status Apply(int found) {
    const std::string word = pointers_[static_cast<size_t>(optind - 1)];
    if (found == '?')
      return UsageError(word, Cat("unknown option; see logpress ", NameOf(step_), " --help"));
    if (found == ':') {
      const FleetOption& option = Option(optopt);
      return UsageError(word, Cat("needs a value; give it as --", option.name, "=", option.value));
    }
    if (found >= '1' && found <= '9')
      return ApplyLevel(std::string(1, static_cast<char>(found)), &options_);
    const FleetOption& option = Option(found);
    const std::string value = optarg == nullptr ? "" : optarg;
    absl::Status status = option.apply(value, &options_);
    if (status.ok()) return status;
    return UsageError(Cat("--", option.name, "=", value), Message(status));
  }

  absl::Status CheckTogether() {
    if (step_ != kPlan) {
      if (options_.operands.empty())
        return UsageError(NameOf(step_), "no plan; name one that logpress plan has made");
      return absl::OkStatus();
    }
    if (options_.operands.empty())
      return UsageError("plan", "no files; name logs, directories or patterns");
    if (options_.output.empty()) return UsageError("plan", "no name for the plan; give -o PLAN");
    return absl::OkStatus();
  }

  const Step step_;
  FleetOptions options_;
  std::vector<std::string> arguments_;
  std::vector<char*> pointers_;
  std::string shorts_ = "-:";  // operands in their order; tell what lacks its value
  std::vector<option> longs_;
};

constexpr char kUsage[] =
    "Usage: logpress plan [OPTION]... -o PLAN PATH...\n"
    "       logpress run PLAN [OPTION]... [WORK]\n"
    "       logpress finish PLAN [OPTION]... [WORK]\n"
    "Work on many logs with many processes: plan says which task has which bytes,\n"
    "run does one task, on any machine that sees the files, and finish puts together\n"
    "what they did, or names what is missing. Each may be repeated at any time.\n"
    "PATH is a log, a directory or a quoted pattern such as '/srv/*/app.log'.\n"
    "WORK is pack (default), verify, grep [OPTION]... PATTERN or count, which is\n"
    "grep -c.\n";

constexpr char kMore[] =
    "\nThe task of a scheduler: PARALLEL_SEQ (from 1 on), SLURM_ARRAY_TASK_ID or\n"
    "JOB_COMPLETION_INDEX (from 0 on).\n"
    "Exit status: 0 done, 1 some of it failed or is missing, 2 wrong usage, 75 to be\n"
    "repeated; of finish with grep or count that of grep.\n"
    "More: man logpress-plan\n";

}  // namespace

absl::StatusOr<FleetOptions> ParseFleetOptions(Step step, std::span<const std::string> words) {
  return Reader(step, words).Read();
}

absl::StatusOr<uint32_t> TaskOfScheduler() {
  constexpr std::string_view kCountsFromOne = "PARALLEL_SEQ";
  for (const char* const name :
       {kCountsFromOne.data(), "SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"}) {
    const char* const text = std::getenv(name);
    if (text == nullptr) continue;
    const uint32_t first = name == kCountsFromOne ? 1 : 0;
    const auto number = ReadNumber<uint32_t>(text);
    if (!number || *number < first)
      return UsageError(Cat(name, "=", text), "is no number of a task; give --task=K");
    return *number - first;
  }
  return UsageError("run", "which task? give --task=K, or let a scheduler say it");
}

std::string FleetHelpText() {
  std::string text = kUsage;
  for (const Step step : {kPlan, kRun, kFinish}) {
    Append(&text, "\nOptions of ", NameOf(step), ":\n");
    for (const FleetOption& option : kOptions)
      if ((option.steps & step) != 0)
        AppendOption(option.letter, option.name, option.value, option.help, &text);
  }
  return text + kMore;
}

}  // namespace logpress::cli::fleet
