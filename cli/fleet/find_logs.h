// The files that a plan is made of.
#ifndef LOGPRESS_CLI_FLEET_FIND_LOGS_H_
#define LOGPRESS_CLI_FLEET_FIND_LOGS_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/file_ops.h"
#include "cli/fleet/plan.h"

namespace logpress::cli::fleet {

// What is wanted of the files below folders.
enum class Wanted {
  kLogs,      // what nobody has packed
  kArchives,  // what logpress has packed
};

// Called for each path that cannot be taken: the path, and "what; what to do".
using TellTrouble = std::function<void(const std::string& path, const std::string& what)>;

// The files that `paths` name, each once, in the order of their names: files, those below folders,
// and what patterns as of a shell stand for. Links and hidden files below folders are passed over,
// and so is what is not `wanted` there.
std::vector<PlannedFile> FindLogs(FileOps* ops, const std::vector<std::string>& paths,
                                  Wanted wanted, const TellTrouble& tell);

// Whether a part of it is of use by itself: not of what is packed already.
bool IsDivisible(std::string_view path);

// The first place at or behind `offset` where a line of the file begins; its size when there is
// none before its end.
absl::StatusOr<uint64_t> NextLine(FileOps* ops, const PlannedFile& file, uint64_t offset);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_FIND_LOGS_H_
