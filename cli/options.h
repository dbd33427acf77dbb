// The command line as data: what to do, to which files, and how.
#ifndef LOGPRESS_CLI_OPTIONS_H_
#define LOGPRESS_CLI_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/dictionary_file.h"
#include "cli/line_part.h"
#include "logpress/options.h"

namespace logpress::cli {

// The suffix of archives.
inline constexpr std::string_view kSuffix = ".lpz";

enum class Mode {
  kCompress,
  kDecompress,
  kTest,
  kList,
  kRepair,
  kTemplates,
  kExport,
  kStats,
  kQuery,
  kDiff,
  kTrain,
  kHelp,
  kVersion,
};

// The layout of what is written of a log.
enum class Layout { kText, kJson, kCsv, kOtlp };

// On a terminal.
enum class ShowProgress {
  kAuto,    // unless data goes to standard output, which may be the same terminal
  kAlways,  // even then
  kNever,
};

// A file that holds names of files, each followed by `end`; "-": standard input.
struct FileList {
  std::string path;
  char end;
};

struct Options {
  Mode mode = Mode::kCompress;
  int level = 5;
  int backend = LOGPRESS_BACKEND_AUTO;
  uint64_t block_size = 0;      // bytes; 0: what the level says
  uint64_t memory_limit = 0;    // bytes; 0: the library's default
  int threads = 1;              // 0: one a core
  uint64_t flush_interval = 0;  // milliseconds; 0: blocks are written when they are full

  std::string dictionary_path;            // empty: none
  Dictionary dictionary;                  // of that, once it was read
  uint64_t max_size = uint64_t{1} << 20;  // bytes, of the dictionary that train makes

  bool to_stdout = false;             // -c
  std::optional<std::string> output;  // -o; never "-", which is -c
  std::string suffix{kSuffix};        // of archives that are made; read are those of kSuffix too
  std::string output_dir;             // where files go instead of beside the input; empty: there
  bool sparse = true;                 // holes for zeros in what is decompressed
  bool remove_source = false;
  bool force = false;
  bool recursive = false;
  bool recover = false;
  LinePart part;                    // of each archive, that is decompressed
  bool include_compressed = false;  // compress what is packed already
  bool append = false;

  bool json = false;              // what -l, -t, templates, stats and diff say
  std::string template_id;        // empty: of all statements
  std::string query;              // in LogQL, of kQuery
  std::string plot;               // where the rate goes as SVG; empty: nowhere
  Layout layout = Layout::kText;  // of templates and export
  int verbosity = 0;  // -1: nothing of files left alone, -2: no errors; 1: a line per file
  ShowProgress progress = ShowProgress::kAuto;

  std::vector<std::string> warnings;  // to be told before the work
  std::vector<std::string> files;     // as given; "-" when neither these nor lists were
  std::vector<FileList> lists;        // of more files

  // True when the caller said where the result goes (or wants none), so that links and devices may
  // be read without asking: nothing will stand beside them or replace them.
  bool ExplicitDestination() const {
    return to_stdout || output.has_value() || mode == Mode::kTest || mode == Mode::kList ||
           LooksAtLines();
  }
  // Takes logs of any kind and looks at what they say.
  bool LooksAtLines() const {
    return mode == Mode::kTemplates || mode == Mode::kExport || mode == Mode::kStats ||
           mode == Mode::kQuery || mode == Mode::kDiff || mode == Mode::kTrain;
  }
  uint32_t mode_bit() const { return 1U << static_cast<unsigned>(mode); }
};

// Reads a command line without the program's name, starting from `defaults` (the name that the
// program was called by may have set some) and `default_options` (the value of LOGPRESS_OPT).
// kInvalidArgument with "ARGUMENT: what; what to do" when it makes no sense.
absl::StatusOr<Options> ParseOptions(std::span<const std::string> words,
                                     std::string_view default_options, const Options& defaults);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_OPTIONS_H_
