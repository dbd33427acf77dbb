// Encodes the intermediate representation of a block into its streams; decoder.h reads them.
//
// Lists are written from the leaves up: the dictionaries of a table's columns first, then its rows.
// So the decoder knows every value before it meets the first row.
#ifndef LOGPRESS_CODEC_ENCODER_H_
#define LOGPRESS_CODEC_ENCODER_H_

#include "base/memory.h"
#include "codec/quick_row_encoder.h"
#include "codec/row_model.h"
#include "codec/streams.h"
#include "ir/ir.h"

namespace logpress::codec {

// Whether `block` has structure (a root that is a table), and not so much of it that a decoder
// would refuse it: see decode_cost.h. If not, it must be packed as a raw block.
bool CanEncode(const ir::BlockView& block);

// Reused block after block, so that its tables are paid once. One thread at a time.
class Encoder : public InMemory {
 public:
  // Replaces the contents of *streams. CanEncode(block) must hold.
  void Encode(const ir::BlockView& block, const CodecOptions& options, Streams* streams);

 private:
  Models models_;
  QuickRowEncoder quick_rows_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ENCODER_H_
