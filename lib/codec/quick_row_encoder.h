// Writes the rows of a table by QuickRowModel, and lists of numbers, as planes of bytes; the
// decoder is quick_row_decoder.h.
//
//   rows     templates, if the table has more than one; for each template, for each eight of its
//            slots that tell something: the masks of its rows; for each column: the codes of its
//            values that were not expected
//   numbers  the residuals of all
//
// A slot tells nothing if its dictionary has one value. The code of an id is QuickDictionary's,
// that of a number the zigzag of its difference to NumberCoder::Base.
#ifndef LOGPRESS_CODEC_QUICK_ROW_ENCODER_H_
#define LOGPRESS_CODEC_QUICK_ROW_ENCODER_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/quick_row_model.h"
#include "codec/row_model.h"
#include "ir/ir.h"

namespace logpress::codec {

// Reused table after table for its memory. One thread at a time.
class QuickRowEncoder {
 public:
  // `numbers` codes a list of numbers from its beginning.
  void EncodeNumbers(std::span<const int64_t> values, NumberCoder numbers, ByteBuffer* meta,
                     ByteBuffer* coded);

  // Encodes some rows of the table, which have these templates. `columns` and `dictionaries`, one
  // for each of the table's, are as their decoder begins with; (*next)[c] is the first value of
  // column c among these rows, and afterwards the one behind its last. `key` is as in RowModel.
  void EncodeRows(const ir::Table& table, std::span<const uint32_t> row_template, Models* models,
                  uint64_t key, std::span<ColumnState> columns,
                  std::span<const DictionaryState> dictionaries, Vector<uint32_t>* next,
                  ByteBuffer* meta, ByteBuffer* coded);

 private:
  // One that tells something.
  struct Slot {
    uint32_t column;
    bool number;
  };
  // A column.
  struct Source {
    const int64_t* numbers;
    const uint32_t* ids;
    uint32_t next;  // its value that comes next
    uint32_t dictionary;
    QuickColumn model;
  };

  void Prepare(const ir::Table& table, std::span<const ColumnState> columns,
               std::span<const DictionaryState> dictionaries, const Vector<uint32_t>& next);
  void EncodeRow(std::span<const Slot> slots, uint32_t mask, QuickRowModel* rows,
                 std::span<ColumnState> columns);

  Vector<Slot> slots_;           // of all templates, one after the other
  Vector<uint32_t> slot_begin_;  // per template; one more
  Vector<uint32_t> mask_begin_;
  Vector<Source> sources_;
  Vector<QuickDictionary> dictionaries_;
  Vector<Vector<uint8_t>> masks_;
  Vector<Vector<uint32_t>> missed_ids_;  // per column; of one of the two kinds
  Vector<Vector<uint64_t>> missed_numbers_;
  Vector<uint64_t> residuals_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_QUICK_ROW_ENCODER_H_
