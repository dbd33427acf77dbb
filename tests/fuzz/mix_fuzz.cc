// Hostile payloads for the decoder of mix, whole and for their description alone. The model is
// slow, and slower still when it is watched, so blocks are small, and raw ones, of which each byte
// takes eight decisions, smaller.
//
// Input: see decode_input.h. The size in the payload is made that of the input, or most changes
// would end there.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "fuzz/decode_input.h"

using namespace logpress;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr uint64_t kMostRaw = 256;
  constexpr uint64_t kMostStructured = 1024;
  fuzz::DecodeInput input;
  if (!fuzz::ReadDecodeInput(data, size, &input)) return -1;
  ByteReader reader(input.payload);
  uint64_t kind;
  uint64_t stated;
  if (!reader.GetVarint(&kind) || !reader.GetVarint(&stated)) return -1;
  input.backend = block::BackendId::kMix;
  input.raw_size %= kind == 0 ? kMostRaw : kMostStructured;
  ByteBuffer payload;
  PutVarint(&payload, kind);
  PutVarint(&payload, input.raw_size);
  payload.append(input.payload.substr(reader.position()));
  input.payload = payload;
  fuzz::CheckDecoding(input);
  static auto* const decoder = new block::BlockDecoder;
  codec::BlockMetadata metadata;
  decoder
      ->ReadMetadata(input.backend, input.payload, input.payload.size(), input.raw_size,
                     uint64_t{64} << 20, &metadata)
      .IgnoreError();
  return 0;
}
