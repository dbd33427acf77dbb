// Packs plain bytes with a general-purpose compressor.
#ifndef LOGPRESS_BACKEND_BYTE_PACKER_H_
#define LOGPRESS_BACKEND_BYTE_PACKER_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::backend {

// Which packer made a segment. The first four values are in payloads and part of the format.
enum class PackerId : uint8_t { kStore = 0, kZstd = 1, kXz = 2, kText = 3, kPrimed = 4 };
inline constexpr size_t kPackerIds = 5;

// One compressor behind a small face. An object keeps its context from call to call. One thread at
// a time.
class BytePacker : public InMemory {
 public:
  virtual ~BytePacker() = default;

  // Appends the packed form of `bytes` to *out. `level` is logpress's, 1 to 9.
  virtual absl::Status Pack(ByteView bytes, int level, ByteBuffer* out) = 0;

  // Appends exactly `size` bytes to *out: those that `packed` was made from. `packed` may be
  // hostile: kDataLoss if it is not a packed form of so many bytes.
  virtual absl::Status Unpack(ByteView packed, uint64_t size, ByteBuffer* out) = 0;

  // Bytes that Pack may take beside its output for `size` bytes or fewer, and between calls.
  virtual uint64_t PackMemory(uint64_t size, int level) const = 0;

  // Bytes that Unpack may take beside its output for a result of `size` bytes.
  virtual uint64_t UnpackMemory(uint64_t size) const = 0;
};

std::unique_ptr<BytePacker> NewPacker(PackerId id);
std::unique_ptr<BytePacker> NewStorePacker();
std::unique_ptr<BytePacker> NewZstdPacker();
std::unique_ptr<BytePacker> NewXzPacker();
std::unique_ptr<BytePacker> NewTextPacker();
std::unique_ptr<BytePacker> NewPrimedPacker();

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_BYTE_PACKER_H_
