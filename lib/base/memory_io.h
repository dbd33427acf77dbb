// The interfaces of base/io.h over bytes in memory.
#ifndef LOGPRESS_BASE_MEMORY_IO_H_
#define LOGPRESS_BASE_MEMORY_IO_H_

#include <algorithm>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/io.h"

namespace logpress {

// Appends to a buffer, which is borrowed.
class BufferSink : public ByteSink {
 public:
  explicit BufferSink(ByteBuffer* buffer) : buffer_(buffer) {}
  absl::Status Write(ByteView bytes) override {
    buffer_->append(bytes);
    return absl::OkStatus();
  }

 private:
  ByteBuffer* buffer_;
};

// Gives the bytes of a view, which is borrowed, at most `piece` at a time (as a pipe would).
class ViewSource : public ByteSource {
 public:
  explicit ViewSource(ByteView bytes, size_t piece = SIZE_MAX) : rest_(bytes), piece_(piece) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    size = std::min({size, piece_, rest_.size()});
    rest_.copy(buffer, size);  // an empty view may have no place, which memcpy must not see
    rest_.remove_prefix(size);
    return size;
  }

 private:
  ByteView rest_;
  size_t piece_;
};

// Random access to the bytes of a view, which is borrowed.
class ViewRandomAccess : public RandomAccess {
 public:
  explicit ViewRandomAccess(ByteView bytes) : bytes_(bytes) {}
  uint64_t Size() const override { return bytes_.size(); }
  absl::Status ReadAt(uint64_t offset, size_t size, char* buffer) override {
    if (offset > bytes_.size() || size > bytes_.size() - offset)
      return absl::OutOfRangeError("read beyond the end");
    bytes_.copy(buffer, size, offset);
    return absl::OkStatus();
  }

 private:
  ByteView bytes_;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_MEMORY_IO_H_
