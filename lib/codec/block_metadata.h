// What a block with structure is made of, known without decoding its lines: the templates of its
// rows with their counts, and what kinds of columns there are.
#ifndef LOGPRESS_CODEC_BLOCK_METADATA_H_
#define LOGPRESS_CODEC_BLOCK_METADATA_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "ir/ir.h"
#include "time/timestamp.h"

namespace logpress::codec {

struct BlockMetadata {
  // A row is literal, value, literal, ..., literal: one more than slots.
  struct Template {
    uint32_t first_literal;
    uint32_t first_slot;
    uint32_t slots;
    uint64_t rows = 0;
  };
  struct Column {
    enum class Kind : uint8_t { kText, kNumber, kTimestamp };
    Kind kind = Kind::kText;
    ir::NumberFormat number;  // kNumber
    uint32_t timestamp = 0;   // kTimestamp: index into timestamps
    uint64_t distinct = 0;    // different values, if somebody counted them
  };

  // A raw block has none of all this.
  Vector<Template> templates;
  ByteBuffer literals;            // end to end
  Vector<uint32_t> literal_ends;  // begins with a 0 that ends none
  Vector<uint32_t> slots;         // indexes into columns
  Vector<Column> columns;
  Vector<time::TimestampFormat> timestamps;

  ByteView literal(size_t i) const {
    return {literals.data() + literal_ends[i], literal_ends[i + 1] - literal_ends[i]};
  }
  // Whether it has no text of its own: its rows, which fit no template, are text in one slot.
  bool IsException(size_t i) const {
    const Template& entry = templates[i];
    if (entry.slots != 1 || !literal(entry.first_literal).empty()) return false;
    const ByteView end = literal(entry.first_literal + 1);
    return (end.empty() || end == "\n") &&
           columns[slots[entry.first_slot]].kind == Column::Kind::kText;
  }
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BLOCK_METADATA_H_
