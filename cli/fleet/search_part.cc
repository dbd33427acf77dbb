#include "cli/fleet/search_part.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "base/status.h"
#include "cli/archiving/advice.h"
#include "cli/file_io.h"
#include "cli/fleet/streams.h"
#include "cli/format.h"
#include "cli/grep/run.h"
#include "cli/library.h"
#include "cli/text.h"
#include "logpress/logpress.hpp"

namespace logpress::cli::fleet {
namespace {

constexpr int kSearchFailed = 2;

// Where a part is in the file that holds it.
struct Section {
  uint64_t offset = 0;  // of its archive
  uint64_t size = 0;    // of its archive
  uint64_t first_line = 0;
  uint64_t lines = 0;
};

// A range that was packed by itself is one of the archives that the file is joined of.
absl::StatusOr<Section> SectionOf(RandomAccess* file, const Part& part) {
  LibrarySource source(file);
  const Result<Reader> reader = Reader::Open(source.source());
  if (!reader) return source.StatusOf(reader.error());
  if (!reader->damage().empty()) return absl::DataLossError(Cat(reader->damage()));
  Section section;
  uint64_t raw_offset = 0;
  for (uint64_t i = 0; i < reader->info().archives; ++i) {
    const logpress_member_info member = *reader->Member(i);
    if (raw_offset == part.begin && member.raw_bytes == part.size()) {
      section.offset = member.offset;
      section.size = member.packed_bytes;
      section.lines = member.lines;
      return section;
    }
    raw_offset += member.raw_bytes;
    section.first_line += member.lines;
  }
  return absl::DataLossError("is not what the plan made; pack it again");
}

// An open file, to be read anywhere.
class OpenedFile {
 public:
  static absl::StatusOr<OpenedFile> Open(FileOps* ops, const std::string& path) {
    OpenedFile file;
    file.fd_ = OpenFile(ops, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat info {};
    if (!file.fd_.ok() || ops->Stat(file.fd_.get(), &info) != 0)
      return ErrnoStatus(errno, "cannot open it");
    file.size_ = static_cast<uint64_t>(info.st_size);
    file.ops_ = ops;
    file.name_ = Printable(path);
    return file;
  }
  OpsRandomAccess bytes() const { return {ops_, fd_.get(), size_, name_}; }
  uint64_t size() const { return size_; }
  const std::string& name() const { return name_; }

 private:
  FileOps* ops_ = nullptr;
  Fd fd_;
  uint64_t size_ = 0;
  std::string name_;
};

// Whether what is found in ranges is, one behind the other, what is found in the whole: not where
// lines of context or numbers of lines go beyond a range.
bool Divides(const grep::GrepOptions& options) {
  const bool lines = options.show == grep::Show::kLines || options.show == grep::Show::kCount;
  const search::ScanOptions& scan = options.search.scan;
  return lines && scan.before + scan.after == 0 && scan.max_count == ~uint64_t{0};
}

}  // namespace

std::string PathOfRead(const Context& context, const Part& part) {
  const PlannedFile& file = context.plan->FileOf(part);
  return context.packed ? context.plan->ArchivePath(file) : file.path;
}

grep::GrepOptions SearchOptionsOf(const Context& context, const std::string& path) {
  grep::GrepOptions options = context.work->grep;
  options.files = {path};
  options.directories = grep::Directories::kRefuse;
  options.search.threads = context.threads;
  if (options.file_names == grep::When::kAuto) {
    options.file_names = context.plan->files_in_all > 1 ? grep::When::kAlways : grep::When::kNever;
  }
  return options;
}

absl::StatusOr<PartResult> SearchPart(const Context& context, const Part& part, ByteSink* out) {
  const std::string path = PathOfRead(context, part);
  grep::GrepOptions options = SearchOptionsOf(context, path);
  PartResult result;
  if (!context.plan->IsWhole(part)) {
    if (!context.packed || !Divides(options)) {
      if (part.begin > 0) return result;
    } else {
      LOGPRESS_ASSIGN_OR_RETURN(const OpenedFile file, OpenedFile::Open(context.ops, path));
      OpsRandomAccess bytes = file.bytes();
      LOGPRESS_ASSIGN_OR_RETURN(const Section section, SectionOf(&bytes, part));
      options.part.first = section.first_line;
      options.part.end = section.first_line + section.lines;
      options.search.selection = options.part.selection();
    }
  }
  HashingSink hashed(out);
  if (grep::SearchFiles(options, *context.work->pattern, &hashed, &result.lines) == kSearchFailed)
    return absl::UnknownError("could not be searched; standard error of the task says why");
  result.output = hashed.contents();
  return result;
}

absl::StatusOr<PartResult> VerifyPart(const Context& context, const Part& part,
                                      const archiving::Contents* packed) {
  const std::string path = PathOfRead(context, part);
  LOGPRESS_ASSIGN_OR_RETURN(const OpenedFile file, OpenedFile::Open(context.ops, path));
  OpsRandomAccess bytes = file.bytes();
  Section section{.size = file.size()};
  if (!context.plan->IsWhole(part)) {
    LOGPRESS_ASSIGN_OR_RETURN(section, SectionOf(&bytes, part));
  }
  PartSource source(&bytes, section.offset, section.size);
  PartResult result;
  LOGPRESS_ASSIGN_OR_RETURN(
      result.input, archiving::ArchiveContents(&source, {context.threads, 0}, context.stop));
  if (packed != nullptr && !(*packed == result.input))
    return absl::DataLossError("does not hold what was packed; pack it again");
  return result;
}

}  // namespace logpress::cli::fleet
