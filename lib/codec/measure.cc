#include "codec/decoder.h"
#include "codec/decoder_internal.h"
#include "codec/metered_decoder.h"

namespace logpress::codec {

absl::Status BlockTables::OpenMeasured(ByteView meta, ByteView text, ByteView lists, Models* models,
                                       StreamBreakdown* parts) {
  return OpenWith(meta, text, lists, MeteredDecoder(lists, &parts->lists), models, parts);
}

absl::Status BlockTables::MeasureGroup(size_t group, ByteView rows, Models* models, ByteBuffer* raw,
                                       StreamBreakdown* parts) const {
  return Render(group, rows, MeteredDecoder(rows, &parts->rows), kAllLines, models, raw,
                &parts->rows);
}

}  // namespace logpress::codec
