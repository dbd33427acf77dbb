// Writes an archive: bytes in, in pieces of any size; frames, index and footer out.
//
//   FdSink sink(fd, "app.log.lpz");
//   Writer writer(&sink, WriterOptions());
//   writer.Append(bytes) ...; writer.Finish();
//
// The input is cut into blocks of whole lines; a line longer than a block is split over blocks.
// Blocks are encoded side by side and written in order. The archive depends on the input, the
// options and the places of Flush() alone: not on the number of threads, nor on the pieces that
// Append got. Memory is about (threads + 2) raw blocks plus what an encoder needs, times threads;
// it does not grow with the input except for the index, some 14 bytes a block.
#ifndef LOGPRESS_ARCHIVE_WRITER_H_
#define LOGPRESS_ARCHIVE_WRITER_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/thread_pool.h"
#include "block/block_coder.h"

namespace logpress::archive {

// Smallest block size that WriterOptions takes. Blocks can still be smaller: the last one, one
// ended by Flush(), one before a line that does not fit.
inline constexpr uint64_t kMinBlockSize = 64;

// The block size that `level` (1 to 9) uses unless told otherwise, in bytes: of the first block of
// an archive, the largest.
uint64_t DefaultBlockSize(int level);
// The same of all blocks behind it.
uint64_t LaterBlockSize(int level);

// What went in and out so far: blocks that are written, not those still being encoded.
struct WriterTotals {
  uint64_t raw_bytes = 0;
  uint64_t packed_bytes = 0;  // all bytes given to the sink, headers and index included
  uint64_t lines = 0;
  uint64_t blocks = 0;
  uint64_t raw_blocks = 0;   // blocks packed without templates
  uint64_t memory_need = 0;  // bytes that reading the block takes which needs most
};

struct WriterOptions {
  int level = 5;  // 1 (fastest) to 9 (smallest)
  block::BackendId backend = block::BackendId::kAuto;
  uint64_t block_size = 0;  // bytes, kMinBlockSize to block::kMaxBlockSize; 0: what the level says
  int threads = 1;          // threads that encode; 0: one a core; 1: the caller's own, none is made
  // That blocks start from where it makes them smaller; null: none. Readers need it then.
  block::Dictionary dictionary;
  // When set, these threads are used instead of own ones, `threads` tasks at once.
  ThreadPool::Executor executor;
  // Called on the caller's thread, from within Append, Flush and Finish, after each written block.
  std::function<void(const WriterTotals&)> progress;
  // If not null: told of raw bytes while blocks are still encoded, by backends that take long. Its
  // count is ahead of what `progress` is told, or behind where nothing took long.
  WorkMeter* meter = nullptr;
};

// One thread at a time. After an error every further call returns that error.
class Writer {
 public:
  // Borrows `sink`, which must outlive the writer. Options out of range are an kInvalidArgument
  // error of the first call. Nothing is written before the first call.
  Writer(ByteSink* sink, const WriterOptions& options);
  // Without Finish() the archive stays torn: blocks still being encoded are dropped.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Says that about `size` bytes are to come, so that room for a block of them is found once.
  // Before the first of them; nothing depends on it but memory. Errors: no memory.
  absl::Status Expect(uint64_t size);

  // Takes `bytes`, in pieces of any size; a piece need not end with a line. May wait for a block to
  // be encoded and written. Errors: those of the sink and of the encoder, kFailedPrecondition after
  // Finish().
  absl::Status Append(ByteView bytes);

  // Ends the block here, even in the middle of a line, and returns when all that was appended is
  // with the sink. For writers that must not lose a line when they die; costs ratio. No-op
  // when nothing is pending.
  absl::Status Flush();

  // Flush, then index and footer. An empty input gives a valid archive of some 30 bytes. The sink
  // is neither synced nor closed.
  absl::Status Finish();

  const WriterTotals& totals() const;

  // Begins another archive, with the same options, in `sink`; whatever was not finished is dropped.
  // The memory of the encoders is kept.
  void Reset(ByteSink* sink);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_WRITER_H_
