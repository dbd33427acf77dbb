// In a file of its own: where the compiler sees two decoders it divides its inlining between them,
// which cost the one that matters 2 % of its speed.
#include "codec/block_decoder.h"
#include "codec/list_decoder.h"
#include "codec/metered_decoder.h"

namespace logpress::codec {

absl::Status MeasureBlock(ByteView meta, ByteView text, ByteView coded, uint64_t raw_size,
                          Models* models, ByteBuffer* raw, StreamBreakdown* parts) {
  const MeteredDecoder coder(coded, &parts->coded);
  return ListDecoder(meta, text, coded, coder, raw_size, models, parts).Run(~uint64_t{0}, raw);
}

}  // namespace logpress::codec
