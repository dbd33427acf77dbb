// The bytes of single rows.
#ifndef LOGPRESS_STATEMENT_ROW_RENDERER_H_
#define LOGPRESS_STATEMENT_ROW_RENDERER_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "ir/extra_cursor.h"
#include "statement/row_table.h"

namespace logpress::statement {

// Is told of every row, so that it knows the zones of timestamps, and writes those that are asked
// for.
class RowRenderer {
 public:
  // Of a row: what Render() needs, to be kept for later.
  using Cells = Vector<int64_t>;

  // Borrows the table.
  explicit RowRenderer(const RowTable& table);

  // The next row. Replaces *cells.
  void Pass(uint32_t t, std::span<const int64_t> values, Cells* cells);
  // Appends the bytes of a row.
  void Render(uint32_t t, const Cells& cells, ByteBuffer* out) const;

 private:
  const RowTable& table_;
  Vector<ir::ExtraCursor> extras_;       // per column
  Vector<Vector<uint32_t>> timestamps_;  // per template, its columns that have them
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_ROW_RENDERER_H_
