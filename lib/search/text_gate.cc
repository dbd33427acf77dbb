#include "search/text_gate.h"

#include <algorithm>

#include "base/status.h"

namespace logpress::search {

absl::StatusOr<bool> TextGate::Lines(uint64_t number, uint64_t offset, ByteView bytes) {
  // What was not handed on holds no NUL.
  constexpr uint64_t kPiece = LineScanner::kBinaryPiece;
  LOGPRESS_RETURN_IF_ERROR(Show(offset / kPiece * kPiece));
  failed_ = failed_ || bytes.find('\0') != ByteView::npos;
  if (!scanned_ && !failed_) {
    LOGPRESS_ASSIGN_OR_RETURN(const bool more, scanner_->Lines(number, offset, bytes));
    scanned_ = !more;
  }
  // With nothing more to find, it is still to be seen whether what is held may be shown.
  return !failed_ && !stopped_ && !(scanned_ && held_.empty());
}

absl::StatusOr<bool> TextGate::Take(const FoundLine& line) {
  if (bytes_.size() - first_ + line.bytes.size() > memory_limit_) failed_ = true;
  if (failed_) return false;
  held_.push_back({line.bytes.size(), line.number, line.offset,
                   EndOf(line.offset, line.bytes.size()), line.selected});
  bytes_.append(line.bytes);
  return true;
}

absl::Status TextGate::Finish() { return failed_ ? absl::OkStatus() : Show(~uint64_t{0}); }

// A line that begins at or behind `offset`, and in its block: in that it ends, or as far behind the
// offset as it is long.
uint64_t TextGate::EndOf(uint64_t offset, size_t size) const {
  const auto& blocks = archive_.blocks();
  const auto after = std::upper_bound(
      blocks.begin(), blocks.end(), offset,
      [](uint64_t at, const archive::BlockInfo& block) { return at < block.raw_offset; });
  const archive::BlockInfo& block = *(after - 1);
  return std::max(block.raw_offset + block.raw_size, offset + size);
}

// The lines that end at or before `end`.
absl::Status TextGate::Show(uint64_t end) {
  while (!held_.empty() && held_.front().end <= end && !stopped_) {
    const Held line = held_.front();
    held_.pop_front();
    const ByteView bytes = ByteView{bytes_}.substr(first_, line.size);
    first_ += line.size;
    ++shown_;
    LOGPRESS_ASSIGN_OR_RETURN(const bool more,
                              taker_->Take({bytes, line.number, line.offset, line.selected}));
    stopped_ = !more;
  }
  // Each byte is moved at most once for each time that as many were taken away.
  if (first_ > bytes_.size() / 2) {
    bytes_.erase(0, first_);
    first_ = 0;
  }
  return absl::OkStatus();
}

}  // namespace logpress::search
