#include "archive/source_buffer.h"

#include <algorithm>

#include "base/status.h"

namespace logpress::archive {
namespace {

constexpr size_t kPiece = size_t{256} << 10;
// A payload's buffer grows by this much at first, then doubles.
constexpr size_t kFirstGrowth = size_t{1} << 20;

}  // namespace

absl::Status SourceBuffer::Fill(size_t size) {
  if (rest().size() >= size || ended_) return absl::OkStatus();
  // Fewer than `size` bytes move, and a whole piece comes for it: linear in all.
  buffer_.erase(0, at_);
  at_ = 0;
  while (buffer_.size() < size && !ended_) {
    const size_t had = buffer_.size();
    buffer_.resize(had + kPiece);
    const absl::StatusOr<size_t> got = source_->Read(buffer_.data() + had, kPiece);
    buffer_.resize(had + (got.ok() ? *got : 0));
    LOGPRESS_RETURN_IF_ERROR(got.status());
    ended_ = *got == 0;
    pulled_ += *got;
  }
  return absl::OkStatus();
}

absl::StatusOr<ByteView> SourceBuffer::Peek(size_t size) {
  LOGPRESS_RETURN_IF_ERROR(Fill(size));
  return rest();
}

void SourceBuffer::Consume(size_t size) {
  at_ += size;
  offset_ += size;
}

absl::Status SourceBuffer::Read(uint64_t size, ByteBuffer* out) {
  const ByteView ready = rest().substr(0, static_cast<size_t>(std::min<uint64_t>(size, SIZE_MAX)));
  out->assign(ready);
  Consume(ready.size());
  while (out->size() < size && !ended_) {
    const size_t had = out->size();
    const size_t more =
        static_cast<size_t>(std::min<uint64_t>(size - had, std::max(had, kFirstGrowth)));
    out->reserve(had + more);
    out->resize(had + more);
    size_t filled = 0;
    while (filled < more) {
      const absl::StatusOr<size_t> got = source_->Read(out->data() + had + filled, more - filled);
      LOGPRESS_RETURN_IF_ERROR(got.status());
      ended_ = *got == 0;
      if (ended_) break;
      filled += *got;
    }
    out->resize(had + filled);
    pulled_ += filled;
    offset_ += filled;
  }
  return absl::OkStatus();
}

void SourceBuffer::Unread(ByteView bytes) {
  if (bytes.size() <= at_) {
    at_ -= bytes.size();
    bytes.copy(buffer_.data() + at_, bytes.size());
  } else {
    buffer_.replace(0, at_, bytes);
    at_ = 0;
  }
  offset_ -= bytes.size();
}

}  // namespace logpress::archive
