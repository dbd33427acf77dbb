#include "cli/log_statements.h"

#include "base/status.h"
#include "cli/archive_input.h"
#include "cli/indexed_archive.h"
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

}  // namespace

absl::Status FeedLog(const Options& options, const std::string& path, statement::LogFeed* feed,
                     ByteSink* copy, Console* console) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  ArchiveSource source(input);
  if (options.part.is_all() && copy == nullptr) {
    // Block by block, without making bytes of them.
    LOGPRESS_ASSIGN_OR_RETURN(const IndexedArchive archive, OpenIndexed(options, &source, input));
    if (archive.index != nullptr) {
      absl::Status status = feed->AddArchive(archive.index.get());
      // What is intact was counted all the same.
      if (status.ok()) status = archive.index->damage();
      return status.ok() ? status : ArchiveError(options, input, status);
    }
  }
  Tee tee(feed, copy);
  archive::ReaderTotals totals;
  const absl::Status status =
      ReadLog(options, Accept::kAnything, &source, input, &tee, console, &totals);
  const absl::Status finished = feed->Finish();
  return status.ok() ? finished : status;
}

}  // namespace logpress::cli
