// The removal of a log whose archive is on disk: the one step that cannot be taken back.
#ifndef LOGPRESS_CLI_ARCHIVING_REMOVE_PACKED_H_
#define LOGPRESS_CLI_ARCHIVING_REMOVE_PACKED_H_

#include <string>

#include "cli/archiving/source_file.h"
#include "cli/archiving/write_guard.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

struct RemovalResult {
  enum class Kind {
    kRemoved,
    kGone,     // somebody else removed it
    kChanged,  // it is not what was packed any more, and stays; `state` says how
    kOpened,   // somebody opened it for writing, and it stays
    kFailed,   // it stays; `error` is the errno
  };
  Kind kind = Kind::kFailed;
  SourceFile::State state = SourceFile::State::kSame;
  int error = 0;
  // The hidden name that the log has now, when it could not get its own back.
  std::string stranded;
};

// Removes `source` in `folder`, if it still is the file that was opened and as it was then, and,
// with `guard` (may be null), nobody has it open for writing. A name may become another file's
// between a look and a removal, or be opened; so the log is first moved to a hidden name, which
// nobody uses, and looked at there.
RemovalResult RemovePacked(FileOps* ops, int folder, const SourceFile& source, WriteGuard* guard);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_REMOVE_PACKED_H_
