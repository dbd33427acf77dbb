// Which files a policy takes, and which archives are its own to keep or to delete.
#ifndef LOGPRESS_CLI_ARCHIVING_SELECTION_H_
#define LOGPRESS_CLI_ARCHIVING_SELECTION_H_

#include <string>
#include <vector>

#include "cli/archiving/report.h"
#include "cli/archiving/settings.h"
#include "cli/archiving/source_file.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

struct Selection {
  std::vector<Candidate> logs;       // the one changed longest ago first, then by name
  std::vector<Candidate> archives;   // by path
  std::vector<std::string> folders;  // that were named, or that globs matched
};

// Walks Policy::paths. A path that exists is a file or a folder, whatever characters it has; any
// other is a glob as in a shell. In folders names are chosen by the policy's globs, or by
// KindOfName(); a file that is named, by itself or by a glob, is only subject to exclude, age,
// size and kind. What is left alone is told to `report`, with the reason, and so is what cannot be
// read. What other policies of this run have taken is in `taken`, and not taken again.
// Unless `dry_run`, what killed runs left in these folders is cleared.
Selection Select(FileOps* ops, const Policy& policy, bool dry_run, FileIds* taken, Report* report);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_SELECTION_H_
