#include "cli/grep/run.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "archive/index_reader.h"
#include "base/fd_io.h"
#include "base/memory.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/console.h"
#include "cli/format.h"
#include "cli/grep/names.h"
#include "cli/grep/options.h"
#include "cli/grep/printer.h"
#include "cli/help.h"
#include "cli/input_file.h"
#include "cli/interrupt.h"
#include "cli/out_of_memory.h"
#include "cli/text.h"
#include "cli/unpack.h"
#include "search/search.h"

namespace logpress::cli::grep {
namespace {

constexpr int kSelected = 0;
constexpr int kNoneSelected = 1;
constexpr int kFailed = 2;

constexpr size_t kReadSize = size_t{64} << 10;

class Grep {
 public:
  Grep(const GrepOptions& options, const search::Pattern& pattern, ByteSink* out)
      : options_(options),
        pattern_(pattern),
        console_(ReaderOptions(options)),
        reader_options_(ReaderOptions(options)),
        printer_(options, pattern, out) {
    struct stat file {};
    if (fstat(STDOUT_FILENO, &file) == 0 && S_ISREG(file.st_mode)) output_ = file;
  }

  int Run() {
    // grep reads nothing then, and prints no counts.
    if (NothingSelected() && options_.show != Show::kNonMatching) return kNoneSelected;
    ForEachFile(options_, &console_, [this](const NamedFile& file) {
      return OnFile(file.path, &console_, [&] { return Search(file); });
    });
    Output(printer_.Flush());
    if (options_.stats) Say(StatsText());
    if (selected_ && options_.show == Show::kNothing) return kSelected;
    if (console_.failed() || failed_) return kFailed;
    return selected_ ? kSelected : kNoneSelected;
  }

  uint64_t lines_selected() const { return lines_selected_; }

 private:
  // What the reading of archives wants to know.
  static Options ReaderOptions(const GrepOptions& options) {
    Options reader;
    reader.mode = Mode::kDecompress;
    reader.to_stdout = true;
    reader.threads = options.search.threads;
    reader.memory_limit = options.memory_limit;
    reader.dictionary = options.dictionary;
    reader.verbosity = options.no_messages ? -2 : 0;
    reader.progress = ShowProgress::kNever;
    return reader;
  }

  // Whether no line of any log can be selected.
  bool NothingSelected() const {
    const bool invert = options_.search.scan.invert;
    const auto& patterns = options_.patterns;
    if (options_.search.scan.max_count == 0 || (patterns.empty() && !invert)) return true;
    const bool all_match =
        !patterns.empty() && !options_.pattern.whole_words && !options_.pattern.whole_lines &&
        std::all_of(patterns.begin(), patterns.end(), [](const std::string& pattern) {
          return pattern.find_first_not_of('\n') == std::string::npos;
        });
    return all_match && invert;
  }

  // False when no further file is to be searched.
  bool Search(const NamedFile& file) {
    const auto input = InputFile::Open(file.path, InputKind::kAnything);
    if (!input.ok()) {
      console_.Error(input.status());
      return true;
    }
    if (IsOutput(*input)) {
      console_.Error(input->name(), "is written to by this search; send the output elsewhere");
      return true;
    }
    const bool with_name = options_.file_names == When::kAuto
                               ? options_.files.size() > 1 || file.found
                               : options_.file_names == When::kAlways;
    const std::string& name = file.path == "-" ? options_.label : file.path;
    printer_.BeginFile(name, with_name);
    search::SearchResult result;
    const absl::Status status = SearchInput(*input, &result);
    selected_ = selected_ || result.scan.selected > 0;
    AddStats(result);
    Output(printer_.EndFile(result.scan.selected));
    // What was found before comes before.
    if (!status.ok() || result.scan.binary_matches) Output(printer_.Flush());
    if (failed_) return false;
    if (!status.ok()) console_.Error(status);
    if (result.scan.binary_matches && options_.show == Show::kLines)
      Say(Cat(Printable(name), ": binary file matches"));
    return !selected_ || options_.show != Show::kNothing;
  }

  // A search that reads what it writes has no end.
  bool IsOutput(const InputFile& input) const {
    const bool writes_lines = options_.show == Show::kLines && options_.search.scan.max_count > 1;
    return output_ && writes_lines && input.is_regular() &&
           input.attributes().st_dev == output_->st_dev &&
           input.attributes().st_ino == output_->st_ino;
  }

  absl::Status SearchInput(const InputFile& input, search::SearchResult* result) {
    ArchiveSource source(input);
    if (!source.LooksLikeArchive()) {
      const Packer packer = source.OtherPacker();
      if (packer == Packer::kNone) return SearchBytes(input, &source, result);
      const auto unpacked = Unpack(&source, packer, input.name(), options_.memory_limit);
      return SearchBytes(input, unpacked.get(), result);
    }
    if (source.began_at_zero() && input.is_regular()) return SearchIndexed(input, result);
    search::StreamSearch search(pattern_, StreamOptions(input), &printer_);
    archive::ReaderTotals totals;
    const absl::Status status =
        ReadArchive(reader_options_, &source, input, &search, &console_, &totals);
    const absl::Status finished = search.Finish(result);
    if (status.ok() || search.done()) return Named(input, finished);
    return ArchiveError(reader_options_, input, status);
  }

