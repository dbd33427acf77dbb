// A part of a log, as --lines, --from, --to, --head and --tail name it, out of an archive or out of
// bytes that come by.
#ifndef LOGPRESS_CLI_LINE_PART_H_
#define LOGPRESS_CLI_LINE_PART_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/block_cache.h"
#include "archive/line_cursor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "search/candidates.h"
#include "search/line_stream.h"
#include "time/time_range.h"

namespace logpress::cli {

// The lines [first, end), counted from 0, that lie in [from, to), and of these the first `head` or
// the last `tail`.
struct LinePart {
  uint64_t first = 0;
  uint64_t end = ~uint64_t{0};
  std::optional<int64_t> from;  // microseconds since 1970
  std::optional<int64_t> to;
  std::optional<uint64_t> head;
  std::optional<uint64_t> tail;  // not both

  bool is_all() const { return first == 0 && end == ~uint64_t{0} && !between() && !head && !tail; }
  std::optional<time::TimeRange> between() const;
  // Without head and tail.
  archive::LineSelection selection() const { return {first, end, between()}; }
};

// "10-20", "10-" or "10", counted from 1, into first and end. kInvalidArgument with "what; what to
// do".
absl::Status ParseLines(std::string_view text, LinePart* part);

// A date with or without a time of day, as logs print them, or "@" and seconds since 1970, as
// microseconds since 1970. Without a zone it is read as UTC, as logs are.
absl::StatusOr<int64_t> ParseInstant(std::string_view text);

// Writes the part of the archive to `sink`; decodes no more than the blocks that hold it. Errors
// are those of archive::LineCursor and of `sink`.
absl::Status WritePart(archive::BlockCache* blocks, const LinePart& part, ByteSink* sink);

// Takes all bytes of a log and hands the part on. For what has no index: pipes, and logs that are
// no archives. One thread at a time.
class PartFilter : public ByteSink, private search::LineConsumer {
 public:
  // Borrows `sink`. Holds at most `memory_limit` bytes (0: 1 GiB) of a line or of the tail.
  PartFilter(const LinePart& part, uint64_t memory_limit, ByteSink* sink);

  // As search::LineStream::Write.
  absl::Status Write(ByteView bytes) override;
  bool done() const { return lines_.done(); }
  // To be called at the end of the log, or when done().
  absl::Status Finish();

 private:
  absl::StatusOr<bool> Lines(uint64_t number, uint64_t offset, ByteView bytes) override;
  absl::StatusOr<bool> Matched(uint64_t /*lines*/) override { return true; }
  absl::Status Emit(ByteView line);
  absl::Status WriteOut();

  const std::optional<uint64_t> head_;
  const std::optional<uint64_t> tail_count_;
  const uint64_t memory_limit_;
  ByteSink* const sink_;
  search::LineStream lines_;
  ByteBuffer out_;  // lines not written
  uint64_t emitted_ = 0;
  std::deque<ByteBuffer> tail_;
  uint64_t tail_bytes_ = 0;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_LINE_PART_H_
