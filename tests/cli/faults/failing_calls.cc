// To be loaded before a program (LD_PRELOAD), whose calls that touch files are counted, from 0, and
// go as the environment says. Before call number FAULT_AT comes FAULT:
//
//   a number   the call fails with this errno; with FAULT_ALL those of its name behind it too
//   kill       SIGKILL
//   half       half of the bytes of a write, then SIGKILL; of another call as kill
//   term       SIGTERM, and the call is made
//
// STDIN_PIECE is how much one read of standard input brings at most, and a poll that has a time
// ends as if that were over, so that what is flushed does not depend on the clock.
//
// FAULT_LOG is a descriptor, which gets a line for each call that was made: "name inode offset
// result from to", "-" for what a call does not have, and behind that of a write its bytes.
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string_view>

namespace {

enum class Fault { kNone, kError, kKill, kHalf, kTerminate };

struct Plan {
  Fault fault = Fault::kNone;
  long at = -1;
  int error = 0;
  bool all = false;
  int log = -1;
  size_t stdin_piece = SIZE_MAX;
};

Plan ReadPlan() {
  Plan plan;
  if (const char* const at = getenv("FAULT_AT")) plan.at = atol(at);
  const std::string_view fault = getenv("FAULT") == nullptr ? "" : getenv("FAULT");
  if (fault == "kill") plan.fault = Fault::kKill;
  if (fault == "half") plan.fault = Fault::kHalf;
  if (fault == "term") plan.fault = Fault::kTerminate;
  plan.error = fault.empty() ? 0 : atoi(fault.data());
  if (plan.error != 0) plan.fault = Fault::kError;
  plan.all = getenv("FAULT_ALL") != nullptr;
  if (const char* const log = getenv("FAULT_LOG")) plan.log = atoi(log);
  if (const char* const piece = getenv("STDIN_PIECE"))
    plan.stdin_piece = static_cast<size_t>(atol(piece));
  return plan;
}

const Plan& ThePlan() {
  static const Plan plan = ReadPlan();
  return plan;
}

std::recursive_mutex one_call;
long calls = 0;
const char* failing = nullptr;  // the name of the call that was hit

void Put(const char* bytes, size_t size) {
  if (syscall(SYS_write, ThePlan().log, bytes, size) != static_cast<long>(size)) _exit(99);
}

void Log(const char* name, long inode, long offset, long result, const char* from, const char* to) {
  if (ThePlan().log < 0) return;
  char line[1024];
  const int size =
      snprintf(line, sizeof(line), "%s %ld %ld %ld %s %s\n", name, inode, offset, result, from, to);
  Put(line, static_cast<size_t>(size));
}

// True when the call `name` is to fail, and errno says how. The rest of what can happen happens
// here.
bool Fails(const char* name) {
  const Plan& plan = ThePlan();
  const bool hit = calls++ == plan.at;
  if (hit) failing = name;
  const bool again = plan.all && failing != nullptr && strcmp(failing, name) == 0;
  if (!hit && !again) return false;
  if (plan.fault == Fault::kKill || plan.fault == Fault::kHalf) kill(getpid(), SIGKILL);
  if (plan.fault == Fault::kTerminate && hit) raise(SIGTERM);
  errno = plan.error;
  return plan.fault == Fault::kError;
}

template <class Function>
Function* Next(Function* /*type*/, const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}
#define NEXT(name) Next(name, #name)

long Inode(int fd) {
  struct stat info {};
  return syscall(SYS_fstat, fd, &info) == 0 ? static_cast<long>(info.st_ino) : -1;
}

struct Subject {
  int fd = -1;
  const char* from = "-";
  const char* to = "-";
};

// One call: counted, perhaps hit, made, and written down.
template <class Call>
auto Do(const char* name, Subject subject, Call call) -> decltype(call()) {
  // Messages are not part of it.
  if (subject.fd == STDERR_FILENO || (subject.fd >= 0 && subject.fd == ThePlan().log))
    return call();
  const std::lock_guard<std::recursive_mutex> lock(one_call);
  const long inode = subject.fd < 0 ? -1 : Inode(subject.fd);
  if (Fails(name)) return -1;
  const auto result = call();
  const int error = errno;
  Log(name, inode, -1, result, subject.from, subject.to);
  errno = error;
  return result;
}

mode_t ModeOf(int flags, va_list arguments) {
  return (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = ModeOf(flags, arguments);
  va_end(arguments);
  return Do("open", {-1, path}, [&] { return NEXT(open)(path, flags, mode); });
}

int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = ModeOf(flags, arguments);
  va_end(arguments);
  return Do("open", {-1, path}, [&] {
    const int fd = NEXT(openat)(folder, path, flags, mode);
    if (fd >= 0 && (flags & O_EXCL) != 0) Log("create", Inode(fd), -1, 0, path, "-");
    return fd;
  });
}

int close(int fd) {
  // A descriptor is gone even when closing it fails.
  bool made = false;
  const int result = Do("close", {fd}, [&] {
    made = true;
    return NEXT(close)(fd);
  });
  const int error = errno;
  if (!made) NEXT(close)(fd);
  errno = error;
  return result;
}

ssize_t read(int fd, void* buffer, size_t size) {
  const size_t most = fd == STDIN_FILENO ? std::min(size, ThePlan().stdin_piece) : size;
  return Do(fd == STDIN_FILENO ? "read_stdin" : "read", {fd},
            [&] { return NEXT(read)(fd, buffer, most); });
}

ssize_t pread(int fd, void* buffer, size_t size, off_t offset) {
  return Do("pread", {fd}, [&] { return NEXT(pread)(fd, buffer, size, offset); });
}

ssize_t write(int fd, const void* buffer, size_t size) {
  if (fd == STDERR_FILENO) return NEXT(write)(fd, buffer, size);
  const std::lock_guard<std::recursive_mutex> lock(one_call);
  if (ThePlan().fault == Fault::kHalf && calls == ThePlan().at)
    syscall(SYS_write, fd, buffer, size / 2);
  if (Fails("write")) return -1;
  const ssize_t written = NEXT(write)(fd, buffer, size);
  const int error = errno;
  const long end = syscall(SYS_lseek, fd, 0, SEEK_CUR);
  Log("write", Inode(fd), end - written, written, "-", "-");
  if (written > 0 && ThePlan().log >= 0)
    Put(static_cast<const char*>(buffer), static_cast<size_t>(written));
  errno = error;
  return written;
}

int fsync(int fd) {
  return Do("fsync", {fd}, [&] { return NEXT(fsync)(fd); });
}
int ftruncate(int fd, off_t size) noexcept {
  return Do("ftruncate", {fd}, [&] {
    const int result = NEXT(ftruncate)(fd, size);
    if (result == 0) Log("truncate", Inode(fd), size, 0, "-", "-");
    return result;
  });
}
off_t lseek(int fd, off_t offset, int whence) noexcept {
  return Do("lseek", {fd}, [&] { return NEXT(lseek)(fd, offset, whence); });
}

int stat(const char* path, struct stat* info) noexcept {
  return Do("stat", {-1, path}, [&] { return NEXT(stat)(path, info); });
}
int lstat(const char* path, struct stat* info) noexcept {
  return Do("stat", {-1, path}, [&] { return NEXT(lstat)(path, info); });
}
int fstat(int fd, struct stat* info) noexcept {
  return Do("stat", {fd}, [&] { return NEXT(fstat)(fd, info); });
}
int fstatat(int folder, const char* path, struct stat* info, int flags) noexcept {
  return Do("stat", {-1, path}, [&] { return NEXT(fstatat)(folder, path, info, flags); });
}

int renameat(int folder, const char* from, int to_folder, const char* to) noexcept {
  return Do("rename", {-1, from, to}, [&] { return NEXT(renameat)(folder, from, to_folder, to); });
}
int renameat2(int folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
  return Do("rename", {-1, from, to},
            [&] { return NEXT(renameat2)(folder, from, to_folder, to, flags); });
}
int linkat(int folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  return Do("link", {-1, from, to},
            [&] { return NEXT(linkat)(folder, from, to_folder, to, flags); });
}
int unlink(const char* path) noexcept {
  return Do("unlink", {-1, path}, [&] { return NEXT(unlink)(path); });
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  return Do("unlink", {-1, path}, [&] { return NEXT(unlinkat)(folder, path, flags); });
}

int fchmod(int fd, mode_t mode) noexcept {
  return Do("fchmod", {fd}, [&] { return NEXT(fchmod)(fd, mode); });
}
int fchown(int fd, uid_t user, gid_t group) noexcept {
  return Do("fchown", {fd}, [&] { return NEXT(fchown)(fd, user, group); });
}
int futimens(int fd, const timespec times[2]) noexcept {
  return Do("futimens", {fd}, [&] { return NEXT(futimens)(fd, times); });
}
ssize_t flistxattr(int fd, char* names, size_t size) noexcept {
  return Do("flistxattr", {fd}, [&] { return NEXT(flistxattr)(fd, names, size); });
}
int flock(int fd, int operation) noexcept {
  return Do("flock", {fd}, [&] { return NEXT(flock)(fd, operation); });
}

int poll(pollfd* waits, nfds_t count, int timeout) {
  if (timeout > 0 && ThePlan().stdin_piece != SIZE_MAX)
    return Do("poll_timeout", {waits[0].fd}, [] { return 0; });
  return Do("poll", {waits[0].fd}, [&] { return NEXT(poll)(waits, count, timeout); });
}

}  // extern "C"
