// Hostile payloads for the block decoder: it must not crash, hang, or take more memory than a block
// of the promised size may, and must give exactly the promised size or an error.
//
// Input: a byte that chooses the backend and, from 128 on, a decoder that measures too; three bytes
// that are the promised size (little-endian, up to a megabyte), and the payload.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>

#include "base/bytes.h"
#include "block/block_coder.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace logpress;
  constexpr size_t kHeader = 4;
  if (size < kHeader) return 0;
  // One more than there are: an unknown backend must be refused.
  const auto backend = static_cast<block::BackendId>(data[0] % 5);
  const uint64_t raw_size =
      (data[1] | static_cast<uint64_t>(data[2]) << 8 | static_cast<uint64_t>(data[3]) << 16) &
      0xfffff;
  const ByteView payload(reinterpret_cast<const char*>(data) + kHeader, size - kHeader);
  static auto* const decoder = new block::BlockDecoder;
  ByteBuffer raw;
  codec::Breakdown parts;
  const absl::Status status = decoder->Decode(backend, payload, raw_size, 0, &raw, ~uint64_t{0},
                                              data[0] < 128 ? nullptr : &parts);
  if (!status.ok()) return 0;
  if (raw.size() != raw_size) abort();
  const codec::Breakdown::Sizes sizes = parts.Bytes();
  const uint64_t all = std::accumulate(sizes.begin(), sizes.end(), uint64_t{0});
  if (data[0] >= 128 && all != payload.size()) abort();
  return 0;
}
