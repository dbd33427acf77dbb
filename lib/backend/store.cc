#include "absl/status/status.h"
#include "backend/byte_packer.h"

namespace logpress::backend {
namespace {

// Keeps the bytes as they are.
class StorePacker : public BytePacker {
 public:
  absl::Status Pack(ByteView bytes, int /*level*/, ByteBuffer* out) override {
    out->append(bytes);
    return absl::OkStatus();
  }

  absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) override {
    if (packed.size() != size) return absl::DataLossError("stored bytes have the wrong size");
    out->append(packed);
    return absl::OkStatus();
  }

  uint64_t PackMemory(uint64_t /*size*/, int /*level*/) const override { return 0; }

  uint64_t UnpackMemory(uint64_t /*size*/) const override { return 0; }
};

}  // namespace

std::unique_ptr<BytePacker> NewStorePacker() { return std::make_unique<StorePacker>(); }

}  // namespace logpress::backend
