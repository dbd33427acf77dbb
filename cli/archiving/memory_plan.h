// How to pack within a bound of memory.
#ifndef LOGPRESS_CLI_ARCHIVING_MEMORY_PLAN_H_
#define LOGPRESS_CLI_ARCHIVING_MEMORY_PLAN_H_

#include <cstdint>

namespace logpress::cli::archiving {

struct MemoryPlan {
  int threads;
  uint64_t block_size;  // bytes; 0: what the level says
};

// What of `threads` (0: one a core) and `block_size` (0: what `level` says) fits `limit` bytes (0:
// no limit): fewer threads, which cost time only, and then smaller blocks, which cost ratio, though
// never fewer than one thread or smaller than 256 KiB. An estimate: logs differ.
MemoryPlan PlanMemory(int level, uint64_t block_size, int threads, uint64_t limit);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_MEMORY_PLAN_H_
