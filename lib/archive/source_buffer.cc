#include "archive/source_buffer.h"

#include <algorithm>

#include "base/status.h"

namespace logpress::archive {
namespace {

// A payload's buffer grows by this much at first, then doubles.
constexpr size_t kFirstGrowth = size_t{1} << 20;
// The same where each piece may be followed by a pause: what is reserved for it and then not there
// was cleared in vain.
constexpr size_t kSmallGrowth = size_t{64} << 10;

}  // namespace

absl::StatusOr<ByteView> SourceBuffer::Peek(size_t size) {
  if (rest().size() >= size || ended_) return rest();
  // Fewer than `size` bytes move, and a whole piece comes for it: linear in all.
  buffer_.erase(0, at_);
  at_ = 0;
  while (buffer_.size() < size && !ended_) {
    const size_t had = buffer_.size();
    const size_t more = std::max(piece_, size - had);
    buffer_.resize(had + more);
    const absl::StatusOr<size_t> got = source_->Read(buffer_.data() + had, more);
    buffer_.resize(had + (got.ok() ? *got : 0));
    LOGPRESS_RETURN_IF_ERROR(got.status());
    ended_ = *got == 0;
  }
  return rest();
}

void SourceBuffer::Consume(size_t size) {
  at_ += size;
  offset_ += size;
}

absl::Status SourceBuffer::Skip(uint64_t* size) {
  while (*size > 0) {
    LOGPRESS_ASSIGN_OR_RETURN(const ByteView ready, Peek(1));
    if (ready.empty()) break;
    const size_t skipped = static_cast<size_t>(std::min<uint64_t>(*size, ready.size()));
    Consume(skipped);
    *size -= skipped;
  }
  return absl::OkStatus();
}

absl::Status SourceBuffer::Fill(uint64_t size, ByteBuffer* out) {
  const ByteView ready =
      rest().substr(0, static_cast<size_t>(std::min<uint64_t>(size - out->size(), SIZE_MAX)));
  out->append(ready);
  Consume(ready.size());
  while (out->size() < size && !ended_) {
    const size_t had = out->size();
    const size_t growth = piece_ < kSmallGrowth ? kSmallGrowth : std::max(had, kFirstGrowth);
    const size_t more = static_cast<size_t>(std::min<uint64_t>(size - had, growth));
    out->resize(had + more);
    size_t filled = 0;
    absl::Status status;
    while (filled < more && status.ok() && !ended_) {
      const absl::StatusOr<size_t> got = source_->Read(out->data() + had + filled, more - filled);
      if (got.ok()) {
        filled += *got;
        ended_ = *got == 0;
      } else {
        status = got.status();
      }
    }
    out->resize(had + filled);
    offset_ += filled;
    LOGPRESS_RETURN_IF_ERROR(status);
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
