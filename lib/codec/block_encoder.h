// The encoder's half of the block codec; see block_codec.h for the streams.
#ifndef LOGPRESS_CODEC_BLOCK_ENCODER_H_
#define LOGPRESS_CODEC_BLOCK_ENCODER_H_

#include "codec/block_codec.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Appends the block to *streams. `models` must be as at the beginning.
void EncodeBlock(const ir::BlockView& block, Models* models, Streams* streams);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BLOCK_ENCODER_H_
