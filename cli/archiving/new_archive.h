// An archive on its way: written under a hidden name, synced, read back from the disk, and only
// then given its own name, over nothing. Whatever ends it before leaves nothing.
#ifndef LOGPRESS_CLI_ARCHIVING_NEW_ARCHIVE_H_
#define LOGPRESS_CLI_ARCHIVING_NEW_ARCHIVE_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/writer.h"
#include "base/io.h"
#include "cli/archiving/contents.h"
#include "cli/archiving/stop.h"
#include "cli/file_io.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

// Packs all of `source` into `sink` and says what was read. Between two reads it asks `go_on`,
// and returns what that returns unless it is OK.
absl::StatusOr<Contents> PackAll(ByteSource* source, ByteSink* sink,
                                 const archive::WriterOptions& options,
                                 const std::function<absl::Status()>& go_on,
                                 archive::WriterTotals* totals);

// For one archive. Messages do not name it; those of failed calls carry their errno. Not
// thread-safe.
class NewArchive {
 public:
  // Borrows `ops` and the descriptor of the folder.
  NewArchive(FileOps* ops, int folder) : ops_(ops), folder_(folder) {}
  ~NewArchive();
  NewArchive(const NewArchive&) = delete;
  NewArchive& operator=(const NewArchive&) = delete;

  // Makes the hidden file, which nobody else may read. EEXIST when there is one.
  absl::Status Create(const std::string& hidden);
  int fd() const { return fd_.get(); }

  absl::Status Sync();
  // Opens what is on disk now, not what was meant to be there. kUnavailable when the hidden name is
  // another file's.
  absl::StatusOr<Fd> Reopen();
  // Reads the archive behind `reopened` to its end. kDataLoss when it is damaged or does not hold
  // `packed`, kCancelled when `stop` asked to end; `name` is how messages call it.
  absl::Status Compare(const Fd& reopened, const Contents& packed, const std::string& name,
                       const DecodeLimits& limits, Stop* stop);
  // Renames it to `name`. kAlreadyExists when that is taken.
  absl::Status Place(const std::string& name);

 private:
  FileOps* const ops_;
  const int folder_;
  std::string hidden_;  // while it is there
  Fd fd_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_NEW_ARCHIVE_H_
