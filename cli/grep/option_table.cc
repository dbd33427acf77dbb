// Every option of `logpress grep` once. Where GNU grep has it, it means the same here.

#include <algorithm>
#include <charconv>
#include <iterator>

#include "absl/status/status.h"
#include "base/fd_io.h"
#include "base/status.h"
#include "cli/dictionary_file.h"
#include "cli/format.h"
#include "cli/grep/options.h"
#include "cli/input_file.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::grep {
namespace {

constexpr int kMaxThreads = 256;
constexpr size_t kReadSize = size_t{64} << 10;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

// A number of lines; what is too large for one is all lines.
absl::Status ReadCount(const std::string& text, uint64_t* count) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, *count);
  if (stop != end || text.empty() || error == std::errc::invalid_argument)
    return Wrong("no number of lines; give one such as 3");
  if (error == std::errc::result_out_of_range) *count = ~uint64_t{0} >> 1;
  return absl::OkStatus();
}

template <bool GrepOptions::*flag, bool value = true>
absl::Status Set(const std::string& /*text*/, GrepOptions* options) {
  options->*flag = value;
  return absl::OkStatus();
}

template <bool search::PatternOptions::*flag, bool value = true>
absl::Status SetPattern(const std::string& /*text*/, GrepOptions* options) {
  options->pattern.*flag = value;
  return absl::OkStatus();
}

template <search::Syntax syntax>
absl::Status SetSyntax(const std::string& /*text*/, GrepOptions* options) {
  options->pattern.syntax = syntax;
  return absl::OkStatus();
}

template <When GrepOptions::*which, When value>
absl::Status SetWhen(const std::string& /*text*/, GrepOptions* options) {
  options->*which = value;
  return absl::OkStatus();
}

// Of -q, -l, -L and -c what says less goes before.
template <Show show>
absl::Status SetShow(const std::string& /*text*/, GrepOptions* options) {
  const bool names = show == Show::kMatching || show == Show::kNonMatching;
  if (show >= options->show || (names && options->show != Show::kNothing)) options->show = show;
  return absl::OkStatus();
}

template <std::optional<uint64_t> GrepOptions::*count>
absl::Status ApplyContext(const std::string& text, GrepOptions* options) {
  uint64_t lines = 0;
  LOGPRESS_RETURN_IF_ERROR(ReadCount(text, &lines));
  options->*count = lines;
  return absl::OkStatus();
}

absl::Status ApplyMaxCount(const std::string& text, GrepOptions* options) {
  uint64_t* const count = &options->search.scan.max_count;
  const bool negative = text.starts_with('-');
  LOGPRESS_RETURN_IF_ERROR(ReadCount(negative ? text.substr(1) : text, count));
  if (negative) *count = ~uint64_t{0};
  return absl::OkStatus();
}

absl::Status ApplyInvert(const std::string& /*text*/, GrepOptions* options) {
  options->search.scan.invert = true;
  return absl::OkStatus();
}

absl::Status ApplyPattern(const std::string& text, GrepOptions* options) {
  options->patterns.push_back(text);
  options->patterns_given = true;
  return absl::OkStatus();
}

absl::Status ApplyPatternFile(const std::string& path, GrepOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  FdSource source(input.fd(), input.name());
  std::string text;
  for (;;) {
    const size_t size = text.size();
    text.resize(size + kReadSize);
    const absl::StatusOr<size_t> got = source.Read(text.data() + size, kReadSize);
    if (!got.ok()) return ReadError(got.status());
    text.resize(size + *got);
    if (*got == 0 || text.size() > search::Pattern::kMaxBytes) break;
  }
  options->patterns_given = true;
  if (text.ends_with('\n')) {
    text.pop_back();
  } else if (text.empty()) {
    return absl::OkStatus();  // no pattern, and not an empty one
  }
  options->patterns.push_back(std::move(text));
  return absl::OkStatus();
}

template <search::Binary binary>
absl::Status SetBinary(const std::string& /*text*/, GrepOptions* options) {
  options->search.scan.binary = binary;
  return absl::OkStatus();
}

absl::Status ApplyBinaryFiles(const std::string& text, GrepOptions* options) {
  using search::Binary;
  Binary* const binary = &options->search.scan.binary;
  if (text == "binary") {
    *binary = Binary::kTold;
  } else if (text == "text") {
    *binary = Binary::kText;
  } else if (text == "without-match") {
    *binary = Binary::kNoMatch;
  } else {
    return Wrong("give binary, text or without-match");
  }
  return absl::OkStatus();
}

absl::Status ApplyColor(const std::string& text, GrepOptions* options) {
  if (text == "always" || text == "yes" || text == "force") {
    options->color = When::kAlways;
  } else if (text == "never" || text == "no" || text == "none") {
    options->color = When::kNever;
  } else if (text.empty() || text == "auto" || text == "tty" || text == "if-tty") {
    options->color = When::kAuto;
  } else {
    return Wrong("give always, never or auto");
  }
  return absl::OkStatus();
}

