#include "codec/mixed_row_decoder.h"

#include "codec/metered_decoder.h"
#include "codec/mixed_row_model.h"
#include "codec/range_coder.h"
#include "codec/render_sink.h"
#include "codec/row_decoder.h"
#include "codec/row_sink.h"

namespace logpress::codec {

template <typename Coder, typename Sink>
const char* DecodeMixedRows(int depth, uint64_t count, const DecodedTable& table,
                            uint32_t known_templates, RowState* state, Models* models, Coder& coder,
                            Sink& sink) {
  return DecodeRows<MixedRowModel>(depth, count, table, known_templates, state, models, coder,
                                   sink);
}

template <typename Coder>
int64_t DecodeMixedNumber(Models* models, NumberCoder* numbers, Coder& coder) {
  return models->mixed->CodeNumber(coder, *numbers, 0, 0, 0);
}

template const char* DecodeMixedRows(int depth, uint64_t count, const DecodedTable& table,
                                     uint32_t known_templates, RowState* state, Models* models,
                                     RangeDecoder& coder, RenderSink& sink);
template const char* DecodeMixedRows(int depth, uint64_t count, const DecodedTable& table,
                                     uint32_t known_templates, RowState* state, Models* models,
                                     RangeDecoder& coder, RowCollector& sink);
template const char* DecodeMixedRows(int depth, uint64_t count, const DecodedTable& table,
                                     uint32_t known_templates, RowState* state, Models* models,
                                     MeteredDecoder& coder, RenderSink& sink);

template int64_t DecodeMixedNumber(Models* models, NumberCoder* numbers, RangeDecoder& coder);
template int64_t DecodeMixedNumber(Models* models, NumberCoder* numbers, MeteredDecoder& coder);

}  // namespace logpress::codec
