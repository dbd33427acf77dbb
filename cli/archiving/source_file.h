// A log to be packed, held open from the first look at it to its removal, and the questions that
// decide whether it may be removed.
#ifndef LOGPRESS_CLI_ARCHIVING_SOURCE_FILE_H_
#define LOGPRESS_CLI_ARCHIVING_SOURCE_FILE_H_

#include <sys/stat.h>

#include <set>
#include <string>
#include <utility>

#include "cli/archiving/folder.h"
#include "cli/file_io.h"
#include "cli/packer.h"

namespace logpress::cli::archiving {

// Files by what they are, whatever their names.
using FileIds = std::set<std::pair<dev_t, ino_t>>;

// A file that a run may take, as it was found.
struct Candidate {
  FolderPath folder;
  std::string name;
  struct stat info {};
  Packer packer = Packer::kNone;  // to be unpacked first
  std::string_view chosen;        // by what of its name: "looks rotated", "named"
  bool named = false;             // by the caller, and not found in a folder

  std::string Path() const { return folder.Path(name); }
};

class SourceFile {
 public:
  // How the file under `name` compares to the one that was opened.
  enum class State {
    kSame,
    kChanged,   // written to, or its attributes are others
    kReplaced,  // the name is another file's now; this one has another name, or is being rotated
    kRemoved,   // it has no name any more
    kError,     // errno
  };

  SourceFile(FileOps* ops, int folder, std::string name)
      : ops_(ops), folder_(folder), name_(std::move(name)) {}

  // Opens it for reading, not following a link and not waiting for a pipe, and without touching its
  // time of access where that is permitted. False and errno when that failed.
  bool Open();

  State Check(const std::string& name) const;
  // The same, for a file that this run gave another name: that changes its ctime.
  State CheckRenamed(const std::string& name) const;
  // False when the file behind the descriptor has no name any more (or that cannot be told).
  bool HasName() const;

  int fd() const { return fd_.get(); }
  // As it was opened.
  const struct stat& info() const { return info_; }
  uint64_t size() const { return static_cast<uint64_t>(info_.st_size); }
  const std::string& name() const { return name_; }

 private:
  State Compare(const std::string& name, bool with_ctime) const;

  FileOps* ops_;
  int folder_;
  std::string name_;
  Fd fd_;
  struct stat info_ {};
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_SOURCE_FILE_H_
