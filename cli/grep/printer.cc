#include "cli/grep/printer.h"

#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli::grep {
namespace {

constexpr size_t kWriteSize = size_t{64} << 10;

// GNU grep's.
constexpr std::string_view kMatchColor = "01;31";
constexpr std::string_view kNameColor = "35";
constexpr std::string_view kNumberColor = "32";
constexpr std::string_view kSeparatorColor = "36";

bool UseColor(When when) {
  if (when != When::kAuto) return when == When::kAlways;
  const char* const terminal = getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

}  // namespace

Printer::Printer(const GrepOptions& options, const search::Pattern& pattern, ByteSink* out)
    : options_(options),
      pattern_(pattern),
      out_(out),
      color_(UseColor(options.color)),
      context_(options.before || options.after || options.context) {}

void Printer::BeginFile(std::string_view name, bool with_name) {
  name_ = name;
  with_name_ = with_name;
  any_of_file_ = false;
}

absl::StatusOr<bool> Printer::Take(const search::FoundLine& line) {
  if (context_ && any_ && options_.separator && (!any_of_file_ || line.number != next_)) {
    Colored(kSeparatorColor, *options_.separator);
    buffer_ += '\n';
  }
  any_ = any_of_file_ = true;
  next_ = line.number + 1;

  const char separator = line.selected ? ':' : '-';
  const bool ended = line.bytes.ends_with('\n');
  const ByteView text = ended ? line.bytes.substr(0, line.bytes.size() - 1) : line.bytes;
  const bool matches = line.selected != options_.search.scan.invert;
  if (options_.only_matching) {
    if (matches) Matches(line, text, separator);
  } else {
    Head(line, 0, separator);
    if (matches && color_) {
      Matches(line, text, separator);
    } else {
      buffer_ += text;
    }
    buffer_ += '\n';
  }
  if (buffer_.size() >= kWriteSize || options_.line_buffered) LOGPRESS_RETURN_IF_ERROR(Flush());
  return true;
}

absl::Status Printer::EndFile(uint64_t selected) {
  // Also those that a binary log does not show count.
  any_ = any_ || selected > 0;
  switch (options_.show) {
    case Show::kCount:
      if (with_name_) {
        Name();
        if (!options_.null_names) Separate(':');
      }
      Append(&buffer_, selected, "\n");
      break;
    case Show::kMatching:
    case Show::kNonMatching:
      if ((selected > 0) != (options_.show == Show::kMatching)) break;
      Name();
      if (!options_.null_names) buffer_ += '\n';
      break;
    case Show::kLines:
    case Show::kNothing:
      break;
  }
  if (buffer_.size() >= kWriteSize || options_.line_buffered) return Flush();
  return absl::OkStatus();
}

absl::Status Printer::Flush() {
  if (failure_.ok() && !buffer_.empty()) failure_ = out_->Write(buffer_);
  buffer_.clear();
  return failure_;
}

void Printer::Colored(std::string_view color, std::string_view text) {
  if (color_) {
    Append(&buffer_, "\33[", color, "m\33[K", text, "\33[m\33[K");
  } else {
    buffer_ += text;
  }
}

void Printer::Separate(char separator) { Colored(kSeparatorColor, {&separator, 1}); }

void Printer::Name() {
  Colored(kNameColor, name_);
  if (options_.null_names) buffer_ += '\0';
}

// What stands before the line, or before what matches at `at` in it.
void Printer::Head(const search::FoundLine& line, size_t at, char separator) {
  if (with_name_) {
    Name();
    if (!options_.null_names) Separate(separator);
  }
  if (options_.line_numbers) {
    Colored(kNumberColor, Cat(line.number + 1));
    Separate(separator);
  }
  if (options_.byte_offsets) {
    Colored(kNumberColor, Cat(line.offset + at));
    Separate(separator);
  }
}

// What matches in the line, alone or in colour.
void Printer::Matches(const search::FoundLine& line, ByteView text, char separator) {
  size_t written = 0;
  for (size_t at = 0; at < text.size();) {
    const std::optional<search::Match> match = pattern_.Find(text, at);
    if (!match || match->begin >= text.size()) break;
    at = match->begin + std::max<size_t>(match->size, 1);
    if (match->size == 0) continue;
    const ByteView found = text.substr(match->begin, match->size);
    if (options_.only_matching) {
      Head(line, match->begin, separator);
    } else {
      buffer_ += text.substr(written, match->begin - written);
    }
    Colored(kMatchColor, found);
    if (options_.only_matching) buffer_ += '\n';
    written = at;
  }
  if (!options_.only_matching) buffer_ += text.substr(written);
}

}  // namespace logpress::cli::grep
