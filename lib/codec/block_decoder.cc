#include "codec/block_decoder.h"

#include "codec/list_decoder.h"
#include "codec/range_coder.h"

namespace logpress::codec {

absl::Status DecodeBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                         uint64_t max_lines, Models* models, ByteBuffer* raw) {
  return ListDecoder(meta, text, coded, RangeDecoder(coded), raw_size, models).Run(max_lines, raw);
}

absl::Status DecodeMetadata(ByteView meta, uint64_t raw_size, BlockMetadata* metadata) {
  Models models;  // only for its keys
  return ListDecoder(meta, "", "", RangeDecoder(""), raw_size, &models).RunMetadata(metadata);
}

}  // namespace logpress::codec
