// Decodes what was coded by mixed values; row_decoder.h and quick_row_decoder.h are its
// counterparts.
#ifndef LOGPRESS_CODEC_MIXED_ROW_DECODER_H_
#define LOGPRESS_CODEC_MIXED_ROW_DECODER_H_

#include <cstdint>

#include "codec/decoded_table.h"
#include "codec/number_coder.h"
#include "codec/row_model.h"

namespace logpress::codec {

// As DecodeRows. For the coders and sinks that there are.
template <typename Coder, typename Sink>
const char* DecodeMixedRows(int depth, uint64_t count, const DecodedTable& table,
                            uint32_t known_templates, RowState* state, Models* models, Coder& coder,
                            Sink& sink);

// The next number of a list.
template <typename Coder>
int64_t DecodeMixedNumber(Models* models, NumberCoder* numbers, Coder& coder);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_MIXED_ROW_DECODER_H_
