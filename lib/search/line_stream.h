// Lines out of bytes that come by: a selection of them, where there is no index to ask.
#ifndef LOGPRESS_SEARCH_LINE_STREAM_H_
#define LOGPRESS_SEARCH_LINE_STREAM_H_

#include <cstdint>

#include "absl/status/status.h"
#include "archive/line_cursor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "search/candidates.h"
#include "time/line_times.h"

namespace logpress::search {

// Takes all bytes of a log and hands on the lines of the selection, as FindCandidates() does that
// of an archive. Holds at most one line and, for a range of time, a sample of the log. One thread
// at a time.
class LineStream : public ByteSink {
 public:
  // Borrows `consumer`. A line may have `memory_limit` bytes (0: archive::kDefaultMemoryLimit).
  LineStream(const archive::LineSelection& selection, uint64_t memory_limit,
             LineConsumer* consumer);

  // kResourceExhausted over the limit; kCancelled, and done(), when no more is wanted; what the
  // consumer returns.
  absl::Status Write(ByteView bytes) override;
  bool done() const { return done_; }
  // To be called at the end of the log; nothing when done().
  absl::Status Finish();
  // Lines that were looked at.
  uint64_t lines() const { return number_; }

 private:
  absl::Status TakeAll(ByteView lines);
  absl::Status TakeSome(ByteView lines);
  absl::Status HandOn(uint64_t number, ByteView lines);
  bool Selected(ByteView line, const char* readable_end);
  void FindFirstTime(ByteView lines);

  const archive::LineSelection selection_;
  const uint64_t memory_limit_;
  LineConsumer* const consumer_;
  ByteBuffer pending_;   // a line without its end; with a range of time also lines not looked at
  uint64_t number_ = 0;  // of the next line
  uint64_t offset_ = 0;  // where it begins
  bool done_ = false;
  time::LineClock clock_{{}};
  time::LineTime time_;  // of the last line that has one
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_LINE_STREAM_H_
