// The bytes of single rows.
#ifndef LOGPRESS_STATEMENT_ROW_RENDERER_H_
#define LOGPRESS_STATEMENT_ROW_RENDERER_H_

#include <cstddef>
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
  using Cells = std::span<const int64_t>;

  // Borrows the table.
  explicit RowRenderer(const RowTable& table);

  // How many cells rows of the template have.
  size_t CellsOf(uint32_t t) const { return table_.templates[t].slots + timestamps_[t].size(); }
  // The next row. Sets its CellsOf(t) cells.
  void Pass(uint32_t t, std::span<const int64_t> values, int64_t* cells);
  // Appends the bytes of a row.
  void Render(uint32_t t, Cells cells, ByteBuffer* out) const;
  // Appends what is the same in rows that differ in values alone: `masks` for the texts in its
  // slots, and numbers without their digits.
  void RenderShape(uint32_t t, Cells cells, std::span<const ByteView> masks, ByteBuffer* out) const;

 private:
  template <typename AppendNumber, typename AppendText>
  void RenderSlots(uint32_t t, Cells cells, const AppendNumber& number, const AppendText& text,
                   ByteBuffer* out) const;

  const RowTable& table_;
  Vector<ir::ExtraCursor> extras_;       // per column
  Vector<Vector<uint32_t>> timestamps_;  // per template, its columns that have them
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_ROW_RENDERER_H_
