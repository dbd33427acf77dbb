// Which task gets which bytes, so that all have about as many.
#ifndef LOGPRESS_CLI_FLEET_BALANCE_H_
#define LOGPRESS_CLI_FLEET_BALANCE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/fleet/plan.h"

namespace logpress::cli::fleet {

struct FileToBalance {
  uint64_t size = 0;
  bool divisible = true;
};

// The first place at or behind `offset` where a line of the file begins; its size when there is
// none before its end.
using LineBorder = std::function<absl::StatusOr<uint64_t>(uint32_t file, uint64_t offset)>;

// Divides `files` among `tasks` (> 0). Files of at most `shard` bytes go whole, the largest first,
// to whom has least; larger ones are poured over what room is left, and cut at `border`. The parts
// are in order of file and byte. The same input gives the same parts. Errors are those of `border`.
absl::StatusOr<std::vector<Part>> Balance(const std::vector<FileToBalance>& files, uint32_t tasks,
                                          uint64_t shard, const LineBorder& border);

// Bytes of each task.
std::vector<uint64_t> LoadOfTasks(const std::vector<Part>& parts, uint32_t tasks);

}  // namespace logpress::cli::fleet

#endif  // LOGPRESS_CLI_FLEET_BALANCE_H_
