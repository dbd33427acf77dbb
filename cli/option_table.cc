#include "cli/option_table.h"

#include <charconv>
#include <optional>

#include "base/status.h"
#include "cli/text.h"
#include "cli/values.h"
#include "logpress/options.h"

namespace logpress::cli {
namespace {

constexpr int kMaxThreads = 256;
constexpr int kMaxLevel = 9;

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(Cat(what)); }

absl::Status ReadNumber(const std::string& text, int low, int high, std::string_view advice,
                        int* number) {
  const std::optional<int> read = ParseNumber(text, low, high);
  if (!read) return Wrong(advice);
  *number = *read;
  return absl::OkStatus();
}

template <Mode mode>
absl::Status SetMode(const std::string&, Options* options) {
  options->mode = mode;
  return absl::OkStatus();
}

template <bool Options::*flag, bool value = true>
absl::Status Set(const std::string&, Options* options) {
  options->*flag = value;
  return absl::OkStatus();
}

template <int level>
absl::Status SetLevel(const std::string&, Options* options) {
  options->level = level;
  return absl::OkStatus();
}

template <ShowProgress show>
absl::Status SetProgress(const std::string&, Options* options) {
  options->progress = show;
  return absl::OkStatus();
}

absl::Status ApplyLevel(const std::string& value, Options* options) {
  return ReadNumber(value, 1, kMaxLevel, "give a level from 1 (fastest) to 9 (smallest)",
                    &options->level);
}

absl::Status ApplyStdout(const std::string&, Options* options) {
  options->to_stdout = true;
  options->output.reset();
  return absl::OkStatus();
}

absl::Status ApplyOutput(const std::string& value, Options* options) {
  if (value.empty()) return Wrong("the name is empty; name the file to write");
  if (value == "-") return ApplyStdout(value, options);
  options->to_stdout = false;
  options->output = value;
  return absl::OkStatus();
}

absl::Status ApplyOutputDir(const std::string& value, Options* options) {
  if (value.empty()) return Wrong("the name is empty; name the directory to write to");
  options->output_dir = value;
  return absl::OkStatus();
}

template <char end>
absl::Status ApplyFiles(const std::string& value, Options* options) {
  if (value.empty()) return Wrong("the name is empty; name the file that holds the names, or -");
  options->lists.push_back({value, end});
  return absl::OkStatus();
}

absl::Status ApplySuffix(const std::string& value, Options* options) {
  if (value.empty() || value.find('/') != std::string::npos)
    return Wrong("no suffix of a name; give one such as .lpz");
  options->suffix = value;
  return absl::OkStatus();
}

absl::Status ApplyLines(const std::string& value, Options* options) {
  return ParseLines(value, &options->part);
}

template <std::optional<int64_t> LinePart::*bound>
absl::Status ApplyInstant(const std::string& value, Options* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->part.*bound, ParseInstant(value));
  return absl::OkStatus();
}

template <std::optional<uint64_t> LinePart::*count>
absl::Status ApplyCount(const std::string& value, Options* options) {
  uint64_t read = 0;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, read);
  if (error != std::errc() || stop != end) return Wrong("give a number of lines");
  options->part.head.reset();
  options->part.tail.reset();
  options->part.*count = read;
  return absl::OkStatus();
}

absl::Status ApplyThreads(const std::string& value, Options* options) {
  static const std::string advice =
      Cat("give a number from 1 to ", kMaxThreads, ", or 0 for one thread per core");
  return ReadNumber(value, 0, kMaxThreads, advice, &options->threads);
}

absl::Status ApplyMemoryLimit(const std::string& value, Options* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->memory_limit, ParseSize(value));
  return absl::OkStatus();
}

absl::Status ApplyDictionary(const std::string& value, Options* options) {
  if (value.empty()) return Wrong("the name is empty; name a dictionary that logpress train made");
  options->dictionary_path = value;
  return absl::OkStatus();
}

absl::Status ApplyMaxSize(const std::string& value, Options* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->max_size, ParseSize(value));
  return absl::OkStatus();
}

absl::Status ApplyBackend(const std::string& name, Options* options) {
  for (int backend = LOGPRESS_BACKEND_STORE; backend <= LOGPRESS_BACKEND_BLEND; ++backend) {
    if (name != logpress_backend_name(backend)) continue;
    options->backend = backend;
    return absl::OkStatus();
  }
  return Wrong("no such backend; there are store, zstd, xz, blend and mix");
}

absl::Status ApplyBlockSize(const std::string& value, Options* options) {
  LOGPRESS_ASSIGN_OR_RETURN(options->block_size, ParseBlockSize(value));
  return absl::OkStatus();
}

absl::Status ApplyFlushInterval(const std::string& value, Options* options) {
  LOGPRESS_ASSIGN_OR_RETURN(const int64_t time, ParseTime(value));
  options->flush_interval = static_cast<uint64_t>(time);
  return absl::OkStatus();
}

template <Layout layout>
absl::Status SetLayout(const std::string&, Options* options) {
  options->layout = layout;
  return absl::OkStatus();
}

