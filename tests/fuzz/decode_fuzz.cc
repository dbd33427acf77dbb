// Hostile payloads for the block decoder: it must not crash, hang, or take more memory than a block
// of the promised size may, and must give exactly the promised size or an error. Those of mix,
// which takes a hundred times as long, are for mix_fuzz.
//
// Input: see decode_input.h. Those of the backend "store" are worth most: their segments are
// what the codecs read.
#include <cstddef>
#include <cstdint>

#include "fuzz/decode_input.h"

using namespace logpress;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::DecodeInput input;
  if (!fuzz::ReadQuickDecodeInput(data, size, &input)) return -1;
  fuzz::CheckDecoding(input);
  return 0;
}
