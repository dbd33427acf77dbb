// Looks ahead in a source that cannot seek, and puts bytes back into it.
#ifndef LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_
#define LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/byte_window.h"
#include "base/bytes.h"
#include "base/io.h"

namespace logpress::archive {

// Borrows the source.
class SourceBuffer : public ByteWindow {
 public:
  // Bytes that are asked for at once, unless more are needed; 1: no more than are needed ever.
  static constexpr size_t kPiece = size_t{256} << 10;

  explicit SourceBuffer(ByteSource* source, size_t piece = kPiece)
      : source_(source), piece_(piece) {}

  absl::StatusOr<ByteView> Peek(size_t size) override;
  void Consume(size_t size) override;
  absl::Status Skip(uint64_t* size) override;
  absl::Status Fill(uint64_t size, ByteBuffer* out) override;
  void Unread(ByteView bytes) override;
  bool MayHold(uint64_t size) const override { return !ended_ || size <= rest().size(); }
  uint64_t offset() const override { return offset_; }

 private:
  ByteView rest() const { return {buffer_.data() + at_, buffer_.size() - at_}; }

  ByteSource* const source_;
  const size_t piece_;
  ByteBuffer buffer_;
  size_t at_ = 0;  // bytes of buffer_ before it are dropped
  bool ended_ = false;
  uint64_t offset_ = 0;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_
