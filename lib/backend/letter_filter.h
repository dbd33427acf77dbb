// Which runs of letters the bytes of a block may have: some hundred bytes in front of a payload
// that takes long to decode, by which most searches for a word end that is not there.
//
// A run is four letters, capitals or not, or small ones alone. Those of the vocabulary may be in
// any block; the others have places by a hash. Where there are few bits only the first places have
// one, and a run of any other may be there: half the runs and a bit for each tell more than all of
// them and hardly a bit that is clear.
#ifndef LOGPRESS_BACKEND_LETTER_FILTER_H_
#define LOGPRESS_BACKEND_LETTER_FILTER_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace logpress::backend {

// Immutable; any threads.
class LetterFilter {
 public:
  // That of a block whose payload takes `payload_size` bytes without it; none where it would take
  // more than a 256th of that, or tell too little.
  static std::optional<LetterFilter> Make(ByteView block, uint64_t payload_size);

  // Appends it to *out, and reads it from there: false if that is no filter.
  void Put(ByteBuffer* out) const;
  static bool Get(ByteReader* reader, LetterFilter* filter);

  // Whether the block may have these bytes, by their letters. A capital may stand for either.
  bool MayHold(ByteView bytes) const;

 private:
  uint64_t PlaceOf(uint32_t run) const;

  bool any_case_ = false;  // of letters; or else they are small ones
  uint64_t places_ = 1;    // that runs have, of which the first are bits
  ByteBuffer bits_;
};

}  // namespace logpress::backend

#endif  // LOGPRESS_BACKEND_LETTER_FILTER_H_
