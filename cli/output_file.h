// A file to write that is either complete at its place or not there at all.
//
// The bytes go to a temporary file in the same directory. Commit() gives it the attributes of the
// source, syncs it, renames it to its place and syncs the directory. Whatever ends the run before
// that leaves nothing at the final name; errors and signals remove the temporary file too.
#ifndef LOGPRESS_CLI_OUTPUT_FILE_H_
#define LOGPRESS_CLI_OUTPUT_FILE_H_

#include <sys/stat.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace logpress::cli {

// One at a time in a process (see interrupt.h). Not thread-safe.
class OutputFile {
 public:
  enum class Name {
    kDerived,  // made from the name of the input: whatever stands there is in the way
    kGiven,    // the user's: a device or a pipe there is meant, and written directly
  };

  // Begins a file that will be `path`. Unless `overwrite`, it is an error when that exists, now or
  // at Commit(); with it, a link is replaced and not what it points to. Every error has the message
  // "NAME: what; what to do".
  static absl::StatusOr<std::unique_ptr<OutputFile>> Create(const std::string& path, Name kind,
                                                            bool overwrite);
  // Removes what is not committed.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int fd() const { return fd_; }
  // How messages call it.
  const std::string& name() const { return name_; }
  // False for a device or a pipe: what was written there is not known to be kept.
  bool is_regular() const { return directory_fd_ >= 0; }
  // True when `file` is the file that Commit() would replace.
  bool Replaces(const struct stat& file) const;

  // The file that the bytes were made from.
  struct Source {
    int fd;
    struct stat attributes;  // as it was opened
  };

  // All bytes are written: makes the file appear. `source` (may be null) is whose mode, times,
  // extended attributes and, where permitted, owner it gets.
  absl::Status Commit(const Source* source);
  // The bytes stay although they are not all, on the disk if that takes them: under the temporary
  // name, which is returned.
  std::string Keep();

 private:
  OutputFile() = default;
  absl::Status OpenDirect(const std::string& path);
  absl::Status OpenTemporary(const std::string& path);
  absl::Status TakePlace();

  int fd_ = -1;
  int directory_fd_ = -1;  // stays -1 for a device or a pipe
  bool overwrite_ = false;
  std::string name_;       // printable
  std::string folder_;     // "" or with a slash at its end
  std::string final_;      // within the directory
  std::string temporary_;  // within the directory; empty when there is none (any more)
};

// An error of writing `name`, with what to do about it. `error` is an errno.
absl::Status WriteError(int error, const std::string& name);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_OUTPUT_FILE_H_
