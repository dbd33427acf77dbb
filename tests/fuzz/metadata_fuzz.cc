// Hostile descriptions of blocks: what the first bytes of a payload tell of templates and columns.
//
// Input: as decode_fuzz reads it; of the payload, half may be missing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/bytes.h"
#include "block/block_coder.h"
#include "fuzz/decode_input.h"

using namespace logpress;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::DecodeInput input;
  if (!fuzz::ReadQuickDecodeInput(data, size, &input)) return -1;
  static auto* const decoder = new block::BlockDecoder;
  for (const size_t have : {input.payload.size(), input.payload.size() / 2}) {
    codec::BlockMetadata metadata;
    const absl::Status status =
        decoder->ReadMetadata(input.backend, input.payload.substr(0, have), input.payload.size(),
                              input.raw_size, uint64_t{64} << 20, &metadata);
    if (status.ok() && metadata.templates.size() > input.raw_size) abort();
  }
  return 0;
}
