// A range decoder that knows how much of its stream each thing took that was decoded.
//
// What a decision costs is how much it narrows the range: log2 of the range before over the range
// after, by which the stream goes on. So the place in the stream is known to a fraction of a bit
// after every decision, and what lies between two places is what was decoded between them. Nothing
// is rounded twice, however many decisions of a thousandth of a bit there are.
#ifndef LOGPRESS_CODEC_METERED_DECODER_H_
#define LOGPRESS_CODEC_METERED_DECODER_H_

#include <cstdint>

#include "base/log2.h"
#include "codec/breakdown.h"
#include "codec/range_coder.h"

namespace logpress::codec {

class MeteredDecoder : public BasicRangeDecoder<true> {
 public:
  // Adds to *parts, which must outlive the decoder.
  MeteredDecoder(ByteView bytes, Breakdown* parts)
      : BasicRangeDecoder(bytes), parts_(parts), charged_(Place()) {}

  MeteredDecoder On(ByteView bytes) const { return {bytes, parts_}; }

  // Adds one `part` of the size of all that was decoded since the last call.
  void Charge(Part part, int depth) {
    const uint64_t place = Place();
    parts_->Add(part, depth, place - charged_, 1);
    charged_ = place;
    unguessed_ = false;
  }
  // The same for an id of a dictionary.
  void ChargeId(bool is_new, int depth) {
    Charge(is_new ? Part::kNewIds : unguessed_ ? Part::kUnguessedIds : Part::kGuessedIds, depth);
  }
  // To be told when no guess of an id was right, before it is charged.
  void NoteUnguessed() { unguessed_ = true; }

 private:
  // In units of 2^-12 bits. Does not go back, as the range only becomes narrower.
  uint64_t Place() const { return (bytes_read() << Breakdown::kUnitBits) - Log2Fixed(range()); }
  static_assert(Breakdown::kUnitBits == kLog2FractionBits + 3);

  Breakdown* parts_;
  uint64_t charged_;
  bool unguessed_ = false;
};

// Says what was decoded since the last call. Nothing at all for encoders and for decoders without a
// meter.
template <typename Coder>
void Charge(Coder& coder, Part part, int depth) {
  if constexpr (Coder::kMetered) coder.Charge(part, depth);
}
template <typename Coder>
void ChargeId(Coder& coder, bool is_new, int depth) {
  if constexpr (Coder::kMetered) coder.ChargeId(is_new, depth);
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_METERED_DECODER_H_
