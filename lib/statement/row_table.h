// The rows of a block as templates and values, wherever they come from: a decoded archive, or the
// structure of bytes that were never packed.
#ifndef LOGPRESS_STATEMENT_ROW_TABLE_H_
#define LOGPRESS_STATEMENT_ROW_TABLE_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "ir/ir.h"

namespace logpress::statement {

// Borrows everything.
struct RowTable {
  struct Column {
    bool numeric = false;
    uint32_t dictionary = 0;                           // unless it is numeric
    ir::NumberFormat format;                           // if it is, and has no timestamps
    const time::TimestampFormat* timestamp = nullptr;  // if it has
    std::span<const ir::Numbers::ExtraRun> extras;     // of these
  };
  struct Template {
    uint32_t literals;  // the place of the first; there is one more than columns
    uint32_t columns;   // likewise
    uint32_t slots;
  };

  Vector<Template> templates;
  Vector<ByteView> literals;
  Vector<uint32_t> template_columns;
  Vector<Column> columns;
  Vector<Vector<ByteView>> dictionaries;

  std::span<const uint32_t> ColumnsOf(const Template& entry) const {
    return std::span(template_columns).subspan(entry.columns, entry.slots);
  }
};

// After the values of the dictionaries were read.
RowTable TableOf(const codec::DecodedTable& decoded);
RowTable TableOf(const ir::BlockView& block);

// Calls visit(template, values) for each row of the block, whose table is TableOf(block): a value
// is a number, or an id in its column's dictionary.
class BlockRows {
 public:
  explicit BlockRows(const ir::BlockView& block) : block_(block) {}

  template <typename Visit>
  void ForEach(const Visit& visit) const {
    const ir::Strings& root = *block_.root;
    if (root.kind != ir::Strings::Kind::kTable) {
      for (size_t row = 0; row < root.values.size(); ++row) {
        const auto id = static_cast<int64_t>(row);
        visit(0, std::span(&id, 1));
      }
      return;
    }
    const ir::Table& table = *root.table;
    Vector<uint32_t> next(table.columns.size(), 0);
    Vector<int64_t> values;
    for (const uint32_t t : table.row_template) {
      values.clear();
      for (const uint32_t c : table.templates[t].columns) {
        const ir::Column& column = table.columns[c];
        const uint32_t i = next[c]++;
        values.push_back(column.kind == ir::Column::Kind::kNumbers
                             ? column.numbers.values[i]
                             : static_cast<int64_t>(column.ids[i]));
      }
      visit(t, std::span<const int64_t>(values));
    }
  }

 private:
  const ir::BlockView& block_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_ROW_TABLE_H_