absl::Status ApplyJson(const std::string&, Options* options) {
  options->json = true;
  options->layout = Layout::kJson;
  return absl::OkStatus();
}

absl::Status ApplyTemplate(const std::string& id, Options* options) {
  if (id.empty()) return Wrong("the id is empty; give one that logpress templates shows");
  options->template_id = id;
  return absl::OkStatus();
}

absl::Status ApplyPlot(const std::string& name, Options* options) {
  if (!name.ends_with(".svg") && !name.ends_with(".png"))
    return Wrong("is written as SVG or PNG; name a file that ends with .svg or .png");
  options->plot = name;
  return absl::OkStatus();
}

absl::Status ApplyFormat(const std::string& name, Options* options) {
  if (name != "csv" && name != "jsonl" && name != "otlp")
    return Wrong("no such format; there are csv, jsonl and otlp");
  options->layout = name == "csv" ? Layout::kCsv : name == "otlp" ? Layout::kOtlp : Layout::kJson;
  return absl::OkStatus();
}

absl::Status ApplyQuiet(const std::string&, Options* options) {
  options->verbosity = options->verbosity > 0 ? -1 : options->verbosity - 1;
  return absl::OkStatus();
}

absl::Status ApplyVerbose(const std::string&, Options* options) {
  options->verbosity = options->verbosity < 0 ? 1 : options->verbosity + 1;
  return absl::OkStatus();
}

// What other programs have an option for and this one does anyway.
absl::Status Nothing(const std::string&, Options*) { return absl::OkStatus(); }

absl::Status RefuseName(const std::string&, Options*) {
  return Wrong("an archive holds no name; FILE.lpz becomes FILE, and its time carries over");
}

absl::Status RefuseRsyncable(const std::string&, Options*) {
  return Wrong(
      "an archive is not like that: what is inserted into a log changes all blocks behind "
      "it; sync the archives of a log that does not change any more");
}

absl::Status RefuseAdapt(const std::string&, Options*) {
  return Wrong("the same log gives the same archive, however fast it comes; choose a level");
}

constexpr std::string_view kWhat = "What to do";
constexpr std::string_view kFiles = "Files";
constexpr std::string_view kParts =
    "A part of each log (with -dc, lpzcat, templates, stats, query or export)";
constexpr std::string_view kResources = "Resources";
constexpr std::string_view kPacking = "Packing";
constexpr std::string_view kMessages = "Messages";
// For those who come from other programs; docs/coming-from.md. Not shown by --help.
constexpr std::string_view kOthers = "Others";

constexpr Where kWriting = kCompress | kDecompress;
constexpr Where kReading = kDecompress | kLooking;
constexpr Where kTuning = kAnywhere | kDefaults;

