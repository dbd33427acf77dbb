// Decoded blocks of an archive, kept for whoever asks next, and decoded ahead on several threads.
#ifndef LOGPRESS_ARCHIVE_BLOCK_CACHE_H_
#define LOGPRESS_ARCHIVE_BLOCK_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/thread_pool.h"
#include "block/block_coder.h"

namespace logpress::archive {

// Shared by all that walk through lines of a reader, together with it one thread at a time.
class BlockCache {
 public:
  // Borrows `index`. `threads` and `executor` as in ReaderOptions.
  BlockCache(IndexReader* index, int threads, ThreadPool::Executor executor);
  ~BlockCache();
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;

  struct Block {
    ByteBuffer raw;
    Vector<time::TimePlace> places;  // of its lines' timestamps
  };

  // Block `i`, which stays as long as somebody holds it. With `max_lines`, at
  // least 1, what is behind the first so many lines may be missing; then the block's raw checksum
  // is not compared. Errors as for IndexReader::ReadBlock.
  absl::StatusOr<std::shared_ptr<const Block>> Get(size_t i, uint64_t max_lines = kAllLines);

  // How many blocks may be worked on beside the one that Get() waits for.
  size_t ahead() const { return pool_.workers() - 1; }
  // Begins with block `i`, if there is room for it: Get() is likely to be asked for it soon.
  void Prefetch(size_t i, uint64_t max_lines = kAllLines);

  IndexReader* index() const { return index_; }

  static constexpr uint64_t kAllLines = ~uint64_t{0};

 private:
  class Job;

  Job* Find(size_t i);
  // Reads the block's frame and has it decoded; nothing is done when that does not fit and `wanted`
  // is false.
  absl::StatusOr<Job*> Begin(size_t i, uint64_t max_lines, bool wanted);
  bool MakeRoom(uint64_t need, bool wanted);
  void Drop(Job* job);
  uint64_t Used() const;

  IndexReader* const index_;
  Vector<std::unique_ptr<block::BlockDecoder>> decoders_;  // one a worker, made when it first works
  Deque<std::unique_ptr<Job>> jobs_;  // the block that was asked for last is at the end
  ThreadPool pool_;                   // last: its threads end before what they work on
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_BLOCK_CACHE_H_
