#include "cli/console.h"

#include <unistd.h>

#include <cstdio>
#include <string>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/output_file.h"
#include "cli/text.h"

namespace logpress::cli {

Console::Console(const Options& options)
    : verbosity_(options.verbosity),
      show_progress_(options.progress),
      progress_(options.progress != ShowProgress::kNever && options.verbosity >= 0 &&
                isatty(STDERR_FILENO) == 1) {}

void Console::Error(std::string_view name, std::string_view what) {
  failed_ = true;
  Print(-1, Cat("logpress: ", name, ": ", what));
}

void Console::Error(const absl::Status& status) {
  failed_ = true;
  Print(absl::IsCancelled(status) ? 0 : -1, Cat("logpress: ", Message(status)));
}

void Console::Output(std::string_view text) {
  if (output_failed_) return;
  FdSink sink(STDOUT_FILENO, "standard output");
  const absl::Status status = sink.Write(text);
  output_failed_ = !status.ok();
  if (output_failed_) Error(WriteError(StatusErrno(status), "standard output"));
}

void Console::OutputIfLong(std::string* text) {
  if (text->size() < kLong) return;
  Output(*text);
  text->clear();
}

void Console::Note(std::string_view what) { Print(0, Cat("logpress: ", what)); }

void Console::Skip(bool named, std::string_view what) {
  failed_ |= named;
  Note(what);
}

void Console::BeginProgress(std::string_view name, uint64_t total, bool data_to_stdout) {
  // Whether a pipe ends on the same terminal (less, grep) cannot be known.
  if (data_to_stdout && show_progress_ != ShowProgress::kAlways) return;
  progress_.Begin(name, total);
}

void Console::Result(std::string_view name, std::string_view what) {
  Print(1, Cat(name, ": ", what));
}

void Console::Print(int needed_verbosity, std::string_view line) {
  if (verbosity_ < needed_verbosity) return;
  progress_.Clear();
  // One write a line, so that the lines of several processes do not mix.
  std::string text(line);
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace logpress::cli
