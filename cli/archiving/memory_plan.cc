#include "cli/archiving/memory_plan.h"

#include <algorithm>
#include <thread>

#include "logpress/options.h"

namespace logpress::cli::archiving {
namespace {

constexpr uint64_t kLeastBlock = uint64_t{256} << 10;

// Measured on the logs of docs/benchmarks.md: the program takes some 16 MiB, an encoder up to six
// times its block (at level 9 twelve times), and with threads the blocks that wait come on top.
uint64_t Need(int level, uint64_t block_size, int threads) {
  const auto encoders = static_cast<uint64_t>(threads);
  const uint64_t each = (level >= 9 ? 12 : 6) * block_size;
  const uint64_t waiting = threads > 1 ? (encoders + 2) * block_size : block_size;
  return (uint64_t{16} << 20) + encoders * each + waiting;
}

}  // namespace

MemoryPlan PlanMemory(int level, uint64_t block_size, int threads, uint64_t limit) {
  if (threads == 0) threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  if (limit == 0) return {threads, block_size};
  uint64_t largest = block_size != 0 ? block_size : logpress_block_size(level);
  while (threads > 1 && Need(level, largest, threads) > limit) --threads;
  while (largest / 2 >= kLeastBlock && Need(level, largest, threads) > limit)
    block_size = largest /= 2;
  return {threads, block_size};
}

}  // namespace logpress::cli::archiving
