// Every setting once: its name on the command line and in the configuration, what it takes, what
// --help says of it, and how its value is read.
#ifndef LOGPRESS_CLI_ARCHIVING_SETTING_TABLE_H_
#define LOGPRESS_CLI_ARCHIVING_SETTING_TABLE_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

enum class Scope {
  kPolicy,       // of one policy: on the command line without --config, and in [[policy]]
  kRun,          // of the run: on the command line, and in [run]
  kCommandLine,  // of the run, and only on the command line
};

struct Setting {
  std::string_view group;  // heading in --help
  Scope scope;
  char short_name;         // 0: none
  bool repeated;           // may be given several times, or as an array
  std::string_view name;   // of the option --name and of the key
  std::string_view value;  // what --help calls its value; empty: a flag, which is true or false
  std::string_view help;   // lines separated by '\n'
  // Reads `text` ("true" or "false" for a flag) into its place. kInvalidArgument with
  // "what; what to do" when it makes no sense.
  absl::Status (*apply)(const std::string& text, RunSettings* run, Policy* policy);
};

std::span<const Setting> SettingTable();

// Null when there is none of that name.
const Setting* FindSetting(std::string_view name);
const Setting* FindSetting(char short_name);

// The one of `words` that `word` is most likely a misspelling of; empty when none is near.
std::string_view Nearest(std::string_view word, std::span<const std::string_view> words);

// What --help prints.
std::string ArchiveHelpText();

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_SETTING_TABLE_H_
