// The encoder's view of a block: its rows divided into patterns and values, and the values again.
#ifndef LOGPRESS_BACKEND_MIX_PARSE_H_
#define LOGPRESS_BACKEND_MIX_PARSE_H_

#include <cstdint>
#include <span>

#include "backend/mix/pattern.h"
#include "backend/mix/scanner.h"
#include "backend/mix/sizes.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::mix {

// No row, value or pattern is longer, as bytes: what a decoder holds of one is bounded by that.
inline constexpr uint32_t kMaxRow = 32768;

inline constexpr uint32_t kNoPattern = ~uint32_t{0};

// A distinct value: equal bytes of different kinds are different values.
struct ParsedValue {
  uint32_t offset;  // of one of its occurrences
  uint32_t size;
  uint32_t hash;
  uint32_t pattern = kNoPattern;
  uint32_t first_child = 0;  // values of its pattern's slots, in Parse::children
  uint32_t children = 0;
  uint32_t coded = 0;  // the model's number for it, 0 before it was coded
  uint8_t kind;
  bool divided = false;  // tried to
};

struct ParsedPattern {
  ByteBuffer text;  // see pattern.h
  uint32_t slots = 0;
  uint64_t rows = 0;            // that have it
  uint32_t coded = kNoPattern;  // the model's number for it
};

struct ParsedRow {
  uint32_t pattern;
  uint32_t first_child;
};

struct Parse {
  // The block's rows, or pieces of them where one is longer than kMaxRow: a decoder does not care.
  std::span<const text::Slice> rows;
  Vector<text::Slice> pieces;  // what `rows` points to in that case
  Vector<ParsedRow> parsed_rows;
  Vector<ParsedPattern> patterns;
  Vector<uint32_t> row_patterns;  // patterns of rows, in the order in which they occur
  uint64_t rows_without = 0;      // rows that have no pattern
  Vector<ParsedValue> values;     // number 0 is none
  Vector<uint32_t> children;
};

// False if the block holds more than `sizes` allow.
bool ParseBlock(ByteView text, std::span<const text::Slice> rows,
                std::span<const time::TimestampFormat> formats, const Sizes& sizes, Parse* parse);

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_PARSE_H_
