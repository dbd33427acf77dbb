// The intermediate representation of one block.
//
// Everything is a list of byte strings. The block is the list of its rows; a table divides each
// string of a list into a template and values; the values of one slot are a column; and the
// distinct values of a column are again a list of byte strings, divided more finely. So one
// structure, and one pair of encoder and decoder, serves lines, the URLs in them, the addresses in
// those and the digits in those:
//
//   Strings --- text     kept as bytes
//           +-- numbers  every string is an integer or a timestamp in one format
//           +-- table    row -> template id; column -> ids into a dictionary, which is Strings
//           again, or numbers
//
// Nothing is copied: slices point into the block's text. All spans live in the arena of the
// builder's context.
#ifndef LOGPRESS_IR_IR_H_
#define LOGPRESS_IR_IR_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::ir {

using text::Slice;

// How an integer was written. Only strings that the format renders back to the same bytes are
// numbers.
struct NumberFormat {
  // kPoint: decimal with a point, 12.50; the integer is all of its digits.
  enum Radix : uint8_t { kDecimal = 0, kHexLower = 1, kHexUpper = 2, kPoint = 3 };
  Radix radix = kDecimal;
  // Digits of a zero-padded number, 1 to 18 (decimal) or 16 (hexadecimal); 0: no leading zeros, and
  // decimal numbers may carry a '-'. kPoint: digits behind the point, 1 to 17; none too many before
  // it, and there may be a '-'.
  uint8_t width = 0;

  bool operator==(const NumberFormat&) const = default;
};

// Integers that stand for strings: numbers as they are written, or timestamps as ticks.
struct Numbers {
  // What ticks do not determine (a zone) changes rarely: from value `begin` on it is `extra`.
  struct ExtraRun {
    uint32_t begin;
    int64_t extra;
  };

  NumberFormat format;
  const time::TimestampFormat* timestamp = nullptr;  // null: a number in `format`
  std::span<const int64_t> values;
  std::span<const ExtraRun> extras;  // timestamps only; the first begins at 0
};

struct Table;

struct Strings {
  enum class Kind : uint8_t { kText = 0, kNumbers = 1, kTable = 2 };
  Kind kind = Kind::kText;
  std::span<const Slice> values;  // the strings themselves, whatever the kind
  Numbers numbers;                // kNumbers
  const Table* table = nullptr;   // kTable
};

// The values of a slot, or of several slots that stand for the same thing, in row order.
struct Column {
  enum class Kind : uint8_t { kDictionary = 0, kNumbers = 1 };
  Kind kind = Kind::kDictionary;
  uint32_t dictionary = 0;        // kDictionary: index into Table::dictionaries
  std::span<const uint32_t> ids;  // kDictionary: per value an index into the dictionary
  // kDictionary: most of its values came first in another column of its dictionary.
  bool repeats = false;
  Numbers numbers;  // kNumbers: one a value
};

// A row that matches is literals[0] value[0] literals[1] ... value[n - 1] literals[n], values taken
// from columns[i].
struct Template {
  std::span<const Slice> literals;    // one more than columns
  std::span<const uint32_t> columns;  // indexes into Table::columns
  uint32_t rows;
};

struct Table {
  std::span<const Template> templates;     // in order of first occurrence
  std::span<const uint32_t> row_template;  // per row
  std::span<const Column> columns;         // in the order in which templates first use them
  // Distinct values in order of first occurrence, row by row. Columns that hold much the same
  // values share one.
  std::span<const Strings* const> dictionaries;
};

// One block. `root` holds its rows; a raw block has no structure, only text.
struct BlockView {
  ByteView text;
  const Strings* root = nullptr;  // null: a raw block
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_IR_H_
