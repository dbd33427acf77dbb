#include "archive/line_cursor.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::archive {

LineCursor::LineCursor(IndexReader* reader, uint64_t first, uint64_t end)
    : reader_(reader), first_(first), end_(end), at_(first) {}

absl::StatusOr<bool> LineCursor::Next(Line* line) {
  if (at_ == end_) return false;
  LOGPRESS_RETURN_IF_ERROR(Read(at_, line));
  ++at_;
  return true;
}

absl::StatusOr<bool> LineCursor::Previous(Line* line) {
  if (at_ == first_) return false;
  LOGPRESS_RETURN_IF_ERROR(Read(at_ - 1, line));
  --at_;
  return true;
}

// The block in which the line starts.
size_t LineCursor::BlockOf(uint64_t number) const {
  const auto& blocks = reader_->blocks();
  const auto after =
      std::upper_bound(blocks.begin(), blocks.end(), number,
                       [](uint64_t n, const BlockInfo& block) { return n < block.first_line; });
  // Blocks without a line's start have the first line of the block after them.
  return static_cast<size_t>(after - blocks.begin()) - 1;
}

absl::Status LineCursor::Load(size_t block) {
  block_ = kNone;
  LOGPRESS_RETURN_IF_ERROR(reader_->ReadBlock(block, &raw_));
  const BlockInfo& info = reader_->blocks()[block];
  offset_ = 0;
  if (info.starts_mid_line) {
    const size_t newline = raw_.find('\n');
    offset_ = newline == ByteBuffer::npos ? raw_.size() : newline + 1;
  }
  line_ = info.first_line;
  block_ = block;
  return absl::OkStatus();
}

// Sets offset_ and line_ to a line that starts in the loaded block.
absl::Status LineCursor::SeekTo(uint64_t number) {
  const ByteView raw = raw_;
  // A line near the one before it in the block is nearer from its start.
  while (line_ > number) {
    // The byte before a line's start is a newline; the one before that line's is searched for.
    const size_t newline = offset_ < 2 ? ByteView::npos : raw.rfind('\n', offset_ - 2);
    offset_ = newline == ByteView::npos ? 0 : newline + 1;
    --line_;
  }
  while (line_ < number) {
    const size_t newline = raw.find('\n', offset_);
    if (newline == ByteView::npos) break;
    offset_ = newline + 1;
    ++line_;
  }
  if (line_ == number && offset_ < raw.size()) return absl::OkStatus();
  block_ = kNone;
  return absl::DataLossError(
      absl::StrCat("line ", number,
                   " is not in its block: that holds fewer lines than its header "
                   "states"));
}

absl::Status LineCursor::Read(uint64_t number, Line* line) {
  const size_t block = BlockOf(number);
  if (block_ != block) LOGPRESS_RETURN_IF_ERROR(Load(block));
  LOGPRESS_RETURN_IF_ERROR(SeekTo(number));
  const size_t newline = raw_.find('\n', offset_);
  if (newline != ByteBuffer::npos) {
    line->bytes = ByteView(raw_).substr(offset_, newline + 1 - offset_);
    offset_ = newline + 1;
    ++line_;
  } else {
    LOGPRESS_RETURN_IF_ERROR(Join(number));
    line->bytes = joined_;
  }
  line->number = number;
  return absl::OkStatus();
}

// The line at offset_ has no end in the loaded block: it is all of it that the following blocks go
// on with.
absl::Status LineCursor::Join(uint64_t number) {
  joined_.assign(raw_, offset_);
  const auto& blocks = reader_->blocks();
  for (size_t next = block_ + 1; next < blocks.size() && blocks[next].starts_mid_line; ++next) {
    LOGPRESS_RETURN_IF_ERROR(Load(next));
    if (joined_.size() + offset_ > reader_->memory_limit()) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", number, " is longer than the memory limit of ",
                       reader_->memory_limit(), " bytes; raise the memory limit"));
    }
    joined_.append(raw_, 0, offset_);
    if (blocks[next].lines > 0 || (offset_ > 0 && raw_[offset_ - 1] == '\n')) break;
  }
  if (line_ == number) {
    offset_ = raw_.size();
    ++line_;
  }
  return absl::OkStatus();
}

}  // namespace logpress::archive
