// Reading an archive front to back from an input file, for all that want its content or want to
// know that it is whole.
#ifndef LOGPRESS_CLI_ARCHIVE_INPUT_H_
#define LOGPRESS_CLI_ARCHIVE_INPUT_H_

#include <unistd.h>

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/reader.h"
#include "base/io.h"
#include "cli/console.h"
#include "cli/input_file.h"
#include "cli/options.h"
#include "cli/packer.h"

namespace logpress::cli {

// The bytes of an input file, whose beginning can be looked at before it is read. Borrows the file.
class ArchiveSource : public ByteSource {
 public:
  explicit ArchiveSource(const InputFile& input)
      : input_(input),
        source_(input.OpenSource()),
        began_at_zero_(input.is_remote() || lseek(input.fd(), 0, SEEK_CUR) == 0) {}

  // An error when the archive would have to be typed.
  absl::Status CheckNotTerminal() const;
  // Whether the input begins as archives do, and who packed it if another program did. An error of
  // reading shows with the next Read().
  bool LooksLikeArchive();
  Packer OtherPacker();
  // False for a pipe, and for standard input of which somebody has read before.
  bool began_at_zero() const { return began_at_zero_; }
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override;

 private:
  // Fills ahead_.
  void LookAhead();

  const InputFile& input_;
  const std::unique_ptr<ByteSource> source_;
  const bool began_at_zero_;
  std::string ahead_;         // looked at, not yet read
  absl::Status ahead_error_;  // of looking
};

// Reads all of `source` and gives what it holds to `sink` (null: verifies only), moving the
// progress line. Damaged places are told on `console` when options.recover passes over them. The
// status is that of archive::StreamReader::ReadAll.
absl::Status ReadArchive(const Options& options, ByteSource* source, const InputFile& input,
                         ByteSink* sink, Console* console, archive::ReaderTotals* totals);

// "NAME: what; what to do" for a status that ReadArchive returned.
absl::Status ArchiveError(const Options& options, const InputFile& input,
                          const absl::Status& status);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_ARCHIVE_INPUT_H_
