#include "cli/archiving/write_guard.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

// What the signal handler may touch.
std::atomic<int> leased_fd{-1};
std::atomic<bool> lease_broken{false};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<bool>::is_always_lock_free);

// Somebody wants to write: do not let a service wait for us.
void LetGo(int /*signal_number*/) {
  const int error = errno;
  lease_broken.store(true);
  const int fd = leased_fd.exchange(-1);
  if (fd >= 0) fcntl(fd, F_SETLEASE, F_UNLCK);
  errno = error;
}

void InstallHandler() {
  static const bool installed = [] {
    struct sigaction action {};
    action.sa_handler = LetGo;
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    return sigaction(SIGIO, &action, nullptr) == 0;
  }();
  (void)installed;
}

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

Folder OpenFolder(const std::string& path) { return {opendir(path.c_str()), closedir}; }

// The whole of a small file of /proc; empty when it cannot be read.
std::string ReadSmall(const std::string& path) {
  std::string text(512, '\0');
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const ssize_t got = read(fd, text.data(), text.size());
  close(fd);
  text.resize(got < 0 ? 0 : static_cast<size_t>(got));
  return text;
}

// The flags that descriptor `number` of `process` (a folder of /proc) was opened with.
bool IsForWriting(const std::string& process, const std::string& number) {
  const std::string info = ReadSmall(Cat(process, "/fdinfo/", number));
  const size_t at = info.find("flags:");
  if (at == std::string::npos) return false;
  const unsigned long flags = std::strtoul(info.c_str() + at + 6, nullptr, 8);
  return (flags & O_ACCMODE) != O_RDONLY;
}

}  // namespace

WriteGuard::Answer WriteGuard::Take(int fd) {
  Release();
  fd_ = fd;
  who_ = "a process";
  InstallHandler();
  lease_broken.store(false);
  leased_fd.store(fd);
  if (ops_->SetLease(fd, F_RDLCK) == 0) {
    leased_ = true;
    return Answer::kNoWriter;
  }
  const int error = errno;
  leased_fd.store(-1);
  const Answer found = Search();
  // EAGAIN is the kernel's word that there is a writer, seen or not.
  return error == EAGAIN ? Answer::kWriter : found;
}

WriteGuard::Answer WriteGuard::StillNoWriter() {
  if (!leased_) return Search();
  // While a lease is being broken, F_GETLEASE says what it has to become.
  if (!Broken() && ops_->GetLease(fd_) == F_RDLCK && !Broken()) return Answer::kNoWriter;
  return Answer::kWriter;
}

bool WriteGuard::Broken() const { return leased_ && lease_broken.load(); }

void WriteGuard::Release() {
  if (fd_ < 0) return;
  if (leased_ && leased_fd.exchange(-1) >= 0) ops_->SetLease(fd_, F_UNLCK);
  leased_ = false;
  fd_ = -1;
}

WriteGuard::Answer WriteGuard::Search() {
  struct stat file {};
  if (ops_->Stat(fd_, &file) != 0) return Answer::kUnknown;
  const Folder proc = OpenFolder("/proc");
  if (proc == nullptr) return Answer::kUnknown;
  bool complete = true;
  size_t processes = 0;
  while (const dirent* entry = readdir(proc.get())) {
    if (entry->d_name[0] < '0' || entry->d_name[0] > '9') continue;
    const std::string process = Cat("/proc/", std::string(entry->d_name));
    const Folder descriptors = OpenFolder(Cat(process, "/fd"));
    if (descriptors == nullptr) {
      // Ended since; anything else is a process that may not be looked into.
      if (errno != ENOENT && errno != ESRCH) complete = false;
      continue;
    }
    ++processes;
    while (const dirent* number = readdir(descriptors.get())) {
      if (number->d_name[0] == '.') continue;
      struct stat open_file {};
      if (fstatat(dirfd(descriptors.get()), number->d_name, &open_file, 0) != 0) continue;
      if (open_file.st_dev != file.st_dev || open_file.st_ino != file.st_ino) continue;
      if (!IsForWriting(process, number->d_name)) continue;
      std::string name = ReadSmall(Cat(process, "/comm"));
      if (!name.empty() && name.back() == '\n') name.pop_back();
      who_ = Cat("process ", std::string(entry->d_name), name.empty() ? "" : " (", name,
                 name.empty() ? "" : ")");
      return Answer::kWriter;
    }
  }
  return complete && processes > 0 ? Answer::kNoWriter : Answer::kUnknown;
}

}  // namespace logpress::cli::archiving
