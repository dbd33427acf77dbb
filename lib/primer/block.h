// Blocks that start from a trained dictionary.
#ifndef LOGPRESS_PRIMER_BLOCK_H_
#define LOGPRESS_PRIMER_BLOCK_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "cluster/skeleton.h"
#include "primer/decode_side.h"
#include "primer/encode_side.h"
#include "primer/primer.h"
#include "primer/state.h"

namespace logpress::primer {

// A block before its bytes are packed.
struct Coded {
  ByteBuffer rows;   // coded bits
  ByteBuffer loose;  // rows that fit no template of the dictionary, as they are
  ByteBuffer text;   // long strings
};

// Codes the rows of blocks. Kept from block to block for its memory. One thread at a time; many
// may share a primer, which must outlive them.
class RowEncoder : public InMemory {
 public:
  explicit RowEncoder(const Primer& primer);

  // Replaces *coded by what `raw` is made of.
  void Encode(ByteView raw, Coded* coded);

 private:
  const Primer& primer_;
  State state_;
  EncodeSide side_;
  cluster::SkeletonSet skeletons_;
  Matcher::Plans plans_;
  Vector<Slice> rows_;
  Vector<Slice> slots_;
};

class RowDecoder : public InMemory {
 public:
  explicit RowDecoder(const Primer& primer);

  // Appends exactly `raw_size` bytes to *raw: those that a Coded was made from, which may be
  // hostile. kDataLoss if it does not give so many.
  absl::Status Decode(ByteView rows, ByteView loose, ByteView text, uint64_t raw_size,
                      ByteBuffer* raw);

 private:
  const Primer& primer_;
  State state_;
  DecodeSide side_;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_BLOCK_H_