constexpr OptionSpec kOptions[] = {
    {kWhat, 'z', "compress", "", "FILE becomes FILE.lpz (default)", kAnywhere,
     SetMode<Mode::kCompress>},
    {kWhat, 'd', "decompress uncompress", "", "FILE.lpz becomes FILE again", kAnywhere,
     SetMode<Mode::kDecompress>},
    {kWhat, 't', "test", "", "check that archives are whole; write nothing", kAnywhere,
     SetMode<Mode::kTest>},
    {kWhat, 'l', "list", "",
     "show what archives hold; -v: a row per block;\n"
     "-vv: what their bytes are spent on",
     kAnywhere, SetMode<Mode::kList>},

    {kFiles, 'c', "stdout to-stdout", "", "write to standard output", kFileModes, ApplyStdout},
    {kFiles, 'o', "output", "FILE", "write to FILE (one input only)", kWriting | kRepair | kTrain,
     ApplyOutput},
    {kFiles, 0, "append", "", "write behind what the archive holds already", kCompress,
     Set<&Options::append>},
    {kFiles, 0, "output-dir", "DIR",
     "write below DIR; with -r as the files stand in\n"
     "the directories named",
     kWriting, ApplyOutputDir},
    {kFiles, 0, "files", "LIST", "take also the files named in LIST, one a line", kAnywhere,
     ApplyFiles<'\n'>},
    {kFiles, 0, "files0", "LIST", "the same, with NUL behind each name (find -print0)", kAnywhere,
     ApplyFiles<'\0'>},
    {kFiles, 'k', "keep", "", "keep the input files (default)", kFileModes,
     Set<&Options::remove_source, false>},
    {kFiles, 0, "rm", "", "remove an input once its output is safe on disk", kWriting,
     Set<&Options::remove_source>},
    {kFiles, 'f', "force", "",
     "overwrite files; follow links, read devices;\n"
     "compress archives again; write them to a terminal",
     kFileModes | kTrain, Set<&Options::force>},
    {kFiles, 'r', "recursive", "", "take the files below directories as well", kAnywhere,
     Set<&Options::recursive>},
    {kFiles, 'S', "suffix", ".SUF", "archives are FILE.SUF instead of FILE.lpz", kAnywhere,
     ApplySuffix},
    {kFiles, 0, "include-compressed", "", "compress also what gzip, zstd, zip ... packed",
     kCompress, Set<&Options::include_compressed>},
    {kFiles, 0, "exclude-compressed", "", "skip that (default)", kCompress,
     Set<&Options::include_compressed, false>},
    {kFiles, 0, "sparse", "", "leave holes for zeros in what is decompressed (default)",
     kDecompress, Set<&Options::sparse>},
    {kFiles, 0, "no-sparse", "", "write zeros", kDecompress, Set<&Options::sparse, false>},
    {kFiles, 0, "recover", "", "from a damaged archive take all that is still whole",
     kReading | kTest, Set<&Options::recover>},

    {kParts, 0, "lines", "RANGE", "lines A-B, A- or A, counted from 1", kReading, ApplyLines},
    {kParts, 0, "from", "WHEN", "from that time on, as logs print it, or @seconds", kReading,
     ApplyInstant<&LinePart::from>},
    {kParts, 0, "to", "WHEN", "before that time", kReading, ApplyInstant<&LinePart::to>},
    {kParts, 0, "head", "N", "of these the first N lines", kReading, ApplyCount<&LinePart::head>},
    {kParts, 0, "tail", "N", "of these the last N lines", kReading, ApplyCount<&LinePart::tail>},

    {kResources, 'T', "threads", "N", "use N threads; 0: one per core (default: 1)", kTuning,
     ApplyThreads},
    {kResources, 'M', "memory-limit memlimit memory", "SIZE",
     "take at most SIZE of memory for blocks", kTuning, ApplyMemoryLimit},

    {kPacking, 0, "level", "N", "the same as -N", kTuning, ApplyLevel},
    {kPacking, 0, "fast", "", "the same as -1", kTuning, SetLevel<1>},
    {kPacking, 0, "best", "", "the same as -9", kTuning, SetLevel<kMaxLevel>},
    {kPacking, 0, "backend", "NAME", "pack with store, zstd, xz, blend or mix", kTuning,
     ApplyBackend},
    {kPacking, 0, "block-size", "SIZE", "compress blocks of SIZE; accepts 64K, 4M, 1GiB", kTuning,
     ApplyBlockSize},
    {kPacking, 'D', "dictionary", "FILE",
     "start blocks from what is in FILE, which train made;\n"
     "archives that took it cannot be read without",
     kCompress | kDecompress | kTest | kList | kLooking | kTrain, ApplyDictionary},
    {kPacking, 0, "max-size", "SIZE", "of the dictionary that train makes (default: 1M)", kTrain,
     ApplyMaxSize},
    {kPacking, 0, "flush-interval", "T",
     "write what came in after time T (10s, 5min);\n"
     "0: when a block is full (default)",
     kTuning, ApplyFlushInterval},

    {kMessages, 'q', "quiet", "", "say nothing of skipped files; twice: of errors", kTuning,
     ApplyQuiet},
    {kMessages, 'v', "verbose", "", "say for every file what came of it", kTuning, ApplyVerbose},
    {kMessages, 0, "json", "", "JSON Lines from -l, -t, templates, stats, query and diff",
     kList | kTest | kTemplates | kStats | kQuery | kDiff, ApplyJson},
    {kMessages, 0, "csv", "", "what templates says, as CSV", kTemplates, SetLayout<Layout::kCsv>},
    {kMessages, 0, "template", "ID", "only this statement (templates, export, stats, diff)",
     kTemplates | kExport | kStats | kDiff, ApplyTemplate},
    {kMessages, 0, "plot", "FILE", "what stats says of the rate, as FILE.svg or FILE.png", kStats,
     ApplyPlot},
    {kMessages, 0, "format", "FORMAT", "what export writes: csv (default), jsonl or otlp", kExport,
     ApplyFormat},
    {kMessages, 0, "progress", "", "a progress line also when data goes to stdout", kTuning,
     SetProgress<ShowProgress::kAlways>},
    {kMessages, 0, "no-progress", "", "no progress line", kTuning,
     SetProgress<ShowProgress::kNever>},
    {kMessages, 'V', "version", "", "print the version", kAnywhere, SetMode<Mode::kVersion>},
    {kMessages, 'h', "help", "", "print this", kAnywhere, SetMode<Mode::kHelp>},

    {kOthers, 'n', "no-name", "", "", kAnywhere, Nothing},
    {kOthers, 'N', "name", "", "", kAnywhere, RefuseName},
    {kOthers, 'e', "extreme", "", "", kTuning, Nothing},
    {kOthers, 0, "long", "[N]", "", kTuning, Nothing},
    {kOthers, 0, "ultra", "", "", kTuning, Nothing},
    {kOthers, 0, "rsyncable", "", "", kAnywhere, RefuseRsyncable},
    {kOthers, 0, "adapt", "[RANGE]", "", kAnywhere, RefuseAdapt},
};

}  // namespace

std::span<const OptionSpec> OptionTable() { return kOptions; }

}  // namespace logpress::cli
