// All that changes while rows are coded with their values: models, what came last, new values.
#ifndef LOGPRESS_PRIMER_STATE_H_
#define LOGPRESS_PRIMER_STATE_H_

#include <cstdint>

#include "base/memory.h"
#include "codec/row_model.h"
#include "primer/shape.h"
#include "primer/text_coder.h"

namespace logpress::primer {

// Beside the coder of a sequence of numbers.
struct NumberState {
  uint32_t flags = kNone;  // window of two models: is it text, has its zone changed
  bool fresh = true;       // no number yet in this block
  int64_t extra = 0;       // of timestamps
  codec::NumberCoder extras{codec::Transform::kPlain};
};

struct TableState {
  codec::RowModel rows;
  uint32_t usual = kNone;  // window of a model a template: are constants what they were
  Vector<codec::ColumnState> columns;
  Vector<NumberState> column_numbers;  // per column
  Vector<codec::DictionaryState> dictionaries;
  Vector<codec::NumberCoder> lists;  // per dictionary
  Vector<NumberState> list_numbers;  // per dictionary
};

struct State : InMemory {
  codec::Models models;
  Vector<TableState> tables;
  TextCoder text;
  codec::NumberCoder text_sizes{codec::Transform::kUnsigned};  // of long strings
  uint32_t row_end = kNone;                                    // model: ends a loose row in '\n'
  codec::NumberCoder row_sizes{codec::Transform::kUnsigned};   // of loose rows that do not

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // That before the first row of a dictionary.
  void Start(const Shape& shape);
  // That of a block before its first row: what `base` is.
  void StartFrom(const State& base);
  // After the last row of a dictionary: the next number is that of another block.
  void EndBlock();
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_STATE_H_