absl::Status ApplyLabel(const std::string& text, GrepOptions* options) {
  options->label = text;
  return absl::OkStatus();
}

absl::Status ApplySeparator(const std::string& text, GrepOptions* options) {
  options->separator = text;
  return absl::OkStatus();
}

absl::Status ApplyNoSeparator(const std::string& /*text*/, GrepOptions* options) {
  options->separator.reset();
  return absl::OkStatus();
}

template <bool include>
absl::Status ApplyNameRule(const std::string& text, GrepOptions* options) {
  options->name_rules.push_back({text, include});
  return absl::OkStatus();
}

absl::Status ApplyExcludeDir(const std::string& text, GrepOptions* options) {
  std::string glob = text;
  while (glob.size() > 1 && glob.ends_with('/')) glob.pop_back();
  options->excluded_directories.push_back(std::move(glob));
  return absl::OkStatus();
}

template <bool follow>
absl::Status ApplyRecursive(const std::string& /*text*/, GrepOptions* options) {
  options->directories = Directories::kRecurse;
  options->follow_links = follow;
  return absl::OkStatus();
}

absl::Status ApplyDirectories(const std::string& text, GrepOptions* options) {
  if (text == "read") {
    options->directories = Directories::kRefuse;
  } else if (text == "skip") {
    options->directories = Directories::kSkip;
  } else if (text == "recurse") {
    return ApplyRecursive<false>(text, options);
  } else {
    return Wrong("give read, skip or recurse");
  }
  return absl::OkStatus();
}

absl::Status ApplyLines(const std::string& text, GrepOptions* options) {
  return ParseLines(text, &options->part);
}

template <std::optional<int64_t> LinePart::*bound>
absl::Status ApplyInstant(const std::string& text, GrepOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->part.*bound, ParseInstant(text));
  return absl::OkStatus();
}

absl::Status ApplyThreads(const std::string& text, GrepOptions* options) {
  const std::optional<int> threads = ParseNumber(text, 0, kMaxThreads);
  if (!threads)
    return Wrong(Cat("give a number from 1 to ", kMaxThreads, ", or 0 for one thread per core"));
  options->search.threads = *threads;
  return absl::OkStatus();
}

absl::Status ApplyDictionary(const std::string& path, GrepOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->dictionary, ReadDictionary(path));
  return absl::OkStatus();
}

absl::Status ApplyMemoryLimit(const std::string& text, GrepOptions* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->memory_limit, ParseSize(text));
  return absl::OkStatus();
}

absl::Status Nothing(const std::string& /*text*/, GrepOptions* /*options*/) {
  return absl::OkStatus();
}

absl::Status RefusePerl(const std::string& /*text*/, GrepOptions* /*options*/) {
  return Wrong(
      "Perl's expressions can take for ever on a line, and are not searched for here; use -E, or "
      "lpzcat and grep -P");
}

absl::Status RefuseNullData(const std::string& /*text*/, GrepOptions* /*options*/) {
  return Wrong("archives are divided at newlines, not at NUL; use lpzcat and grep -z");
}

