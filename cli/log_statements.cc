#include "cli/log_statements.h"

#include <memory>

#include "archive/index_reader.h"
#include "base/fd_io.h"
#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/input_file.h"
#include "cli/log_bytes.h"

namespace logpress::cli {
namespace {

class Tee : public ByteSink {
 public:
  Tee(ByteSink* first, ByteSink* second) : first_(first), second_(second) {}
  absl::Status Write(ByteView bytes) override {
    LOGPRESS_RETURN_IF_ERROR(first_->Write(bytes));
    return second_ == nullptr ? absl::OkStatus() : second_->Write(bytes);
  }

 private:
  ByteSink* const first_;
  ByteSink* const second_;
};

// Whole archives are read block by block, through their indexes.
absl::Status FeedArchive(const Options& options, const InputFile& input, FdRandomAccess* file,
                         statement::LogFeed* feed) {
  archive::IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  const auto archive = archive::IndexReader::Open(file, index_options);
  if (!archive.ok()) return ArchiveError(options, input, archive.status());
  absl::Status status = feed->AddArchive(archive->get());
  // What is intact was counted all the same.
  if (status.ok()) status = (*archive)->damage();
  return status.ok() ? status : ArchiveError(options, input, status);
}

}  // namespace

absl::Status FeedLog(const Options& options, const std::string& path, statement::LogFeed* feed,
                     ByteSink* copy, Console* console) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  ArchiveSource source(input);
  const bool whole = options.part.is_all() && !options.recover && copy == nullptr;
  if (whole && source.began_at_zero() && source.LooksLikeArchive()) {
    const auto file = FdRandomAccess::Open(input.fd(), input.name());
    if (file.ok()) return FeedArchive(options, input, file->get(), feed);
  }
  Tee tee(feed, copy);
  archive::ReaderTotals totals;
  const absl::Status status =
      ReadLog(options, Accept::kAnything, &source, input, &tee, console, &totals);
  const absl::Status finished = feed->Finish();
  return status.ok() ? finished : status;
}

}  // namespace logpress::cli
