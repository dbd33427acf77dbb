#include "statement/row_renderer.h"

#include <algorithm>

#include "ir/number_format.h"
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
void RowRenderer::Pass(uint32_t t, std::span<const int64_t> values, Cells* cells) {
  cells->assign(values.begin(), values.end());
  for (const uint32_t c : timestamps_[t])
    cells->push_back(extras_[c].Next(table_.columns[c].extras));
}

void RowRenderer::Render(uint32_t t, const Cells& cells, ByteBuffer* out) const {
  const RowTable::Template& entry = table_.templates[t];
  size_t next_extra = entry.slots;
  for (size_t i = 0; i < entry.slots; ++i) {
    out->append(table_.literals[entry.literals + i]);
    const RowTable::Column& column = table_.columns[table_.template_columns[entry.columns + i]];
    if (!column.numeric) {
      out->append(table_.dictionaries[column.dictionary][static_cast<size_t>(cells[i])]);
      continue;
    }
    char buffer[std::max(ir::kMaxNumberSize, time::kMaxTimestampSize)];
    const size_t size = column.timestamp == nullptr
                            ? ir::Render(column.format, cells[i], buffer)
                            : column.timestamp->Render(cells[i], cells[next_extra++], buffer);
    out->append(buffer, size);
  }
  out->append(table_.literals[entry.literals + entry.slots]);
}

}  // namespace logpress::statement
