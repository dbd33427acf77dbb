// What the program says on standard error, and whether anything failed.
#ifndef LOGPRESS_CLI_CONSOLE_H_
#define LOGPRESS_CLI_CONSOLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace logpress::cli {

// One thread at a time.
class Console {
 public:
  // The verbosity and the wish for progress are those of `options`.
  explicit Console(const Options& options);

  // "logpress: NAME: what; what to do". The run goes on; it will end with exit code 1.
  void Error(std::string_view name, std::string_view what);
  // The same for a status whose message begins with the name already. kCancelled is a file left
  // alone because nobody asked for it expressly, and is not told with -q.
  void Error(const absl::Status& status);
  // What is worth a word and no failure: "logpress: WHAT", not told with -q.
  void Note(std::string_view what);
  // A file is left as it is. That is a failure only of what was `named` on the command line.
  void Skip(bool named, std::string_view what);
  // What was asked for, on standard output.
  void Output(std::string_view text);
  // The same for text that grows record by record: once there is enough of it, and empties it.
  // Memory follows from that, and not from how much there is to tell.
  void OutputIfLong(std::string* text);
  // What came of a file; only with -v.
  void Result(std::string_view name, std::string_view what);

  // Begins the progress line of a file of `total` bytes (0: not known), unless the data goes to
  // standard output and nobody asked for it.
  void BeginProgress(std::string_view name, uint64_t total, bool data_to_stdout);

  bool failed() const { return failed_; }
  Progress& progress() { return progress_; }

 private:
  static constexpr size_t kLong = size_t{64} << 10;

  void Print(int needed_verbosity, std::string_view line);

  int verbosity_;
  ShowProgress show_progress_;
  bool failed_ = false;
  bool output_failed_ = false;  // which is told once
  Progress progress_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_CONSOLE_H_
