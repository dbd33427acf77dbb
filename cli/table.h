// Text in columns, as wide as their widest cell.
#ifndef LOGPRESS_CLI_TABLE_H_
#define LOGPRESS_CLI_TABLE_H_

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace logpress::cli {

// How wide the columns of lines are, and these lines: two spaces between columns, the last `left`
// columns flush left, the others, which are numbers, flush right.
class Columns {
 public:
  explicit Columns(size_t left) : left_(left) {}

  // Makes room for these cells. A line may have more of them: nothing is aligned behind the last.
  void Fit(std::span<const std::string> cells);
  void AppendLine(std::span<const std::string> cells, std::string* out) const;

 private:
  const size_t left_;
  std::vector<size_t> widths_;
};

// Not thread-safe.
class Table {
 public:
  // The cells of a row; all rows have as many as the first. Cells are single lines.
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // The rows as lines of Columns(left).
  std::string Text(size_t left) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_TABLE_H_
