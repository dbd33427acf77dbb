#include "cli/archiving/source_file.h"

#include <fcntl.h>

#include <cerrno>

namespace logpress::cli::archiving {
namespace {

bool SameTime(const timespec& a, const timespec& b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

bool SourceFile::Open() {
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  fd_ = OpenFile(ops_, folder_, name_, kFlags | O_NOATIME);
  if (!fd_.ok() && errno == EPERM) fd_ = OpenFile(ops_, folder_, name_, kFlags);
  return fd_.ok() && ops_->Stat(fd_.get(), &info_) == 0;
}

SourceFile::State SourceFile::Check(const std::string& name) const { return Compare(name, true); }

SourceFile::State SourceFile::CheckRenamed(const std::string& name) const {
  return Compare(name, false);
}

// Only ever for equality: clocks jump, and what is written then has an older time than before.
SourceFile::State SourceFile::Compare(const std::string& name, bool with_ctime) const {
  struct stat now {};
  struct stat named {};
  if (ops_->Stat(fd_.get(), &now) != 0) return State::kError;
  if (now.st_nlink == 0) return State::kRemoved;
  if (ops_->StatAt(folder_, name.c_str(), &named) != 0)
    return errno == ENOENT ? State::kReplaced : State::kError;
  if (named.st_dev != info_.st_dev || named.st_ino != info_.st_ino) return State::kReplaced;
  const bool same = now.st_size == info_.st_size && SameTime(now.st_mtim, info_.st_mtim) &&
                    (!with_ctime || SameTime(now.st_ctim, info_.st_ctim));
  return same ? State::kSame : State::kChanged;
}

bool SourceFile::HasName() const {
  struct stat now {};
  return ops_->Stat(fd_.get(), &now) == 0 && now.st_nlink > 0;
}

}  // namespace logpress::cli::archiving
