#include "statement/row_renderer.h"

#include <algorithm>

#include "ir/number_format.h"
#include "statement/words.h"
#include "time/timestamp.h"

namespace logpress::statement {

RowRenderer::RowRenderer(const RowTable& table)
    : table_(table), extras_(table.columns.size()), timestamps_(table.templates.size()) {
  for (size_t t = 0; t < table.templates.size(); ++t) {
    for (const uint32_t c : table.ColumnsOf(table.templates[t]))
      if (table.columns[c].timestamp != nullptr) timestamps_[t].push_back(c);
  }
}

// The values, and behind them what the timestamps among them need beside their ticks.
void RowRenderer::Pass(uint32_t t, std::span<const int64_t> values, int64_t* cells) {
  cells = std::copy(values.begin(), values.end(), cells);
  for (const uint32_t c : timestamps_[t]) *cells++ = extras_[c].Next(table_.columns[c].extras);
}

void RowRenderer::Render(uint32_t t, Cells cells, ByteBuffer* out) const {
  RenderSlots(
      t, cells, [out](ByteView number) { out->append(number); },
      [&](size_t i, const RowTable::Column& column) {
        out->append(table_.dictionaries[column.dictionary][static_cast<size_t>(cells[i])]);
      },
      out);
}

void RowRenderer::RenderShape(uint32_t t, Cells cells, std::span<const ByteView> masks,
                              ByteBuffer* out) const {
  const auto number = [out](ByteView digits) {
    bool digit = false;  // before the byte
    for (const char byte : digits) {
      if (!IsDigit(byte) || !digit) out->push_back(IsDigit(byte) ? '0' : byte);
      digit = IsDigit(byte);
    }
  };
  RenderSlots(
      t, cells, number, [&](size_t i, const RowTable::Column&) { out->append(masks[i]); }, out);
}

template <typename AppendNumber, typename AppendText>
void RowRenderer::RenderSlots(uint32_t t, Cells cells, const AppendNumber& number,
                              const AppendText& text, ByteBuffer* out) const {
  const RowTable::Template& entry = table_.templates[t];
  size_t next_extra = entry.slots;
  for (size_t i = 0; i < entry.slots; ++i) {
    out->append(table_.literals[entry.literals + i]);
    const RowTable::Column& column = table_.columns[table_.template_columns[entry.columns + i]];
    if (!column.numeric) {
      text(i, column);
      continue;
    }
    char buffer[std::max(ir::kMaxNumberSize, time::kMaxTimestampSize)];
    const size_t size = column.timestamp == nullptr
                            ? ir::Render(column.format, cells[i], buffer)
                            : column.timestamp->Render(cells[i], cells[next_extra++], buffer);
    number(ByteView(buffer, size));
  }
  out->append(table_.literals[entry.literals + entry.slots]);
}

}  // namespace logpress::statement
