// A walk through lines of an archive, forwards and backwards, block by block.
#ifndef LOGPRESS_ARCHIVE_LINE_CURSOR_H_
#define LOGPRESS_ARCHIVE_LINE_CURSOR_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/index_reader.h"
#include "base/bytes.h"

namespace logpress::archive {

// A line, the newline included. Its bytes live until the next call on the cursor that gave it.
struct Line {
  ByteView bytes;
  uint64_t number = 0;  // lines that start before it, in all archives of the file
};

// Holds one decoded block, and a line that goes over several. One thread at a time, together with
// the reader.
class LineCursor {
 public:
  // Stands before line `first` of those in [first, end). Borrows `reader`, which must outlive it.
  // Precondition: first <= end <= reader->lines().
  LineCursor(IndexReader* reader, uint64_t first, uint64_t end);

  // Goes over the next line, or the one before the present place; false behind the last or before
  // the first. Errors, with the place as it was: those of IndexReader::ReadBlock, kDataLoss when a
  // block holds fewer lines than its header states, kResourceExhausted when a line that goes over
  // several blocks is larger than the memory limit.
  absl::StatusOr<bool> Next(Line* line);
  absl::StatusOr<bool> Previous(Line* line);

  void ToFirst() { at_ = first_; }
  void ToLast() { at_ = end_; }

 private:
  static constexpr size_t kNone = ~size_t{0};

  absl::Status Read(uint64_t number, Line* line);
  absl::Status Load(size_t block);
  absl::Status SeekTo(uint64_t number);
  absl::Status Join(uint64_t number);
  size_t BlockOf(uint64_t number) const;

  IndexReader* const reader_;
  const uint64_t first_;
  const uint64_t end_;
  uint64_t at_;  // the line that Next() goes over

  size_t block_ = kNone;  // whose bytes are in raw_
  ByteBuffer raw_;
  // Line `line_` starts at raw_[offset_]; the end of raw_ when it starts in a later block.
  size_t offset_ = 0;
  uint64_t line_ = 0;
  ByteBuffer joined_;  // a line that goes over several blocks
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_LINE_CURSOR_H_
