#include "archive/line_cursor.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/status.h"

namespace logpress::archive {

LineCursor::LineCursor(BlockCache* blocks, const LineSelection& selection)
    : cache_(blocks),
      reader_(blocks->index()),
      end_(std::min(selection.end, reader_->lines())),
      first_(std::min(selection.first, end_)),
      between_(selection.between),
      check_all_(selection.check_all),
      at_(first_) {}

// Whether a line that starts in the block may be asked for.
bool LineCursor::MayMeet(const BlockInfo& block) const {
  return !between_ || block.MayMeet(*between_);
}

absl::StatusOr<bool> LineCursor::Next(Line* line) {
  forwards_ = true;
  for (uint64_t at = at_; at < end_;) {
    const BlockInfo& block = reader_->blocks()[BlockOf(at)];
    if (!MayMeet(block)) {
      at = block.first_line + block.lines;
      continue;
    }
    LOGPRESS_RETURN_IF_ERROR(Read(at, line));
    ++at;
    if (between_ && !between_->Meets(line->time)) continue;
    at_ = at;
    return true;
  }
  at_ = end_;
  return false;
}

bool LineCursor::NextBehind(const char* behind, Line* line) {
  // Behind Previous() and ToFirst() the cursor stands elsewhere than in the block.
  if (block_ == kNone || line_ != at_ || at_ >= end_ || raw_.data() + offset_ != behind) {
    return false;
  }
  const BlockInfo& block = reader_->blocks()[block_];
  if (at_ - block.first_line >= block.lines) return false;
  const ByteView bytes = WholeLine();
  if (bytes.empty()) return false;
  const time::LineTime time = TimeOfLine(at_);
  if (between_ && !between_->Meets(time)) return false;
  *line = {bytes, at_, block.raw_offset + offset_, time};
  offset_ += bytes.size();
  ++line_;
  ++at_;
  return true;
}

absl::StatusOr<bool> LineCursor::Previous(Line* line) {
  forwards_ = false;
  for (uint64_t at = at_; at > first_;) {
    const BlockInfo& block = reader_->blocks()[BlockOf(at - 1)];
    if (!MayMeet(block)) {
      at = block.first_line;
      continue;
    }
    --at;
    LOGPRESS_RETURN_IF_ERROR(Read(at, line));
    if (between_ && !between_->Meets(line->time)) continue;
    at_ = at;
    return true;
  }
  at_ = first_;
  return false;
}

// What the line at raw_[offset] says itself.
time::LineTime LineCursor::OwnTime(size_t offset) {
  const char* const begin = raw_.data() + offset;
  const char* const end = raw_.data() + raw_.size();
  const size_t newline = raw_.find('\n', offset);
  return clock_.TimeOf(begin, newline == ByteView::npos ? end : raw_.data() + newline + 1, end);
}

// Of the line at offset_, which is `number`.
time::LineTime LineCursor::TimeOfLine(uint64_t number) {
  const BlockInfo& block = reader_->blocks()[block_];
  if (clock_.empty()) return block.time_before;
  if (number >= timed_from_ && number <= timed_to_) return timed_;
  time::LineTime time = OwnTime(offset_);
  uint64_t from = number;
  if (time.kind == time::TimeKind::kNone && timed_to_ >= timed_from_ && number == timed_to_ + 1) {
    from = timed_from_;
    time = timed_;
  }
  // Back to a line that says one. What was walked over is kept, so that every line is walked over
  // once, also by somebody who goes backwards.
  for (size_t offset = offset_; time.kind == time::TimeKind::kNone && from > block.first_line;) {
    const size_t newline = offset < 2 ? ByteView::npos : raw_.rfind('\n', offset - 2);
    offset = newline == ByteView::npos ? 0 : newline + 1;
    --from;
    time = OwnTime(offset);
  }
  if (time.kind == time::TimeKind::kNone) time = block.time_before;
  timed_from_ = from;
  timed_to_ = number;
  timed_ = time;
  return time;
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

// As many lines of the block as the walk may come to.
uint64_t LineCursor::LinesOf(const BlockInfo& block) const {
  if (check_all_ || end_ >= block.first_line + block.lines) return BlockCache::kAllLines;
  // The end of the line that began before counts too.
  const uint64_t lines = end_ > block.first_line ? end_ - block.first_line : 0;
  return std::max<uint64_t>(1, lines + (block.starts_mid_line ? 1 : 0));
}

// Has the blocks that come after `block` decoded, as many as there are threads for.
void LineCursor::LoadAhead(size_t block) {
  const auto& blocks = reader_->blocks();
  for (size_t begun = 0; begun < cache_->ahead();) {
    block = forwards_ ? block + 1 : block - 1;
    if (block >= blocks.size()) return;
    const BlockInfo& info = blocks[block];
    if (forwards_ ? info.first_line >= end_ : info.first_line + info.lines <= first_) return;
    if (!MayMeet(info)) continue;
    cache_->Prefetch(block, LinesOf(info));
    ++begun;
  }
}

absl::Status LineCursor::Load(size_t block) {
  block_ = kNone;
  const BlockInfo& info = reader_->blocks()[block];
  timed_from_ = 1;
  timed_to_ = 0;
  held_.reset();
  LOGPRESS_ASSIGN_OR_RETURN(held_, cache_->Get(block, LinesOf(info)));
  raw_ = held_->raw;
  clock_ = time::LineClock(held_->places);
  LoadAhead(block);
  offset_ = 0;
  if (info.starts_mid_line) {
    const size_t newline = raw_.find('\n');
    offset_ = newline == ByteView::npos ? raw_.size() : newline + 1;
  }
  line_ = info.first_line;
  block_ = block;
  return absl::OkStatus();
}

// Sets offset_ and line_ to a line that starts in the loaded block.
absl::Status LineCursor::SeekTo(uint64_t number) {
  // A line near the one before it in the block is nearer from its start.
  while (line_ > number) {
    // The byte before a line's start is a newline; the one before that line's is searched for.
    const size_t newline = offset_ < 2 ? ByteView::npos : raw_.rfind('\n', offset_ - 2);
    offset_ = newline == ByteView::npos ? 0 : newline + 1;
    --line_;
  }
  while (line_ < number) {
    const size_t newline = raw_.find('\n', offset_);
    if (newline == ByteView::npos) break;
    offset_ = newline + 1;
    ++line_;
  }
  if (line_ == number && offset_ < raw_.size()) return absl::OkStatus();
  block_ = kNone;
  return absl::DataLossError(
      absl::StrCat("line ", number,
                   " is not in its block: that holds fewer lines than its header "
                   "states"));
}

// The line at offset_; empty when it has no end in the loaded block.
ByteView LineCursor::WholeLine() const {
  const size_t newline = raw_.find('\n', offset_);
  if (newline == ByteView::npos) return {};
  return raw_.substr(offset_, newline + 1 - offset_);
}

absl::Status LineCursor::Read(uint64_t number, Line* line) {
  const size_t block = BlockOf(number);
  if (block_ != block) LOGPRESS_RETURN_IF_ERROR(Load(block));
  LOGPRESS_RETURN_IF_ERROR(SeekTo(number));
  line->offset = reader_->blocks()[block].raw_offset + offset_;
  line->time = TimeOfLine(number);
  line->bytes = WholeLine();
  if (!line->bytes.empty()) {
    offset_ += line->bytes.size();
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
  joined_.assign(raw_.substr(offset_));
  const auto& blocks = reader_->blocks();
  for (size_t next = block_ + 1; next < blocks.size() && blocks[next].starts_mid_line; ++next) {
    LOGPRESS_RETURN_IF_ERROR(Load(next));
    if (joined_.size() + offset_ > reader_->memory_limit()) {
      return absl::ResourceExhaustedError(
          absl::StrCat("line ", number, " is longer than the memory limit of ",
                       reader_->memory_limit(), " bytes; raise the memory limit"));
    }
    joined_.append(raw_.substr(0, offset_));
    if (blocks[next].lines > 0 || (offset_ > 0 && raw_[offset_ - 1] == '\n')) break;
  }
  if (line_ == number) {
    offset_ = raw_.size();
    ++line_;
  }
  return absl::OkStatus();
}

}  // namespace logpress::archive
