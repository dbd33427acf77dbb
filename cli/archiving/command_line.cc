#include "cli/archiving/command_line.h"

#include <vector>

#include "absl/status/status.h"
#include "cli/archiving/setting_table.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

absl::Status UsageError(std::string_view argument, std::string_view what) {
  return absl::InvalidArgumentError(Cat(Printable(argument), ": ", what));
}

absl::Status UnknownOption(const std::string& argument, std::string_view name) {
  std::vector<std::string_view> known;
  for (const Setting& setting : SettingTable()) known.push_back(setting.name);
  const std::string_view nearest = Nearest(name, known);
  if (nearest.empty()) return UsageError(argument, "unknown option; see logpress archive --help");
  return UsageError(argument, Cat("unknown option; did you mean --", nearest, "?"));
}

// What was read so far.
struct Reading {
  Settings settings;
  Policy policy;
  std::string policy_option;  // the first that belongs to a policy
};

absl::Status Apply(const Setting& setting, const std::string& argument, const std::string& text,
                   Reading* reading) {
  if (setting.scope == Scope::kPolicy && reading->policy_option.empty())
    reading->policy_option = argument;
  absl::Status status = setting.apply(text, &reading->settings.run, &reading->policy);
  if (status.ok()) return status;
  return UsageError(setting.value.empty() ? argument : Cat("--", setting.name, "=", text),
                    Message(status));
}

// --name, --name=value or --name value; moves `*next` behind what it takes.
absl::Status ReadLong(std::span<const std::string> arguments, size_t* next, Reading* reading) {
  const std::string& argument = arguments[(*next)++];
  const size_t equals = argument.find('=');
  const std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
  const Setting* setting = FindSetting(name);
  if (setting == nullptr) return UnknownOption(argument, name);
  if (setting->value.empty()) {
    if (equals != std::string::npos)
      return UsageError(argument, "takes no value; give the option alone");
    return Apply(*setting, argument, "true", reading);
  }
  if (equals != std::string::npos)
    return Apply(*setting, argument, argument.substr(equals + 1), reading);
  if (*next == arguments.size())
    return UsageError(argument, Cat("needs a value; give it as ", argument, "=", setting->value));
  return Apply(*setting, argument, arguments[(*next)++], reading);
}

// Short options, joined or not: -rk, -9, -T2, -T 2.
absl::Status ReadShort(std::span<const std::string> arguments, size_t* next, Reading* reading) {
  const std::string& argument = arguments[(*next)++];
  for (size_t at = 1; at < argument.size(); ++at) {
    const char letter = argument[at];
    if (letter >= '0' && letter <= '9') {
      const bool two =
          at + 1 < argument.size() && argument[at + 1] >= '0' && argument[at + 1] <= '9';
      if (letter == '0' || two)
        return UsageError(argument,
                          "levels go from -1 (fastest) to -9 (smallest); give one of these");
      absl::Status status = Apply(*FindSetting("level"), argument, std::string(1, letter), reading);
      if (!status.ok()) return status;
      continue;
    }
    const Setting* setting = FindSetting(letter);
    if (setting == nullptr) {
      return UsageError(argument,
                        "unknown option; see logpress archive --help, and give a file with such a "
                        "name as ./-NAME");
    }
    if (setting->value.empty()) {
      if (absl::Status status = Apply(*setting, argument, "true", reading); !status.ok())
        return status;
      continue;
    }
    if (at + 1 < argument.size())
      return Apply(*setting, argument, argument.substr(at + 1), reading);
    if (*next == arguments.size())
      return UsageError(argument, Cat("needs a value; give it as ", argument, " ", setting->value));
    return Apply(*setting, argument, arguments[(*next)++], reading);
  }
  return absl::OkStatus();
}

absl::Status CheckTogether(const Reading& reading) {
  const RunSettings& run = reading.settings.run;
  if (run.config.empty()) {
    if (run.check_config)
      return UsageError("--check-config", "nothing to check; add --config=FILE");
    if (reading.policy.paths.empty())
      return UsageError("archive", "no files; name logs or folders, or use --config=FILE");
    return absl::OkStatus();
  }
  if (!reading.policy.paths.empty()) {
    return UsageError(reading.policy.paths[0],
                      "with --config the files come from there; leave out one of both");
  }
  if (!reading.policy_option.empty()) {
    return UsageError(reading.policy_option,
                      "belongs to a policy; with --config write it there, under [[policy]]");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Settings> ParseCommandLine(std::span<const std::string> arguments,
                                          const RunSettings& run) {
  Reading reading;
  reading.settings.run = run;
  reading.policy.name = "command line";
  bool only_files = false;
  for (size_t next = 0; next < arguments.size();) {
    const std::string& argument = arguments[next];
    absl::Status status;
    if (only_files || argument.size() < 2 || argument[0] != '-') {
      if (argument.empty() || argument == "-") {
        return UsageError(argument.empty() ? "''" : "-",
                          "archive works on files; for a pipe use logpress without archive");
      }
      reading.policy.paths.push_back(argument);
      ++next;
    } else if (argument == "--") {
      only_files = true;
      ++next;
    } else if (argument[1] == '-') {
      status = ReadLong(arguments, &next, &reading);
    } else {
      status = ReadShort(arguments, &next, &reading);
    }
    if (!status.ok()) return status;
    if (reading.settings.run.help) return reading.settings;
  }
  if (absl::Status status = CheckTogether(reading); !status.ok()) return status;
  if (reading.settings.run.config.empty()) reading.settings.policies.push_back(reading.policy);
  return reading.settings;
}

}  // namespace logpress::cli::archiving
