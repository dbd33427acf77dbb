// The streams that a block with structure is coded into, before a backend packs them.
#ifndef LOGPRESS_CODEC_STREAMS_H_
#define LOGPRESS_CODEC_STREAMS_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::codec {

//   meta   what the block is made of: templates, columns, kinds and formats, groups of rows
//   text   strings that are kept as bytes
//   lists  values of dictionaries: numbers, and the rows of tables below the block's own; in parts
//          that decode each by itself, where there is a large dictionary (list_parts.h)
//   rows   template ids, dictionary ids and numbers of the block's rows, group after group
//
// Meta and text are bytes for a byte packer. Lists and rows are entropy-coded and dense already, or
// for the fastest level planes of bytes (byte_planes.h), for a byte packer again.
struct Streams {
  ByteBuffer meta;
  size_t metadata_size = 0;  // the first bytes of meta, which describe rows, columns and groups
  ByteBuffer text;
  ByteBuffer lists;
  ByteBuffer rows;
  Vector<size_t> row_ends;  // where in rows each group ends

  void Clear() {
    meta.clear();
    metadata_size = 0;
    text.clear();
    lists.clear();
    rows.clear();
    row_ends.clear();
  }
};

struct CodecOptions {
  // Contexts that are asked for each dictionary id, 1, 2, 3 or 6: more find more and take longer.
  // With 7 all are mixed (mixed_values.h). With 0, one is asked, and lists and rows are planes of
  // bytes (quick_row_model.h).
  uint32_t contexts = 6;
  // At most 2^guess_bits guesses are kept, 16 to kMaxGuessBits: a small table stays in the
  // processor's cache, a large one forgets less. A small block takes a smaller one.
  int guess_bits = kMaxGuessBits;
  // Whether large dictionaries are coded each by itself (list_parts.h).
  bool lists_in_parts = true;

  static constexpr int kMaxGuessBits = 22;
};

// Bytes that planes of a block may take: others are refused. Real logs have a tenth of it.
constexpr uint64_t PlanesBudget(uint64_t raw_size) { return raw_size + (uint64_t{64} << 10); }

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_STREAMS_H_
