// The system calls that touch files, one by one, so that a test can stand between: let any of them
// fail, tear a write, or kill the process right before it.
//
// Every function is the call of that name: the same arguments, -1 and errno when it fails. Nothing
// is repeated and nothing completed here; see base/fd_io.h and cli/file_io.h for that.
#ifndef LOGPRESS_CLI_FILE_OPS_H_
#define LOGPRESS_CLI_FILE_OPS_H_

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>

#include <cstddef>
#include <ctime>
#include <string>
#include <vector>

namespace logpress::cli {

// Thread-safe as far as the calls are.
class FileOps {
 public:
  virtual ~FileOps() = default;

  virtual int OpenAt(int folder, const char* name, int flags, mode_t mode) = 0;
  virtual int Close(int fd) = 0;
  virtual ssize_t Read(int fd, char* buffer, size_t size) = 0;
  virtual ssize_t ReadAt(int fd, char* buffer, size_t size, off_t offset) = 0;  // pread
  virtual ssize_t Write(int fd, const char* bytes, size_t size) = 0;
  virtual int Sync(int fd) = 0;  // fsync
  virtual int Truncate(int fd, off_t size) = 0;

  virtual int Stat(int fd, struct stat* info) = 0;
  // fstatat that does not follow a link at `name`.
  virtual int StatAt(int folder, const char* name, struct stat* info) = 0;
  // When the file was made, by statx; ENOTSUP where the file system does not say.
  virtual int BirthTime(int fd, timespec* time) = 0;
  virtual int StatFileSystem(int fd, struct statvfs* info) = 0;

  // renameat2 within one folder; `flags` 0 or RENAME_NOREPLACE.
  virtual int Rename(int folder, const char* from, const char* to, unsigned flags) = 0;
  virtual int Link(int folder, const char* from, const char* to) = 0;
  virtual int Unlink(int folder, const char* name) = 0;

  virtual int ChangeOwner(int fd, uid_t user, gid_t group) = 0;
  virtual int ChangeMode(int fd, mode_t mode) = 0;
  virtual int ChangeTimes(int fd, const timespec times[2]) = 0;
  virtual ssize_t ListAttributes(int fd, char* names, size_t size) = 0;  // flistxattr
  virtual ssize_t GetAttribute(int fd, const char* name, char* value, size_t size) = 0;
  virtual int SetAttribute(int fd, const char* name, const char* value, size_t size) = 0;

  virtual int Lock(int fd, int operation) = 0;  // flock
  virtual int SetLease(int fd, int type) = 0;   // fcntl F_SETLEASE
  virtual int GetLease(int fd) = 0;             // fcntl F_GETLEASE

  // The names in the folder behind `fd` but "." and "..", in the order of the file system.
  virtual int ReadFolder(int fd, std::vector<std::string>* names) = 0;

  // The wall clock, which may jump.
  virtual timespec Now() = 0;
};

// The calls themselves.
FileOps* SystemFileOps();

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_FILE_OPS_H_
