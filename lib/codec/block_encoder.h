// The encoder's half of the block codec; see block_codec.h for the streams.
#ifndef LOGPRESS_CODEC_BLOCK_ENCODER_H_
#define LOGPRESS_CODEC_BLOCK_ENCODER_H_

#include "codec/block_codec.h"
#include "codec/quick_row_encoder.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Appends the block to *streams. `models` must be as at the beginning; `quick_rows` is used when
// there are no contexts.
void EncodeBlock(const ir::BlockView& block, Models* models, QuickRowEncoder* quick_rows,
                 Streams* streams);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BLOCK_ENCODER_H_
