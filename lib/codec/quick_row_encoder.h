// Writes the rows of a table by QuickRowModel, and lists of numbers, as planes of bytes; the
// decoder is quick_row_decoder.h.
//
//   table   templates of its rows, if it has more than one; for each template, for each eight of
//   its
//           slots that tell something: the masks of its rows; for each column: the codes of its
//           values that were not expected
//   numbers the residuals of all
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

  // `columns` and `dictionaries`, one for each of the table's, are as at the beginning.
  void EncodeRows(const ir::Table& table, Models* models, std::span<ColumnState> columns,
                  std::span<const DictionaryState> dictionaries, ByteBuffer* meta,
                  ByteBuffer* coded);

 private:
  // One that tells something.
  struct Slot {
    uint32_t column;
    bool number;
  };
  // One of the table, with what is still to come of it.
  struct Source {
    const int64_t* numbers;
    const uint32_t* ids;
    uint32_t dictionary;
    QuickColumn model;
  };

  void Prepare(const ir::Table& table, std::span<const ColumnState> columns,
               std::span<const DictionaryState> dictionaries);
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
