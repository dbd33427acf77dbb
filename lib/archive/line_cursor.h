// A walk through lines of an archive, forwards and backwards, block by block.
#ifndef LOGPRESS_ARCHIVE_LINE_CURSOR_H_
#define LOGPRESS_ARCHIVE_LINE_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/block_cache.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "time/line_times.h"
#include "time/time_range.h"

namespace logpress::archive {

// A line, the newline included. Its bytes live until the next call on the cursor that gave it.
struct Line {
  ByteView bytes;
  uint64_t number = 0;  // lines that start before it, in all archives of the file
  uint64_t offset = 0;  // raw bytes before it, likewise
  // Its own, or that of the line before it; see docs/timestamps.md.
  time::LineTime time;
};

struct LineSelection {
  uint64_t first = 0;
  uint64_t end = ~uint64_t{0};             // behind the last; cut to the lines that there are
  std::optional<time::TimeRange> between;  // of those only the lines that meet it
  // Decode every block that is touched to its end, so that its raw checksum is compared.
  bool check_all = false;
};

// Holds one decoded block, and a line that goes over several; the blocks to come are decoded ahead
// when the cache has threads. One thread at a time, together with the cache.
class LineCursor {
 public:
  // Stands before the first line of the selection. Borrows `blocks`, which must outlive it.
  LineCursor(BlockCache* blocks, const LineSelection& selection);

  // Goes over the next line, or the one before the present place; false behind the last or before
  // the first. Errors, with the place as it was: those of IndexReader::ReadBlock, kDataLoss when a
  // block holds fewer lines than its header states, kResourceExhausted when a line that goes over
  // several blocks is larger than the memory limit.
  absl::StatusOr<bool> Next(Line* line);
  absl::StatusOr<bool> Previous(Line* line);

  // Goes over the next line if nothing has to be read for that and it begins at `behind` in memory,
  // which is where the one before it ended. That one's bytes stay then.
  bool NextBehind(const char* behind, Line* line);

  void ToFirst() { at_ = first_; }
  void ToLast() { at_ = end_; }

 private:
  static constexpr size_t kNone = ~size_t{0};

  absl::Status Read(uint64_t number, Line* line);
  bool MayMeet(const BlockInfo& block) const;
  time::LineTime TimeOfLine(uint64_t number);
  time::LineTime OwnTime(size_t offset);
  ByteView WholeLine() const;
  uint64_t LinesOf(const BlockInfo& block) const;
  absl::Status Load(size_t block);
  void LoadAhead(size_t block);
  absl::Status SeekTo(uint64_t number);
  absl::Status Join(uint64_t number);
  size_t BlockOf(uint64_t number) const;

  BlockCache* const cache_;
  const IndexReader* const reader_;
  const uint64_t end_;
  const uint64_t first_;
  const std::optional<time::TimeRange> between_;
  const bool check_all_;
  uint64_t at_;           // the line that Next() goes over
  bool forwards_ = true;  // the last step

  size_t block_ = kNone;  // whose bytes are in raw_
  std::shared_ptr<const BlockCache::Block> held_;
  ByteView raw_;
  // Line `line_` starts at raw_[offset_]; the end of raw_ when it starts in a later block.
  size_t offset_ = 0;
  uint64_t line_ = 0;
  time::LineClock clock_{{}};
  // Lines [timed_from_, timed_to_] of the block have this time: the first says it, the others are
  // without one.
  uint64_t timed_from_ = 1;
  uint64_t timed_to_ = 0;
  time::LineTime timed_;
  ByteBuffer joined_;  // a line that goes over several blocks
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_LINE_CURSOR_H_
