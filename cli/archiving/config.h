// The configuration file: TOML, with a table [run] and a table [[policy]] for each policy, whose
// keys are the long options.
#ifndef LOGPRESS_CLI_ARCHIVING_CONFIG_H_
#define LOGPRESS_CLI_ARCHIVING_CONFIG_H_

#include <string>
#include <vector>

#include "cli/archiving/settings.h"

namespace logpress::cli::archiving {

// Reads the configuration `path` into `settings`: its policies, and what it says of the run.
// Returns all that is wrong with it, each as "FILE:LINE:COLUMN: what; what to do"; `settings` are
// of use only when that is empty.
std::vector<std::string> ReadConfig(const std::string& path, Settings* settings);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_CONFIG_H_
