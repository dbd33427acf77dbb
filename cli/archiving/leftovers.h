// What a run that was killed leaves behind under hidden names, and the next one clears up.
#ifndef LOGPRESS_CLI_ARCHIVING_LEFTOVERS_H_
#define LOGPRESS_CLI_ARCHIVING_LEFTOVERS_H_

#include <string>
#include <vector>

#include "cli/file_ops.h"

namespace logpress::cli::archiving {

// Removes the unfinished archive `name` in `folder`. False when it is not to be removed: a run that
// lives holds its lock, or it cannot be opened or removed.
bool RemoveLeftover(FileOps* ops, int folder, const std::string& name);

// Renames the log that is called `hidden` back to `original`, or, when that is taken, to a name
// with the time of its last change behind it. False when neither is possible; errno says why.
bool GiveNameBack(FileOps* ops, int folder, const std::string& hidden, const std::string& original);

// Does both for every such file among `names`, which are in `folder`, and puts the names that are
// there afterwards in their place. A log that gets its name back is then found as any other.
void ClearLeftovers(FileOps* ops, int folder, std::vector<std::string>* names);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_LEFTOVERS_H_
