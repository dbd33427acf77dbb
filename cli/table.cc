#include "cli/table.h"

#include <algorithm>

namespace logpress::cli {

void Columns::Fit(std::span<const std::string> cells) {
  widths_.resize(std::max(widths_.size(), cells.size()));
  for (size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], cells[i].size());
}

void Columns::AppendLine(std::span<const std::string> cells, std::string* out) const {
  for (size_t i = 0; i < cells.size(); ++i) {
    const size_t width = i < widths_.size() ? widths_[i] : 0;
    const size_t padding = width > cells[i].size() ? width - cells[i].size() : 0;
    const bool right = i + left_ < cells.size();
    if (i > 0) *out += "  ";
    if (right) out->append(padding, ' ');
    *out += cells[i];
    if (!right && i + 1 < cells.size()) out->append(padding, ' ');
  }
  *out += '\n';
}

std::string Table::Text(size_t left) const {
  Columns columns(left);
  for (const auto& row : rows_) columns.Fit(row);
  std::string text;
  for (const auto& row : rows_) columns.AppendLine(row, &text);
  return text;
}

}  // namespace logpress::cli
