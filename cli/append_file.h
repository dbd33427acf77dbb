// An archive that stands there, and another that is written behind it: together they are one.
#ifndef LOGPRESS_CLI_APPEND_FILE_H_
#define LOGPRESS_CLI_APPEND_FILE_H_

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace logpress::cli {

// What the file held stays, whatever happens: what is not committed is cut off again, by an
// interrupt too. One at a time in a process (see interrupt.h). Not thread-safe.
class AppendFile {
 public:
  // Opens `path` and stands behind the archives in it; null when there is no such file, or none
  // that could be appended to because it is a device or a pipe. A torn tail is cut off, and the
  // archive that it belongs to ended. Nobody else can append while this is open. Every error has
  // the message "NAME: what; what to do".
  static absl::StatusOr<std::unique_ptr<AppendFile>> Open(const std::string& path,
                                                          uint64_t memory_limit);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  int fd() const { return fd_; }
  // How messages call it.
  const std::string& name() const { return name_; }
  // Bytes of a torn tail that were cut off.
  uint64_t cut() const { return cut_; }
  // True when `file` is this one.
  bool Is(const struct stat& file) const;

  // All bytes are written: syncs them, and from here on they stay.
  absl::Status Commit();
  // They stay although the archive is not complete, on the disk if that takes them.
  void Keep();

 private:
  AppendFile(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  absl::Status ToEnd(uint64_t memory_limit);
  void Forget();

  int fd_;
  std::string name_;
  off_t size_ = -1;  // to be cut down to, unless committed; negative: as it is
  uint64_t cut_ = 0;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_APPEND_FILE_H_
