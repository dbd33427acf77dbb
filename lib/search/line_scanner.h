// Which lines grep selects of those that it is handed, and what it shows of them.
#ifndef LOGPRESS_SEARCH_LINE_SCANNER_H_
#define LOGPRESS_SEARCH_LINE_SCANNER_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "search/candidates.h"
#include "search/pattern.h"

namespace logpress::search {

// What is done with a log that holds NUL, which is no text.
enum class Binary {
  kText,    // as with any other
  kTold,    // that it matches is told, and no line of it shown: ScanResult::binary_matches
  kNoMatch  // as if nothing matched from there on
};

struct ScanOptions {
  bool invert = false;  // select what does not match
  uint64_t max_count = ~uint64_t{0};
  uint64_t before = 0;  // lines of context
  uint64_t after = 0;
  bool first_only = false;  // enough to know that there is one
  bool count_only = false;  // nobody takes lines
  Binary binary = Binary::kTold;
  // Bytes of lines that wait: for the lines that they are context of, and for the end of what
  // decides whether a log is binary.
  uint64_t memory_limit = 0;

  bool wants_lines() const { return !count_only && !first_only; }
};

// A line that is shown. Its bytes, with the newline if it has one, live during the call.
struct FoundLine {
  ByteView bytes;
  uint64_t number = 0;   // counted from 0
  uint64_t offset = 0;   // of what was packed
  bool selected = true;  // false: context
};

class LineTaker {
 public:
  virtual ~LineTaker() = default;
  // False: no more is wanted.
  virtual absl::StatusOr<bool> Take(const FoundLine& line) = 0;
};

struct ScanResult {
  uint64_t selected = 0;
  bool binary_matches = false;  // lines were selected of which none is shown, with kTold
};

// Lines come in order, none that matches is left out, and with all_lines() none at all.
//
// Where a log holds NUL, GNU grep takes it for binary from the piece of kBinaryPiece bytes on in
// which the first NUL stands: it shows no line that ends behind the begin of that piece, nor
// context of such, and takes NUL for the end of a line. So lines are held back until the piece has
// been seen that they, or the line whose context they are, end in.
class LineScanner : public LineConsumer {
 public:
  static constexpr uint64_t kBinaryPiece = uint64_t{96} << 10;

  // Borrows both; `taker` may be null when nobody wants lines.
  LineScanner(const Pattern& pattern, const ScanOptions& options, LineTaker* taker);

  // Whether it needs all lines, and not only those that may match or hold NUL.
  bool all_lines() const {
    return options_.invert || (options_.wants_lines() && options_.before + options_.after > 0);
  }

  // kResourceExhausted when too much has to wait.
  absl::StatusOr<bool> Lines(uint64_t number, uint64_t offset, ByteView bytes) override;
  absl::StatusOr<bool> Matched(uint64_t lines) override;

  // Somebody waits for what was found so far: it is shown, as if a piece ended here.
  absl::Status Release();
  // To be called at the end.
  absl::Status Finish();
  const ScanResult& result() const { return result_; }

 private:
  struct Held {
    ByteBuffer bytes;
    uint64_t number;
    uint64_t offset;
    bool selected;
    uint64_t shown_with;  // where the line ends that it is shown with: itself, or what it precedes
  };
  // A run of lines that Lines() goes through.
  struct Run {
    uint64_t number;
    uint64_t offset;
    ByteView bytes;
    size_t counted = 0;  // bytes whose lines are in `number`
    size_t hit = 0;      // with `invert`: where the next line that matches begins, if behind `at`
    bool hit_known = false;
  };

  bool enough() const { return result_.selected >= options_.max_count; }
  bool over() const {
    if (stopped_) return true;
    // A NUL behind it would undo a match.
    if (options_.binary == Binary::kNoMatch && selected_to_ > decided_) return false;
    return (enough() && after_left_ == 0 && held_.empty()) ||
           (options_.first_only && result_.selected > 0);
  }
  size_t NextSelected(Run* run, size_t at) const;
  absl::Status ScanText(Run* run);
  void ScanBinary(ByteView bytes);
  absl::Status ShowAfter(Run* run, size_t* at, size_t end);
  absl::Status ShowBefore(Run* run, size_t at);
  void KeepBefore(const Run& run);
  absl::Status Show(const FoundLine& line, uint64_t shown_with);
  absl::Status ShowAt(Run* run, size_t begin, size_t end, bool selected, size_t shown_with);
  absl::Status Deliver(const FoundLine& line);
  absl::Status DeliverHeld(uint64_t end);
  absl::Status CheckWaiting() const;
  void BecomeBinary();

  const Pattern& pattern_;
  const ScanOptions options_;
  LineTaker* const taker_;
  ScanResult result_;
  bool stopped_ = false;      // by the taker, or by what a binary log has shown
  uint64_t after_left_ = 0;   // lines of context to come
  uint64_t selected_to_ = 0;  // bytes up to the end of the last line selected
  uint64_t shown_to_ = 0;     // bytes up to the end of the last line shown
  Deque<Held> before_;        // the last lines of the runs before, that were not shown
  Deque<Held> held_;
  uint64_t waiting_ = 0;  // bytes of both
  uint64_t decided_ = 0;  // lines that end up to here are in text
  bool binary_ = false;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_LINE_SCANNER_H_
