// What values of slots are once what is variable in them is masked.
//
// Values that differ in digits alone have one mask. So it is made once for all of these, and
// remembered from block to block.
#ifndef LOGPRESS_STATEMENT_VALUE_MASKS_H_
#define LOGPRESS_STATEMENT_VALUE_MASKS_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/text_set.h"
#include "statement/tokens.h"

namespace logpress::statement {

// A value of one word with a digit, as Tokenize() has it, which most are: it varies as a whole.
bool IsPlain(ByteView value);

// One thread at a time.
class ValueMasks {
 public:
  // The mask of what varies as a whole.
  static constexpr uint32_t kVaries = 0;

  ValueMasks() { Clear(); }

  // The number of the value's mask.
  uint32_t Of(ByteView value);
  ByteView TextOf(uint32_t mask) const { return masks_[mask]; }

  // Bytes that are remembered.
  size_t bytes() const { return flats_.bytes() + masks_.bytes(); }
  void Clear();

 private:
  // Longer values are rare, and their masks are made each time.
  static constexpr size_t kMostFlat = kMostContent;

  ByteView Flat(ByteView value);
  uint32_t Make(ByteView value);

  TextSet masks_;
  TextSet flats_;                // values without their digits
  Vector<uint32_t> flat_masks_;  // of these
  char flat_[kMostFlat] = {};
  Vector<Token> tokens_;
  ByteBuffer masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_VALUE_MASKS_H_
