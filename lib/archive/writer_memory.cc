#include "archive/writer_memory.h"

#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"

namespace logpress::archive {
namespace {

// Smaller blocks are not worth having.
constexpr uint64_t kLeastBlock = uint64_t{64} << 10;

// A block more that is in flight: its raw bytes and its payload, in buffers that grew by doubling.
constexpr uint64_t kPerBlockInFlight = 4;

uint64_t BlockSizeOf(const WriterOptions& options) {
  return options.block_size != 0 ? options.block_size : DefaultBlockSize(options.level);
}

int ThreadsOf(const WriterOptions& options) {
  if (options.threads > 0) return std::min(options.threads, ThreadPool::kMaxThreads);
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

uint64_t WriterMemory(const WriterOptions& options) {
  const uint64_t block_size = BlockSizeOf(options);
  const uint64_t workers = static_cast<uint64_t>(ThreadsOf(options)) + (options.executor ? 1 : 0);
  return workers *
             block::BlockEncoder::Memory(
                 {options.level, options.backend, options.meter, options.dictionary}, block_size) +
         (workers - 1) * kPerBlockInFlight * block_size;
}

absl::Status FitMemory(uint64_t limit, WriterOptions* options) {
  if (limit == 0) return absl::OkStatus();
  WriterOptions fitted = *options;
  fitted.threads = ThreadsOf(*options);
  while (fitted.threads > 1 && WriterMemory(fitted) > limit) --fitted.threads;
  // An executor's tasks are helped by the thread that waits for them.
  if (WriterMemory(fitted) > limit) fitted.executor = nullptr;
  while (BlockSizeOf(fitted) / 2 >= kLeastBlock && WriterMemory(fitted) > limit)
    fitted.block_size = BlockSizeOf(fitted) / 2;
  if (WriterMemory(fitted) > limit) {
    return absl::ResourceExhaustedError(
        absl::StrCat("compressing at level ", options->level, " takes ", WriterMemory(fitted),
                     " bytes of memory at least and the limit is ", limit,
                     "; use another level or raise the memory limit"));
  }
  *options = fitted;
  return absl::OkStatus();
}

}  // namespace logpress::archive
