// A table as a decoder has it before its rows: templates, columns and dictionaries in memory.
#ifndef LOGPRESS_CODEC_DECODED_TABLE_H_
#define LOGPRESS_CODEC_DECODED_TABLE_H_

#include <cstdint>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/breakdown.h"
#include "codec/decode_cost.h"
#include "codec/row_model.h"
#include "ir/ir.h"
#include "time/timestamp.h"

namespace logpress::codec {

// A list of strings, end to end, with where each begins; one more offset than strings.
struct StringList {
  // Behind the last string there must be so many bytes more when strings are copied in strides.
  static constexpr size_t kSlack = 16;

  ByteBuffer bytes;
  Vector<uint32_t> offsets;

  size_t size() const { return offsets.size() - 1; }
  ByteView operator[](size_t i) const {
    return {bytes.data() + offsets[i], offsets[i + 1] - offsets[i]};
  }
  void AddSlack() { bytes.append(kSlack, '\0'); }
};

struct DecodedTemplate {
  uint32_t literal_begin;  // in DecodedTable::literals: one more than columns
  uint32_t column_begin;
  uint32_t column_count;
};

// What numbers are written as, in a list or a column.
struct TimestampKind : InMemory {
  time::TimestampFormat format;
  Vector<ir::Numbers::ExtraRun> extras;
};
struct NumberKind {
  ir::NumberFormat format;
  std::unique_ptr<TimestampKind> timestamps;  // null: numbers in `format`

  // What a column of such numbers is in a breakdown.
  Part part() const { return timestamps == nullptr ? Part::kNumbers : Part::kTimestamps; }
};

struct DecodedColumn {
  bool numeric = false;
  bool used = false;    // by a slot
  bool shared = false;  // by several
  uint32_t source = 0;  // index of its kind of numbers or of its dictionary
  ColumnState start;    // before the first row
};

// What stands in front of a list of strings.
struct ListHead {
  uint32_t count = 0;
  ir::Strings::Kind kind = ir::Strings::Kind::kText;
  NumberKind numbers;  // if it is a list of numbers
  NumberCoder coder;   // of these
};

struct DecodedDictionary {
  ListHead head;
  StringList values;
  DictionaryState start;
};

struct DecodedTable {
  Vector<DecodedTemplate> templates;
  Vector<uint32_t> template_columns;  // of all templates, one after the other
  StringList literals;
  Vector<DecodedColumn> columns;
  Vector<NumberKind> numbers;
  Vector<DecodedDictionary> dictionaries;
  ContextSet template_contexts;
  uint64_t key = 0;  // of its rows

  std::span<const uint32_t> ColumnsOf(const DecodedTemplate& entry) const {
    return std::span(template_columns).subspan(entry.column_begin, entry.column_count);
  }
  // Whether the column has one value, of which rows tell nothing.
  bool IsConstant(const DecodedColumn& column) const {
    return !column.numeric && dictionaries[column.source].head.count == 1;
  }
};

// What a row decoder changes as it goes on.
struct RowState {
  explicit RowState(const DecodedTable& table) {
    columns.reserve(table.columns.size());
    for (const DecodedColumn& column : table.columns) columns.push_back(column.start);
    dictionaries.reserve(table.dictionaries.size());
    for (const DecodedDictionary& dictionary : table.dictionaries)
      dictionaries.push_back(dictionary.start);
  }

  Vector<ColumnState> columns;
  Vector<DictionaryState> dictionaries;
};

// The vectors of these have exactly the size they need; others grow by doubling.
static_assert(sizeof(DecodedColumn) + sizeof(ColumnState) <= kColumnCharge);
static_assert(sizeof(DecodedDictionary) + sizeof(DictionaryState) + sizeof(uint32_t) <=
              kListCharge);
static_assert(2 * sizeof(NumberKind) <= kNumbersCharge);
static_assert(2 * NumberSeries::kMemory <= kSeriesCharge);
static_assert(2 * sizeof(ir::Numbers::ExtraRun) <= kExtraRunCharge);
static_assert(2 * sizeof(DecodedTemplate) <= kTemplateCharge);
static_assert(2 * sizeof(uint32_t) <= kLiteralCharge && 2 * sizeof(uint32_t) <= kSlotCharge);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DECODED_TABLE_H_