  absl::Status SearchIndexed(const InputFile& input, search::SearchResult* result) {
    LOGPRESS_ASSIGN_OR_RETURN(const auto file, input.OpenRandomAccess());
    archive::IndexOptions index_options;
    index_options.memory_limit = options_.memory_limit;
    index_options.dictionary = Loaded(options_.dictionary);
    const auto archive = archive::IndexReader::Open(file.get(), index_options);
    if (!archive.ok()) return ArchiveError(reader_options_, input, archive.status());
    const absl::Status status =
        SearchArchive(archive->get(), pattern_, options_.search, &printer_, result);
    if (!status.ok()) return ArchiveError(reader_options_, input, status);
    // What is intact was searched all the same.
    const absl::Status& damage = (*archive)->damage();
    return damage.ok() ? damage : ArchiveError(reader_options_, input, damage);
  }

  // Of bytes as they are, whose errors begin with the name of the file already.
  absl::Status SearchBytes(const InputFile& input, ByteSource* source,
                           search::SearchResult* result) {
    search::StreamSearch search(pattern_, StreamOptions(input), &printer_);
    Vector<char> buffer(kReadSize);
    absl::Status status;
    while (status.ok() && !search.done()) {
      const absl::StatusOr<size_t> size = source->Read(buffer.data(), buffer.size());
      if (!size.ok())
        status = StatusErrno(size.status()) != 0 ? ReadError(size.status()) : size.status();
      if (!size.ok() || *size == 0) break;
      const absl::Status written = search.Write(ByteView(buffer.data(), *size));
      if (!search.done()) status = Named(input, written);
    }
    const absl::Status finished = search.Finish(result);
    return status.ok() ? Named(input, finished) : status;
  }

  // Somebody may be waiting for what a pipe gave so far.
  search::SearchOptions StreamOptions(const InputFile& input) const {
    search::SearchOptions options = options_.search;
    options.show_at_once = !input.is_regular();
    return options;
  }

  // An error of the search itself; one of the output is told when it ends.
  absl::Status Named(const InputFile& input, const absl::Status& status) const {
    return StatusErrno(status) != 0 ? status : Annotate(status, input.name());
  }

  // Said also with -s, which is about files that cannot be read.
  static void Say(std::string_view what) { Console(Options()).Note(what); }

  // Tells once that the output cannot be written.
  void Output(const absl::Status& status) {
    if (!status.ok() && !failed_)
      console_.Error(absl::Status(
          status.code(), Cat(Message(status), "; make room, or send the output elsewhere")));
    failed_ = failed_ || !status.ok();
  }

  void AddStats(const search::SearchResult& result) {
    stats_.blocks += result.stats.blocks;
    stats_.blocks_skipped += result.stats.blocks_skipped;
    stats_.lines += result.stats.lines;
    stats_.lines_handed_on += result.stats.lines_handed_on;
    stats_.bytes += result.stats.bytes;
    stats_.bytes_handed_on += result.stats.bytes_handed_on;
    lines_selected_ += result.scan.selected;
    ++files_;
  }

  std::string StatsText() const {
    return Cat(files_, " files, ", stats_.blocks, " blocks (", stats_.blocks_skipped, " skipped), ",
               stats_.lines, " lines (", stats_.lines_handed_on, " looked at, ", lines_selected_,
               " selected), ", stats_.bytes, " bytes (", stats_.bytes_handed_on, " looked at)");
  }

  const GrepOptions& options_;
  const search::Pattern& pattern_;
  Console console_;
  const Options reader_options_;
  Printer printer_;
  std::optional<struct stat> output_;
  bool selected_ = false;
  bool failed_ = false;  // the output
  search::SearchStats stats_;
  uint64_t lines_selected_ = 0;
  uint64_t files_ = 0;
};

int Failed(const absl::Status& status) {
  Console(Options()).Error(status);
  return kFailed;
}

}  // namespace

int GrepMain(std::span<const std::string> arguments, search::Syntax syntax) {
  const auto options = ParseGrepOptions(arguments, syntax);
  if (!options.ok()) return Failed(options.status());
  if (options->help || options->version) {
    Console console{Options()};
    console.Output(options->help ? GrepHelpText() : VersionText());
    return console.failed() ? kFailed : kSelected;
  }
  const auto pattern = search::Pattern::Compile(options->patterns, options->pattern);
  if (!pattern.ok()) return Failed(Annotate(pattern.status(), "pattern"));
  CatchInterrupts();
  FdSink out(STDOUT_FILENO, "standard output");
  return SearchFiles(*options, *pattern, &out, nullptr);
}

int SearchFiles(const GrepOptions& options, const search::Pattern& pattern, ByteSink* out,
                uint64_t* lines_selected) {
  Grep grep(options, pattern, out);
  const int code = grep.Run();
  if (lines_selected != nullptr) *lines_selected = grep.lines_selected();
  return code;
}

}  // namespace logpress::cli::grep
