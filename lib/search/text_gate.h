// Between the walk over an archive, when that does not tell where in a block lines stand, and who
// shows lines: holds them back until it is known that the log is text as far as they go.
//
// Most logs hold no NUL, and then nobody has to know where lines stand, for which whole blocks have
// to be decoded. A log that holds one is searched once more by who knows (LineScanner).
#ifndef LOGPRESS_SEARCH_TEXT_GATE_H_
#define LOGPRESS_SEARCH_TEXT_GATE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "search/candidates.h"
#include "search/line_scanner.h"

namespace logpress::search {

class TextGate : public LineConsumer, public LineTaker {
 public:
  // Borrows all. `scanner`, set before the first line comes, is given the lines and gives back what
  // it finds, and `taker` gets that. Holds at most `memory_limit` bytes; rather than more it fails.
  TextGate(const archive::IndexReader& archive, uint64_t memory_limit, LineTaker* taker)
      : archive_(archive), memory_limit_(memory_limit), taker_(taker) {}
  void SetScanner(LineConsumer* scanner) { scanner_ = scanner; }

  absl::StatusOr<bool> Lines(uint64_t number, uint64_t offset, ByteView bytes) override;
  absl::StatusOr<bool> Matched(uint64_t lines) override { return scanner_->Matched(lines); }
  absl::StatusOr<bool> Take(const FoundLine& line) override;
  // To be called at the end: gives the taker what is still held, unless it failed().
  absl::Status Finish();

  // There is a NUL, or too much to hold. The taker has got the first shown() lines of what there
  // is.
  bool failed() const { return failed_; }
  uint64_t shown() const { return shown_; }

 private:
  struct Held {
    size_t size;
    uint64_t number;
    uint64_t offset;
    uint64_t end;  // no byte of the line stands behind it
    bool selected;
  };

  uint64_t EndOf(uint64_t offset, size_t size) const;
  absl::Status Show(uint64_t end);

  const archive::IndexReader& archive_;
  const uint64_t memory_limit_;
  LineTaker* const taker_;
  LineConsumer* scanner_ = nullptr;
  Deque<Held> held_;
  ByteBuffer bytes_;  // of these, from first_ on
  size_t first_ = 0;
  bool scanned_ = false;  // the scanner wants no more
  bool stopped_ = false;  // nor does the taker
  bool failed_ = false;
  uint64_t shown_ = 0;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_TEXT_GATE_H_
