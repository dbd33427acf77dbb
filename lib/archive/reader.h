// Reads archives front to back, without seeking: decompression, from a pipe too, and testing.
//
//   FdSource source(0, "standard input");
//   FdSink sink(1, "standard output");
//   absl::Status status = StreamReader(&source, ReaderOptions()).ReadAll(&sink);
//
// What the input holds is hostile: every length is checked before memory is taken for it, every
// frame against its checksums, and nothing is delivered that is not exactly what was compressed.
// For random access and listing see archive/index_reader.h.
#ifndef LOGPRESS_ARCHIVE_READER_H_
#define LOGPRESS_ARCHIVE_READER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/decode_queue.h"
#include "archive/section_walker.h"
#include "archive/source_buffer.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/thread_pool.h"

namespace logpress::archive {

// Bytes that a reader may take for decoding unless told otherwise. Admits every archive that the
// writer makes with any level and its default block size.
inline constexpr uint64_t kDefaultMemoryLimit = uint64_t{1} << 30;

// True when `start`, the first bytes of a file (five are enough), begins an archive of any version.
bool LooksLikeArchive(ByteView start);

// What has been read so far.
struct ReaderTotals {
  uint64_t packed_bytes = 0;  // read from the source
  uint64_t raw_bytes = 0;     // delivered (or verified)
  uint64_t lines = 0;         // that start in what was delivered
  uint64_t blocks = 0;
  uint64_t archives = 0;  // archive headers met; more than one when archives are concatenated
  uint64_t damages = 0;   // places where something was lost; at most 1 without `recover`
  uint64_t lost_packed_bytes = 0;  // bytes of the source skipped or not decodable
  // Those of blocks of which the frame header was intact or the index knows.
  uint64_t lost_lines = 0;
  bool all_losses_known = true;  // false: lost_lines is the least it can be
};

struct ReaderOptions {
  int threads = 1;  // threads that decode; 0: one a core; 1: the caller's own, none is made
  // When set, these threads are used instead of own ones, `threads` tasks at once.
  ThreadPool::Executor executor;
  // Bytes for the blocks in flight together: packed, raw and what decoding needs. A block whose
  // header states more is an kResourceExhausted error that says how much is needed; fewer blocks
  // are decoded side by side when they would not fit together. 0: kDefaultMemoryLimit.
  uint64_t memory_limit = 0;
  // For blocks that were packed with it; null: none.
  block::Dictionary dictionary;
  // Skip what is damaged, go on at the next frame and say at the end what was lost, instead of
  // stopping there.
  bool recover = false;
  // Take from the source no more than is needed to go on, so that it stands behind the footer when
  // that was read. For sources that give kUnavailable.
  bool exact = false;
  // Called on the caller's thread, from within ReadAll, after each block / at each damage.
  std::function<void(const ReaderTotals&)> progress;
  std::function<void(const Damage&)> damaged;
  // An archive that was not ended, its blocks whole, is followed by another: see
  // SectionWalker::Reporter::Joined. Called when that is met, which may be before what stands
  // before it is delivered.
  std::function<void(uint64_t begin, uint64_t offset)> joined;
};

// One thread at a time.
class StreamReader : private SectionWalker::Reporter {
 public:
  // Borrows `source`, which must outlive the reader and stand at the start of an archive.
  StreamReader(ByteSource* source, const ReaderOptions& options);
  ~StreamReader() override = default;
  StreamReader(const StreamReader&) = delete;
  StreamReader& operator=(const StreamReader&) = delete;

  // Reads until the source ends, through any number of concatenated archives, and writes the raw
  // bytes to `sink` in order. A null `sink` verifies only. To be called once.
  //
  // All that stands before a damaged place is delivered before the error is returned:
  //   kDataLoss            damaged or torn: the message has the byte offset, and how much was
  //                        recovered. With `recover` everything decodable was delivered.
  //   kInvalidArgument     the source does not begin with an archive (or is empty)
  //   kUnimplemented       an archive of a newer version
  //   kResourceExhausted   a block needs more than the memory limit (and StatusErrno is 0)
  //   others               what source and sink returned
  absl::Status ReadAll(ByteSink* sink);
  absl::Status Test() { return ReadAll(nullptr); }

  // The same in steps, for sources that have no bytes at times and say so by kUnavailable. Step()
  // reads one section and returns true, or false at the end of the source; what it makes of it may
  // be delivered by a later call. kUnavailable from the source: to be called again. After false or
  // any other error it is over: Finish() delivers the rest and has the last word, which is what
  // ReadAll returns. Flush() waits for the blocks in flight and delivers them.
  absl::StatusOr<bool> Step(ByteSink* sink);
  absl::Status Flush() { return delivered_ = queue_.Drain(); }
  absl::Status Finish(const absl::Status& stepped);
  // Whether an archive has begun and its footer was not met yet.
  bool inside() const { return walker_.inside(); }

  const ReaderTotals& totals() const { return totals_; }

 private:
  void Damaged(Damage damage) override { queue_.Note(std::move(damage)); }
  void Joined(uint64_t begin, uint64_t offset) override;
  void Missing(const IndexRow& row) override { totals_.lost_lines += row.lines; }

  absl::Status ReadFrame();
  absl::Status Deliver(const DecodeQueue::Result& result);
  void Tell(const Damage& damage);
  absl::Status Conclude(absl::Status status);

  const ReaderOptions options_;
  const uint64_t memory_limit_;
  SourceBuffer buffer_;
  SectionWalker walker_;
  ByteSink* sink_ = nullptr;
  ReaderTotals totals_;
  absl::Status delivered_;  // the error of delivering: of an earlier place than any of reading
  std::unique_ptr<DecodeQueue::Job> job_;  // whose payload is being read
  DecodeQueue queue_;                      // last: it calls Deliver
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_READER_H_
