// What `logpress grep` prints of what was found: to the byte what GNU grep does.
#ifndef LOGPRESS_CLI_GREP_PRINTER_H_
#define LOGPRESS_CLI_GREP_PRINTER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "cli/grep/options.h"
#include "search/line_scanner.h"
#include "search/pattern.h"

namespace logpress::cli::grep {

// One thread at a time.
class Printer : public search::LineTaker {
 public:
  // Borrows all three.
  Printer(const GrepOptions& options, const search::Pattern& pattern, ByteSink* out);

  // From now on lines are those of the file `name`, which stands in front of them if `with_name`.
  void BeginFile(std::string_view name, bool with_name);
  absl::StatusOr<bool> Take(const search::FoundLine& line) override;
  // What there is to say of the file when it was searched.
  absl::Status EndFile(uint64_t selected);
  // To be called at the end, and when somebody waits for what there is. The first error of writing,
  // whoever was told of it before.
  absl::Status Flush();

 private:
  void Colored(std::string_view color, std::string_view text);
  void Separate(char separator);
  void Name();
  void Head(const search::FoundLine& line, size_t at, char separator);
  void Matches(const search::FoundLine& line, ByteView text, char separator);

  const GrepOptions& options_;
  const search::Pattern& pattern_;
  ByteSink* const out_;
  const bool color_;
  const bool context_;  // lines of context were asked for, if only none
  std::string name_;
  bool with_name_ = false;
  std::string buffer_;
  absl::Status failure_;
  bool any_ = false;          // line was selected, in any file
  bool any_of_file_ = false;  // line was shown
  uint64_t next_ = 0;         // number of the line behind the last one shown
};

}  // namespace logpress::cli::grep

#endif  // LOGPRESS_CLI_GREP_PRINTER_H_
