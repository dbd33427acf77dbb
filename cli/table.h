// Text in columns, as wide as their widest cell.
#ifndef LOGPRESS_CLI_TABLE_H_
#define LOGPRESS_CLI_TABLE_H_

#include <string>
#include <vector>

namespace logpress::cli {

// Not thread-safe.
class Table {
 public:
  // The cells of a row; all rows have as many as the first. Cells are single lines.
  void AddRow(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  // The rows, two spaces between columns: the last `left` columns flush left, the others, which are
  // numbers, flush right.
  std::string Text(size_t left) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_TABLE_H_
