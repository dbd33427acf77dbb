// Where the bytes of a payload come from: memory, or a file that is read piece by piece.
#ifndef LOGPRESS_BACKEND_PAYLOAD_SOURCE_H_
#define LOGPRESS_BACKEND_PAYLOAD_SOURCE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "base/bytes.h"

namespace logpress::backend {

// One thread at a time.
class PayloadSource {
 public:
  virtual ~PayloadSource() = default;
  // Of the payload, in bytes.
  virtual uint64_t size() const = 0;
  // How many of its first bytes can be read: all, unless somebody has only those.
  virtual uint64_t available() const { return size(); }
  // Sets *bytes to those from `offset` on, which must all be there. They stay as they are until the
  // next call.
  virtual absl::Status Read(uint64_t offset, uint64_t size, ByteView* bytes) = 0;
};

class MemoryPayload : public PayloadSource {
 public:
  // Borrows the bytes.
  explicit MemoryPayload(ByteView bytes) : MemoryPayload(bytes, bytes.size()) {}
  // The first bytes of a payload of `size` bytes; the others are not to be had.
  MemoryPayload(ByteView bytes, uint64_t size) : bytes_(bytes), size_(size) {}

  uint64_t size() const override { return size_; }
  uint64_t available() const override { return bytes_.size(); }
  absl::Status Read(uint64_t offset, uint64_t size, ByteView* bytes) override {
    if (offset > bytes_.size() || size > bytes_.size() - offset)
      return absl::DataLossError("the payload ends before these bytes");
    *bytes = bytes_.substr(offset, size);
    return absl::OkStatus();
  }

 private:
  ByteView bytes_;
  uint64_t size_;
};

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_PAYLOAD_SOURCE_H_
