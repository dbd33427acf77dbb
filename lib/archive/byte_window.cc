#include "archive/byte_window.h"

#include <algorithm>

#include "archive/format.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Read at once where a head is expected, and where one after the other is looked at.
constexpr uint64_t kHeadPiece = kMaxHeaderSize;
constexpr uint64_t kNextPiece = 8 * kHeadPiece;

}  // namespace

absl::StatusOr<ByteView> FileWindow::Peek(size_t size) {
  const uint64_t left = end_ - offset_;
  const bool goes_on = Holds(offset_);
  const uint64_t ready = goes_on ? held_from_ + held_.size() - offset_ : 0;
  if (ready < std::min<uint64_t>(size, left)) {
    // The first look is at one head; who looks on where that ended reads more at once.
    const uint64_t piece = goes_on && !held_.empty() ? kNextPiece : kHeadPiece;
    held_from_ = offset_;
    held_.resize(static_cast<size_t>(std::min(std::max<uint64_t>(size, piece), left)));
    absl::Status status = file_->ReadAt(offset_, held_.size(), held_.data());
    if (!status.ok()) {
      held_.clear();
      return status;
    }
  }
  if (left == 0) return ByteView();
  const size_t at = static_cast<size_t>(offset_ - held_from_);
  return ByteView{held_}.substr(at, static_cast<size_t>(std::min<uint64_t>(left, held_.size())));
}

absl::Status FileWindow::Skip(uint64_t* size) {
  const uint64_t skipped = std::min(*size, end_ - offset_);
  offset_ += skipped;
  *size -= skipped;
  return absl::OkStatus();
}

absl::Status FileWindow::Fill(uint64_t size, ByteBuffer* out) {
  const size_t had = out->size();
  const size_t more = static_cast<size_t>(std::min(size - had, end_ - offset_));
  out->resize(had + more);
  size_t ready = 0;
  if (Holds(offset_)) {
    const ByteView held = ByteView{held_}.substr(static_cast<size_t>(offset_ - held_from_));
    ready = held.copy(out->data() + had, more);
  }
  absl::Status status = file_->ReadAt(offset_ + ready, more - ready, out->data() + had + ready);
  if (!status.ok()) {
    out->resize(had);
    return status;
  }
  offset_ += more;
  return absl::OkStatus();
}

}  // namespace logpress::archive
