// Whether some process has a file open for writing, and may yet append to it.
//
// Where the kernel grants it, a read lease (fcntl F_SETLEASE) answers: it is refused while anyone
// has the file open for writing, in whatever container, and as long as it is held nobody can open
// it so unseen: the kernel makes that process wait, tells us, and we let go at once. Leases are for
// the owner of the file and for root, on local file systems. Elsewhere /proc/*/fd is searched,
// which sees this machine only, and all of it only as root.
#ifndef LOGPRESS_CLI_ARCHIVING_WRITE_GUARD_H_
#define LOGPRESS_CLI_ARCHIVING_WRITE_GUARD_H_

#include <sys/stat.h>

#include <string>

#include "cli/file_ops.h"

namespace logpress::cli::archiving {

// One at a time in a process, as it has to do with a signal. Not thread-safe.
class WriteGuard {
 public:
  enum class Answer {
    kNoWriter,
    kWriter,   // who() says which process, if that can be seen
    kUnknown,  // neither way can tell
  };

  explicit WriteGuard(FileOps* ops) : ops_(ops) {}
  ~WriteGuard() { Release(); }
  WriteGuard(const WriteGuard&) = delete;
  WriteGuard& operator=(const WriteGuard&) = delete;

  // Asks about the file behind `fd`, which must be open for reading only and stay open until
  // Release().
  Answer Take(int fd);
  // Asks again: kWriter when someone opened it for writing since Take(), even if only for a moment.
  // To be called when the file has no name any more under which it could be opened.
  Answer StillNoWriter();
  // True when a lease is held and somebody came. Costs nothing.
  bool Broken() const;
  void Release();

  // "process 4711 (nginx)", or "a process".
  const std::string& who() const { return who_; }

 private:
  Answer Search();

  FileOps* ops_;
  int fd_ = -1;
  bool leased_ = false;
  std::string who_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_WRITE_GUARD_H_
