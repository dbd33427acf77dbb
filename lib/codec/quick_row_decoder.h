// Reads what quick_row_encoder.h wrote.
#ifndef LOGPRESS_CODEC_QUICK_ROW_DECODER_H_
#define LOGPRESS_CODEC_QUICK_ROW_DECODER_H_

#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/byte_planes.h"
#include "codec/decoded_table.h"
#include "codec/plane_meter.h"
#include "codec/quick_row_model.h"

namespace logpress::codec {

// The next value of a list or column of numbers, of which `residual` is told.
inline int64_t DecodeQuickNumber(uint64_t residual, NumberCoder* numbers) {
  const int64_t value = numbers->ValueOf(residual);
  numbers->Learn(value);
  return value;
}

// How many masks rows of a template have.
uint32_t QuickMasks(const DecodedTable& table, const DecodedTemplate& entry);
// How many numbers are put as planes for the rows of a table.
uint64_t QuickRowPlanes(const DecodedTable& table);

// Some rows of one table. Borrows everything. One thread at a time.
class QuickRowDecoder {
 public:
  QuickRowDecoder(const DecodedTable& table, RowState* state, Models* models)
      : table_(table), state_(*state), model_(&models->quick, table.key) {}

  // Takes the planes of the rows, which may be hostile, from the front of both. With `meter`, tells
  // it what they are. Null, or what is wrong with them.
  const char* Start(ByteReader* meta, ByteReader* coded, PlaneMeter* meter);

  // As DecodeRows of row_decoder.h.
  template <typename Sink>
  const char* Decode(uint64_t count, Sink& sink) {
    for (uint64_t row = 0; row < count && !sink.done(); ++row) {
      if (const char* const wrong = DecodeRow(sink); wrong != nullptr) return wrong;
    }
    return nullptr;
  }

 private:
  struct Column {
    QuickColumn model;
    PlaneReader missed;
  };
  // With what the table itself has of it.
  static_assert(sizeof(Column) + sizeof(DecodedColumn) + sizeof(ColumnState) <= kColumnCharge);
  static_assert(sizeof(QuickDictionary) + sizeof(DecodedDictionary) + sizeof(DictionaryState) +
                    sizeof(uint32_t) <=
                kListCharge);
  // A template has a mask for every eight slots or part of them, and a literal more than slots.
  static_assert(sizeof(PlaneReader) + sizeof(uint32_t) + 2 * sizeof(DecodedTemplate) <=
                kTemplateCharge + 2 * kLiteralCharge + kSlotCharge);

  template <typename Sink>
  const char* DecodeRow(Sink& sink) {
    uint64_t t = 0;
    if (table_.templates.size() != 1 && !templates_.Next(&t)) return "too few templates of rows";
    if (t >= table_.templates.size()) return "unknown template";
    model_.StartRow(static_cast<uint32_t>(t));
    const DecodedTemplate& entry = table_.templates[t];
    sink.BeginRow(entry);
    const char* wrong = nullptr;
    uint32_t slot = 0;  // those that tell something
    uint64_t missed = 0;
    for (const uint32_t c : table_.ColumnsOf(entry)) {
      const DecodedColumn& column = table_.columns[c];
      if (table_.IsConstant(column)) {
        wrong = sink.AddId(table_.dictionaries[column.source], 0);
      } else {
        const uint32_t bit = slot % QuickRowModel::kMaskBits;
        if (bit == 0 && !masks_[mask_begin_[t] + slot / QuickRowModel::kMaskBits].Next(&missed))
          return "too few masks of rows";
        ++slot;
        wrong = DecodeValue(c, (missed >> bit & 1) != 0, sink);
      }
      if (wrong != nullptr) return wrong;
    }
    return sink.EndRow();
  }

  template <typename Sink>
  const char* DecodeValue(uint32_t c, bool missed, Sink& sink) {
    const DecodedColumn& column = table_.columns[c];
    uint64_t code = 0;
    if (missed && !columns_[c].missed.Next(&code)) return "too few values of a column";
    if (column.numeric) {
      NumberCoder& numbers = state_.columns[c].numbers;
      numbers.Enter(model_.left());
      int64_t value = numbers.Expected();
      if (missed) {
        value = DecodeQuickNumber(code, &numbers);
      } else {
        numbers.Learn(value);
      }
      return sink.AddNumber(column, value);
    }
    const DecodedDictionary& values = table_.dictionaries[column.source];
    QuickDictionary& dictionary = dictionaries_[column.source];
    QuickColumn& model = columns_[c].model;
    const QuickRowModel::Expected expected = model_.Expect(model);
    const uint32_t id = missed ? dictionary.IdOf(code, model.coding, model.last) : expected.id;
    if (id >= values.head.count) return "unknown value";
    model_.Learn(expected, id, &dictionary, &model);
    return sink.AddId(values, id);
  }

  const DecodedTable& table_;
  RowState& state_;
  QuickRowModel model_;
  Vector<Column> columns_;
  Vector<QuickDictionary> dictionaries_;
  Vector<uint32_t> mask_begin_;  // per template
  Vector<PlaneReader> masks_;
  PlaneReader templates_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_QUICK_ROW_DECODER_H_