constexpr GrepOption kOptions[] = {
    {"Patterns", 'E', "extended-regexp", "", "extended regular expressions, the default",
     SetSyntax<search::Syntax::kExtended>},
    {"Patterns", 'F', "fixed-strings", "", "strings", SetSyntax<search::Syntax::kFixed>},
    {"Patterns", 'G', "basic-regexp", "", "basic regular expressions",
     SetSyntax<search::Syntax::kBasic>},
    {"", 'P', "perl-regexp", "", "", RefusePerl},
    {"Patterns", 'e', "regexp", "PATTERN", "search for PATTERN, also when it begins with -",
     ApplyPattern},
    {"Patterns", 'f', "file", "FILE", "search for the patterns in FILE, one a line",
     ApplyPatternFile},
    {"Patterns", 'i', "ignore-case", "", "letters A to Z in both cases",
     SetPattern<&search::PatternOptions::ignore_case>},
    {"", 'y', nullptr, "", "", SetPattern<&search::PatternOptions::ignore_case>},
    {"", 0, "no-ignore-case", "", "", SetPattern<&search::PatternOptions::ignore_case, false>},
    {"Patterns", 'w', "word-regexp", "", "match whole words",
     SetPattern<&search::PatternOptions::whole_words>},
    {"Patterns", 'x', "line-regexp", "", "match whole lines",
     SetPattern<&search::PatternOptions::whole_lines>},
    {"Patterns", 'v', "invert-match", "", "select the lines that do not match", ApplyInvert},
    {"", 'z', "null-data", "", "", RefuseNullData},

    {"A part of each log", 0, "lines", "A-B", "the lines A to B; A- to the end", ApplyLines},
    {"A part of each log", 0, "from", "WHEN", "the lines from this time on",
     ApplyInstant<&LinePart::from>},
    {"A part of each log", 0, "to", "WHEN", "the lines before this time",
     ApplyInstant<&LinePart::to>},

    {"What is printed", 'c', "count", "", "how many lines of each file", SetShow<Show::kCount>},
    {"What is printed", 'l', "files-with-matches", "", "the names of files with such lines",
     SetShow<Show::kMatching>},
    {"What is printed", 'L', "files-without-match", "", "the names of files without",
     SetShow<Show::kNonMatching>},
    {"What is printed", 'q', "quiet", "", "nothing; the exit status tells",
     SetShow<Show::kNothing>},
    {"", 0, "silent", "", "", SetShow<Show::kNothing>},
    {"What is printed", 'm', "max-count", "NUM", "stop a file after NUM lines", ApplyMaxCount},
    {"What is printed", 'o', "only-matching", "", "what matches, and not the rest of the line",
     Set<&GrepOptions::only_matching>},
    {"What is printed", 'n', "line-number", "", "the numbers of lines in front",
     Set<&GrepOptions::line_numbers>},
    {"What is printed", 'b', "byte-offset", "", "where they begin in the log, in bytes",
     Set<&GrepOptions::byte_offsets>},
    {"What is printed", 'H', "with-filename", "", "the name of the file in front",
     SetWhen<&GrepOptions::file_names, When::kAlways>},
    {"What is printed", 'h', "no-filename", "", "no names of files",
     SetWhen<&GrepOptions::file_names, When::kNever>},
    {"What is printed", 0, "label", "NAME", "what standard input is called", ApplyLabel},
    {"What is printed", 'Z', "null", "", "NUL behind names of files",
     Set<&GrepOptions::null_names>},
    {"What is printed", 'A', "after-context", "NUM", "NUM lines behind each, too",
     ApplyContext<&GrepOptions::after>},
    {"What is printed", 'B', "before-context", "NUM", "NUM lines before each, too",
     ApplyContext<&GrepOptions::before>},
    {"What is printed", 'C', "context", "NUM", "NUM lines before and behind; also -NUM",
     ApplyContext<&GrepOptions::context>},
    {"What is printed", 0, "group-separator", "SEP", "SEP between groups, and not --",
     ApplySeparator},
    {"What is printed", 0, "no-group-separator", "", "nothing between groups", ApplyNoSeparator},
    {"What is printed", 0, "color", "[WHEN]", "colours: always, never, auto", ApplyColor},
    {"", 0, "colour", "[WHEN]", "", ApplyColor},
    {"What is printed", 0, "line-buffered", "", "write line by line",
     Set<&GrepOptions::line_buffered>},
    {"What is printed", 's', "no-messages", "", "no messages of files that cannot be read",
     Set<&GrepOptions::no_messages>},
    {"What is printed", 0, "stats", "", "what was skipped and decoded, on standard error",
     Set<&GrepOptions::stats>},

    {"Files", 'r', "recursive", "", "the files below directories", ApplyRecursive<false>},
    {"Files", 'R', "dereference-recursive", "", "the same, and follow links", ApplyRecursive<true>},
    {"Files", 'd', "directories", "ACTION", "directories: read, skip, recurse", ApplyDirectories},
    {"Files", 0, "include", "GLOB", "only files of such names", ApplyNameRule<true>},
    {"Files", 0, "exclude", "GLOB", "no files of such names", ApplyNameRule<false>},
    {"Files", 0, "exclude-dir", "GLOB", "no directories of such names", ApplyExcludeDir},
    {"Files", 'a', "text", "", "show lines of binary logs as well",
     SetBinary<search::Binary::kText>},
    {"Files", 'I', nullptr, "", "binary logs match nothing", SetBinary<search::Binary::kNoMatch>},
    {"Files", 0, "binary-files", "TYPE", "binary, text (-a) or without-match (-I)",
     ApplyBinaryFiles},
    {"", 'U', "binary", "", "", Nothing},

    {"Running", 'T', "threads", "N", "decode with N threads; 0: one per core", ApplyThreads},
    {"Running", 'M', "memory-limit", "SIZE", "take no more memory for a log than this",
     ApplyMemoryLimit},
    {"Running", 0, "dictionary", "FILE", "for archives that were packed with it", ApplyDictionary},
    {"Running", 0, "help", "", "show this", Set<&GrepOptions::help>},
    {"Running", 'V', "version", "", "show the version", Set<&GrepOptions::version>},
};

}  // namespace

std::span<const GrepOption> GrepOptionTable() { return kOptions; }

}  // namespace logpress::cli::grep
