// File operations with something between: a test looks at every call before it is made and lets it
// pass, fails it, or ends the process there.
#ifndef LOGPRESS_TESTS_CLI_ARCHIVING_FAULT_OPS_H_
#define LOGPRESS_TESTS_CLI_ARCHIVING_FAULT_OPS_H_

#include <algorithm>
#include <cerrno>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/file_ops.h"

namespace logpress::cli::archiving {

struct Call {
  std::string_view what;  // "open", "write", "rename", ...
  std::string file;       // the name it has to do with, within its folder; of a rename the old one
  std::string to;         // of a rename or a link the new one
};

class FaultOps : public FileOps {
 public:
  // Asked before every call that goes to the file system. An errno makes it fail, 0 lets it pass.
  std::function<int(const Call&)> before;
  // May change the bytes of a write on their way to the file `name`, as bad memory or a bad disk.
  std::function<void(const std::string& name, std::string* bytes)> spoil;
  // The most that one read or write transfers; 0: as asked.
  size_t most_bytes = 0;
  // Added to the wall clock, in seconds.
  int64_t clock_offset = 0;

  int OpenAt(int folder, const char* name, int flags, mode_t mode) override {
    if (Fails("open", name)) return -1;
    const int fd = system_->OpenAt(folder, name, flags, mode);
    if (fd >= 0) names_[fd] = name;
    return fd;
  }
  int Close(int fd) override {
    // A descriptor is gone even when closing it fails.
    const bool fails = Fails("close", Name(fd));
    const int result = system_->Close(fd);
    if (fails) errno = EIO;
    return fails ? -1 : result;
  }
  ssize_t Read(int fd, char* buffer, size_t size) override {
    return Fails("read", Name(fd)) ? -1 : system_->Read(fd, buffer, Most(size));
  }
  ssize_t ReadAt(int fd, char* buffer, size_t size, off_t offset) override {
    return Fails("read", Name(fd)) ? -1 : system_->ReadAt(fd, buffer, Most(size), offset);
  }
  ssize_t Write(int fd, const char* bytes, size_t size) override {
    if (Fails("write", Name(fd))) return -1;
    std::string written(bytes, Most(size));
    if (spoil) spoil(Name(fd), &written);
    return system_->Write(fd, written.data(), written.size());
  }
  int Sync(int fd) override { return Fails("sync", Name(fd)) ? -1 : system_->Sync(fd); }
  int Truncate(int fd, off_t size) override {
    return Fails("truncate", Name(fd)) ? -1 : system_->Truncate(fd, size);
  }
  int Stat(int fd, struct stat* info) override {
    return Fails("stat", Name(fd)) ? -1 : system_->Stat(fd, info);
  }
  int StatAt(int folder, const char* name, struct stat* info) override {
    return Fails("stat", name) ? -1 : system_->StatAt(folder, name, info);
  }
  int BirthTime(int fd, timespec* time) override {
    return Fails("statx", Name(fd)) ? -1 : system_->BirthTime(fd, time);
  }
  int StatFileSystem(int fd, struct statvfs* info) override {
    return Fails("statfs", Name(fd)) ? -1 : system_->StatFileSystem(fd, info);
  }
  int Rename(int folder, const char* from, const char* to, unsigned flags) override {
    return Fails("rename", from, to) ? -1 : system_->Rename(folder, from, to, flags);
  }
  int Link(int folder, const char* from, const char* to) override {
    return Fails("link", from, to) ? -1 : system_->Link(folder, from, to);
  }
  int Unlink(int folder, const char* name) override {
    return Fails("unlink", name) ? -1 : system_->Unlink(folder, name);
  }
  int ChangeOwner(int fd, uid_t user, gid_t group) override {
    return Fails("chown", Name(fd)) ? -1 : system_->ChangeOwner(fd, user, group);
  }
  int ChangeMode(int fd, mode_t mode) override {
    return Fails("chmod", Name(fd)) ? -1 : system_->ChangeMode(fd, mode);
  }
  int ChangeTimes(int fd, const timespec times[2]) override {
    return Fails("utimens", Name(fd)) ? -1 : system_->ChangeTimes(fd, times);
  }
  ssize_t ListAttributes(int fd, char* names, size_t size) override {
    return Fails("listxattr", Name(fd)) ? -1 : system_->ListAttributes(fd, names, size);
  }
  ssize_t GetAttribute(int fd, const char* name, char* value, size_t size) override {
    return Fails("getxattr", Name(fd)) ? -1 : system_->GetAttribute(fd, name, value, size);
  }
  int SetAttribute(int fd, const char* name, const char* value, size_t size) override {
    return Fails("setxattr", Name(fd)) ? -1 : system_->SetAttribute(fd, name, value, size);
  }
  int Lock(int fd, int operation) override {
    return Fails("flock", Name(fd)) ? -1 : system_->Lock(fd, operation);
  }
  int SetLease(int fd, int type) override {
    return Fails("lease", Name(fd)) ? -1 : system_->SetLease(fd, type);
  }
  int GetLease(int fd) override { return Fails("getlease", Name(fd)) ? -1 : system_->GetLease(fd); }
  int ReadFolder(int fd, std::vector<std::string>* names) override {
    return Fails("readdir", Name(fd)) ? -1 : system_->ReadFolder(fd, names);
  }
  timespec Now() override {
    timespec now = system_->Now();
    now.tv_sec += clock_offset;
    return now;
  }

 private:
  std::string Name(int fd) const {
    const auto found = names_.find(fd);
    return found == names_.end() ? std::string() : found->second;
  }
  size_t Most(size_t size) const { return most_bytes == 0 ? size : std::min(size, most_bytes); }
  bool Fails(std::string_view what, std::string file, std::string to = {}) {
    const int error = before ? before({what, std::move(file), std::move(to)}) : 0;
    if (error != 0) errno = error;
    return error != 0;
  }

  FileOps* system_ = SystemFileOps();
  std::map<int, std::string> names_;
};

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_TESTS_CLI_ARCHIVING_FAULT_OPS_H_
