// The files that `logpress grep` searches: those named, and with -r those below directories.
#ifndef LOGPRESS_CLI_GREP_NAMES_H_
#define LOGPRESS_CLI_GREP_NAMES_H_

#include <functional>
#include <string>

#include "cli/console.h"
#include "cli/grep/options.h"

namespace logpress::cli::grep {

struct NamedFile {
  std::string path;  // "-": standard input
  bool found;        // below a directory
};

// Calls `take` for each file, in the order given and below a directory by name, until it returns
// false. What cannot be read is told on `console`.
void ForEachFile(const GrepOptions& options, Console* console,
                 const std::function<bool(const NamedFile&)>& take);

}  // namespace logpress::cli::grep

#endif  // LOGPRESS_CLI_GREP_NAMES_H_
