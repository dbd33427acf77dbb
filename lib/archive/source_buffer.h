// Looks ahead in a source that cannot seek, and puts bytes back into it.
#ifndef LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_
#define LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"

namespace logpress::archive {

// One thread at a time. Borrows the source.
class SourceBuffer {
 public:
  explicit SourceBuffer(ByteSource* source) : source_(source) {}

  // The next bytes: at least `size` of them unless the source ends before. Valid until the next
  // call that is not const.
  absl::StatusOr<ByteView> Peek(size_t size);
  // Drops `size` bytes of what Peek returned.
  void Consume(size_t size);
  // Replaces *out by the next `size` bytes, fewer when the source ends before, and drops them here.
  // Memory is taken as the bytes arrive, so that a wrong `size` alone takes none.
  absl::Status Read(uint64_t size, ByteBuffer* out);
  // Puts back what was just read.
  void Unread(ByteView bytes);

  // Where in the source the next byte stands.
  uint64_t offset() const { return offset_; }
  // Bytes that the source has given so far.
  uint64_t pulled() const { return pulled_; }

 private:
  absl::Status Fill(size_t size);
  ByteView rest() const { return {buffer_.data() + at_, buffer_.size() - at_}; }

  ByteSource* source_;
  ByteBuffer buffer_;
  size_t at_ = 0;  // bytes of buffer_ before it are dropped
  bool ended_ = false;
  uint64_t offset_ = 0;
  uint64_t pulled_ = 0;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_SOURCE_BUFFER_H_
