// The decoder's half of the block codec; see block_codec.h for the streams.
#ifndef LOGPRESS_CODEC_BLOCK_DECODER_H_
#define LOGPRESS_CODEC_BLOCK_DECODER_H_

#include "absl/status/status.h"
#include "base/bytes.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Appends exactly `raw_size` bytes to *raw, or the first `max_lines` lines of them, at least 1, or
// returns kDataLoss. `models` must be as at the beginning.
absl::Status DecodeBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                         uint64_t max_lines, Models* models, ByteBuffer* raw);

// DecodeBlock of all lines; adds to *parts where the bytes of the streams went.
absl::Status MeasureBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                          Models* models, ByteBuffer* raw, StreamBreakdown* parts);

// Fills *metadata from the first bytes of meta (without the number of contexts), or returns
// kDataLoss.
absl::Status DecodeMetadata(ByteView meta, uint64_t raw_size, BlockMetadata* metadata);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BLOCK_DECODER_H_
