#include "cli/file_ops.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string_view>

namespace logpress::cli {
namespace {

// Linux transfers at most 0x7ffff000 bytes a call, other systems fail beyond SSIZE_MAX.
constexpr size_t kMaxTransfer = size_t{1} << 30;

class RealFileOps : public FileOps {
 public:
  int OpenAt(int folder, const char* name, int flags, mode_t mode) override {
    return openat(folder, name, flags, mode);
  }
  int Close(int fd) override { return close(fd); }
  ssize_t Read(int fd, char* buffer, size_t size) override {
    return read(fd, buffer, std::min(size, kMaxTransfer));
  }
  ssize_t ReadAt(int fd, char* buffer, size_t size, off_t offset) override {
    return pread(fd, buffer, std::min(size, kMaxTransfer), offset);
  }
  ssize_t Write(int fd, const char* bytes, size_t size) override {
    return write(fd, bytes, std::min(size, kMaxTransfer));
  }
  int Sync(int fd) override { return fsync(fd); }
  int Truncate(int fd, off_t size) override { return ftruncate(fd, size); }

  int Stat(int fd, struct stat* info) override { return fstat(fd, info); }
  int StatAt(int folder, const char* name, struct stat* info) override {
    return fstatat(folder, name, info, AT_SYMLINK_NOFOLLOW);
  }
  int BirthTime(int fd, timespec* time) override {
    struct statx info {};
    if (statx(fd, "", AT_EMPTY_PATH, STATX_BTIME, &info) != 0) return -1;
    if ((info.stx_mask & STATX_BTIME) == 0) {
      errno = ENOTSUP;
      return -1;
    }
    *time = {.tv_sec = info.stx_btime.tv_sec, .tv_nsec = info.stx_btime.tv_nsec};
    return 0;
  }
  int StatFileSystem(int fd, struct statvfs* info) override { return fstatvfs(fd, info); }

  int Rename(int folder, const char* from, const char* to, unsigned flags) override {
    return flags == 0 ? renameat(folder, from, folder, to)
                      : renameat2(folder, from, folder, to, flags);
  }
  int Link(int folder, const char* from, const char* to) override {
    return linkat(folder, from, folder, to, 0);
  }
  int Unlink(int folder, const char* name) override { return unlinkat(folder, name, 0); }

  int ChangeOwner(int fd, uid_t user, gid_t group) override { return fchown(fd, user, group); }
  int ChangeMode(int fd, mode_t mode) override { return fchmod(fd, mode); }
  int ChangeTimes(int fd, const timespec times[2]) override { return futimens(fd, times); }
  ssize_t ListAttributes(int fd, char* names, size_t size) override {
    return flistxattr(fd, names, size);
  }
  ssize_t GetAttribute(int fd, const char* name, char* value, size_t size) override {
    return fgetxattr(fd, name, value, size);
  }
  int SetAttribute(int fd, const char* name, const char* value, size_t size) override {
    return fsetxattr(fd, name, value, size, 0);
  }

  int Lock(int fd, int operation) override { return flock(fd, operation); }
  int SetLease(int fd, int type) override { return fcntl(fd, F_SETLEASE, type); }
  int GetLease(int fd) override { return fcntl(fd, F_GETLEASE); }

  int ReadFolder(int fd, std::vector<std::string>* names) override;

  timespec Now() override {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return now;
  }
};

int RealFileOps::ReadFolder(int fd, std::vector<std::string>* names) {
  // A descriptor of its own, from the beginning of the folder: closedir() closes what it is given.
  const int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (own < 0) return -1;
  DIR* const folder = fdopendir(own);
  if (folder == nullptr) {
    const int error = errno;
    close(own);
    errno = error;
    return -1;
  }
  errno = 0;
  while (const dirent* entry = readdir(folder)) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != "..") names->emplace_back(name);
    errno = 0;
  }
  const int error = errno;
  closedir(folder);
  errno = error;
  return error == 0 ? 0 : -1;
}

}  // namespace

FileOps* SystemFileOps() {
  static RealFileOps ops;
  return &ops;
}

}  // namespace logpress::cli
