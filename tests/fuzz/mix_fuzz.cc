// Hostile payloads for the decoder of mix, of small blocks: its tables are large, and asking for
// them takes longer than all else.
//
// Input: see decode_input.h.
#include <cstddef>
#include <cstdint>

#include "fuzz/decode_input.h"

using namespace logpress;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr uint64_t kMostRaw = 4096;
  fuzz::DecodeInput input;
  if (!fuzz::ReadDecodeInput(data, size, &input)) return -1;
  input.backend = block::BackendId::kMix;
  input.raw_size %= kMostRaw;
  fuzz::CheckDecoding(input);
  return 0;
}
