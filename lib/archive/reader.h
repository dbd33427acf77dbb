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
#include <string>

#include "absl/status/status.h"
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
  uint64_t lost_lines = 0;         // as far as known: those of frames whose header was intact
};

// One damaged place.
struct Damage {
  uint64_t offset = 0;        // in the source, of the first byte that could not be used
  uint64_t packed_bytes = 0;  // how many could not
  bool lines_known = false;   // the frame header was intact: `lines` and `raw_bytes` are exact
  uint64_t lines = 0;
  uint64_t raw_bytes = 0;
  std::string message;  // what was wrong, with the byte offset
};

struct ReaderOptions {
  int threads = 1;  // threads that decode; 0: one a core; 1: the caller's own, none is made
  // When set, these threads are used instead of own ones, `threads` tasks at once.
  ThreadPool::Executor executor;
  // Bytes for the blocks in flight together: packed, raw and what decoding needs. A block whose
  // header states more is an kResourceExhausted error that says how much is needed; fewer blocks
  // are decoded side by side when they would not fit together. 0: kDefaultMemoryLimit.
  uint64_t memory_limit = 0;
  // Skip what is damaged, go on at the next frame and say at the end what was lost, instead of
  // stopping there.
  bool recover = false;
  // Called on the caller's thread, from within ReadAll, after each block / at each damage.
  std::function<void(const ReaderTotals&)> progress;
  std::function<void(const Damage&)> damaged;
};

// One thread at a time.
class StreamReader {
 public:
  // Borrows `source`, which must outlive the reader and stand at the start of an archive.
  StreamReader(ByteSource* source, const ReaderOptions& options);
  ~StreamReader();
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

  const ReaderTotals& totals() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_READER_H_
