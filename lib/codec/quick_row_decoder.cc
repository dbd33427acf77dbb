#include "codec/quick_row_decoder.h"

#include "base/memory.h"

namespace logpress::codec {
namespace {

struct Column {
  QuickColumn model;
  PlaneReader missed;
};
// With what the table itself has of it.
static_assert(sizeof(Column) + sizeof(DecodedColumn) <= kColumnCharge);
static_assert(sizeof(QuickDictionary) + sizeof(DecodedDictionary) + sizeof(uint32_t) <=
              kListCharge);
// A template has a mask for every eight slots or part of them, and a literal more than slots.
static_assert(sizeof(PlaneReader) + sizeof(uint32_t) + 2 * sizeof(DecodedTemplate) <=
              kTemplateCharge + 2 * kLiteralCharge + kSlotCharge);

class RowDecoder {
 public:
  RowDecoder(DecodedTable* table, Models* models, const RowOutput& output)
      : table_(*table), output_(output), model_(&models->quick, models->NewKey()) {}

  // Null, or what is wrong.
  const char* Start(ByteReader* meta, ByteReader* coded, PlaneMeter* meter) {
    columns_.resize(table_.columns.size());
    for (size_t c = 0; c < columns_.size(); ++c)
      columns_[c].model = {table_.columns[c].state.key, table_.columns[c].state.ids.coding, 0};
    dictionaries_.resize(table_.dictionaries.size());
    for (size_t d = 0; d < dictionaries_.size(); ++d)
      dictionaries_[d].key = table_.dictionaries[d].state.key;
    uint32_t masks = 0;
    for (const DecodedTemplate& entry : table_.templates) {
      mask_begin_.push_back(masks);
      uint32_t slots = 0;
      for (uint32_t i = 0; i < entry.column_count; ++i) slots += !IsConstant(ColumnOf(entry, i));
      masks += (slots + QuickRowModel::kMaskBits - 1) / QuickRowModel::kMaskBits;
    }
    masks_.resize(masks);
    const auto start = [&](Part part, PlaneReader* planes) {
      if (!planes->Start(meta, coded)) return false;
      if (meter != nullptr) meter->Charge(part, planes->count(), coded->position());
      return true;
    };
    bool whole = table_.templates.size() < 2 || start(Part::kTemplateIds, &templates_);
    for (PlaneReader& mask : masks_) whole = whole && start(Part::kMasks, &mask);
    for (size_t c = 0; c < columns_.size(); ++c) {
      const DecodedColumn& column = table_.columns[c];
      whole = whole &&
              start(column.numeric ? table_.renderers[column.source].part() : Part::kUnguessedIds,
                    &columns_[c].missed);
    }
    return whole ? nullptr : "bad planes of rows";
  }

  const char* DecodeRow() {
    uint64_t t = 0;
    if (table_.templates.size() != 1 && !templates_.Next(&t)) return "too few templates of rows";
    if (t >= table_.templates.size()) return "unknown template";
    model_.StartRow(static_cast<uint32_t>(t));
    const DecodedTemplate& entry = table_.templates[t];
    const size_t begin = output_.out->size();
    uint32_t slot = 0;  // those that tell something
    uint64_t missed = 0;
    for (uint32_t i = 0; i < entry.column_count; ++i) {
      output_.out->append(table_.literals[entry.literal_begin + i]);
      const uint32_t c = ColumnOf(entry, i);
      if (IsConstant(c)) {
        output_.out->append(table_.dictionaries[table_.columns[c].source].values[0]);
      } else {
        const uint32_t bit = slot % QuickRowModel::kMaskBits;
        if (bit == 0 && !masks_[mask_begin_[t] + slot / QuickRowModel::kMaskBits].Next(&missed))
          return "too few masks of rows";
        ++slot;
        if (const char* wrong = DecodeValue(c, (missed >> bit & 1) != 0); wrong != nullptr)
          return wrong;
      }
      if (output_.out->size() > output_.end) return RowOutput::kTooLong;
    }
    output_.out->append(table_.literals[entry.literal_begin + entry.column_count]);
    return output_.EndRow(begin, entry.column_count);
  }

 private:
  uint32_t ColumnOf(const DecodedTemplate& entry, uint32_t slot) const {
    return table_.template_columns[entry.column_begin + slot];
  }
  bool IsConstant(uint32_t c) const {
    const DecodedColumn& column = table_.columns[c];
    return !column.numeric && table_.dictionaries[column.source].values.size() == 1;
  }

  const char* DecodeValue(uint32_t c, bool missed) {
    DecodedColumn& column = table_.columns[c];
    uint64_t code = 0;
    if (missed && !columns_[c].missed.Next(&code)) return "too few values of a column";
    if (column.numeric) {
      NumberCoder& numbers = column.state.numbers;
      int64_t value = numbers.Expected();
      if (missed) {
        value = DecodeQuickNumber(code, &numbers);
      } else {
        numbers.Learn(value);
      }
      char bytes[kMaxRendered];
      const size_t size = table_.renderers[column.source].Render(value, bytes);
      if (size == 0) return "number out of range";
      output_.out->append(bytes, size);
      return nullptr;
    }
    const StringList& values = table_.dictionaries[column.source].values;
    QuickDictionary& dictionary = dictionaries_[column.source];
    const QuickRowModel::Expected expected = model_.Expect(columns_[c].model);
    const uint32_t id =
        missed ? dictionary.IdOf(code, columns_[c].model.coding, columns_[c].model.last)
               : expected.id;
    if (id >= values.size()) return "unknown value";
    model_.Learn(expected, id, &dictionary, &columns_[c].model);
    output_.out->append(values[id]);
    return nullptr;
  }

  DecodedTable& table_;
  const RowOutput& output_;
  QuickRowModel model_;
  Vector<Column> columns_;
  Vector<QuickDictionary> dictionaries_;
  Vector<uint32_t> mask_begin_;  // per template
  Vector<PlaneReader> masks_;
  PlaneReader templates_;
};

}  // namespace

const char* DecodeQuickRows(uint64_t count, DecodedTable* table, Models* models, ByteReader* meta,
                            ByteReader* coded, const RowOutput& output, PlaneMeter* meter) {
  RowDecoder rows(table, models, output);
  const char* wrong = rows.Start(meta, coded, meter);
  for (uint64_t row = 0; row < count && wrong == nullptr && !output.done(); ++row)
    wrong = rows.DecodeRow();
  return wrong;
}

}  // namespace logpress::codec
