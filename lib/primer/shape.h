// The structure that a trained dictionary describes: the tables of its rows and of their values.
#ifndef LOGPRESS_PRIMER_SHAPE_H_
#define LOGPRESS_PRIMER_SHAPE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/row_model.h"

namespace logpress::primer {

inline constexpr uint32_t kNone = ~uint32_t{0};

// A table, and which tables the values of its dictionaries have.
struct ShapeTable {
  codec::DecodedTable table;      // without values
  uint32_t first_dictionary = 0;  // number of its first dictionary among those of all tables
  Vector<uint32_t> below;         // per dictionary: its table in Shape::tables, or kNone
};

struct Shape {
  Vector<ShapeTable> tables;  // that of the rows is the first
  uint32_t dictionaries = 0;  // of all tables

  // Reads it from the stream meta of a block of `raw_size` bytes with three contexts, which may be
  // hostile.
  absl::Status Parse(ByteView meta, uint64_t raw_size);
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_SHAPE_H_
