// The command line of `logpress grep` as data.
#ifndef LOGPRESS_CLI_GREP_OPTIONS_H_
#define LOGPRESS_CLI_GREP_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/dictionary_file.h"
#include "cli/line_part.h"
#include "search/pattern.h"
#include "search/search.h"

namespace logpress::cli::grep {

enum class Show {
  kLines,
  kCount,        // -c
  kMatching,     // -l: names of files
  kNonMatching,  // -L
  kNothing,      // -q
};

enum class When { kAuto, kAlways, kNever };

// What a directory that is named stands for.
enum class Directories {
  kRefuse,   // itself, which cannot be read
  kSkip,     // nothing
  kRecurse,  // the files below it
};

// --include or --exclude.
struct NameRule {
  std::string glob;
  bool include;
};

struct GrepOptions {
  search::PatternOptions pattern;
  std::vector<std::string> patterns;
  bool patterns_given = false;  // -e or -f, also when that gave none

  search::SearchOptions search;
  LinePart part;  // --lines, --from, --to
  uint64_t memory_limit = 0;
  Dictionary dictionary;  // of archives that need one
  std::optional<uint64_t> before;
  std::optional<uint64_t> after;
  std::optional<uint64_t> context;  // of both that are not set

  Show show = Show::kLines;
  bool only_matching = false;
  bool line_numbers = false;
  bool byte_offsets = false;
  When file_names = When::kAuto;
  bool null_names = false;  // NUL behind names
  bool line_buffered = false;
  When color = When::kNever;
  std::string label = "(standard input)";
  std::optional<std::string> separator = "--";  // between groups of lines
  bool stats = false;
  bool no_messages = false;

  Directories directories = Directories::kRefuse;
  bool follow_links = false;  // below directories
  std::vector<NameRule> name_rules;
  std::vector<std::string> excluded_directories;
  std::vector<std::string> files;

  bool help = false;
  bool version = false;
};

// A row for each option, in the order of --help; rows without help are other spellings.
struct GrepOption {
  std::string_view group;
  char letter;             // 0: none
  const char* name;        // null: none
  std::string_view value;  // what --help calls its value; empty: a flag; in []: may be left out
  std::string_view help;
  absl::Status (*apply)(const std::string& value, GrepOptions* options);
};
std::span<const GrepOption> GrepOptionTable();

// Reads a command line without the program's name, as GNU grep reads its own. kInvalidArgument with
// "ARGUMENT: what; what to do" when it makes no sense; errors of reading -f FILE.
absl::StatusOr<GrepOptions> ParseGrepOptions(std::span<const std::string> words,
                                             search::Syntax syntax);

std::string GrepHelpText();

}  // namespace logpress::cli::grep

#endif  // LOGPRESS_CLI_GREP_OPTIONS_H_
