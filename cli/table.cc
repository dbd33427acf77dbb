#include "cli/table.h"

#include <algorithm>

namespace logpress::cli {

std::string Table::Text(size_t left) const {
  std::vector<size_t> widths(rows_.empty() ? 0 : rows_[0].size());
  for (const auto& row : rows_)
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());

  std::string text;
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size(); ++i) {
      const size_t padding = widths[i] - row[i].size();
      const bool right = i + left < row.size();
      if (i > 0) text += "  ";
      if (right) text.append(padding, ' ');
      text += row[i];
      // Nothing to align behind the last column.
      if (!right && i + 1 < row.size()) text.append(padding, ' ');
    }
    text += '\n';
  }
  return text;
}

}  // namespace logpress::cli
