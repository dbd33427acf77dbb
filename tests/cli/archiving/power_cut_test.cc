// A machine that loses power keeps of a file what was synced, and of a folder what was done before
// its last sync and some first part of what was done since. Every log survives that.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cli/archiving/archiving_test_util.h"

namespace logpress::cli::archiving {
namespace {

namespace fs = std::filesystem;

// Remembers what is not on disk yet in one folder, and can take it back.
class PowerCutOps : public FaultOps {
 public:
  // `graveyard` is a folder on the same file system, for what a run removes.
  PowerCutOps(std::string folder, std::string graveyard)
      : folder_(std::move(folder)), graveyard_(std::move(graveyard)) {}

  int OpenAt(int folder, const char* name, int flags, mode_t mode) override {
    const int fd = FaultOps::OpenAt(folder, name, flags, mode);
    if (fd >= 0 && (flags & O_CREAT) != 0 && IsFolder(folder)) {
      pending_.push_back({Change::kMade, name, ""});
      synced_[Inode(fd)] = 0;
    }
    return fd;
  }
  int Sync(int fd) override {
    if (FaultOps::Sync(fd) != 0) return -1;
    struct stat info {};
    fstat(fd, &info);
    if (IsFolder(fd)) pending_.clear();
    if (synced_.count(info.st_ino) != 0) synced_[info.st_ino] = info.st_size;
    return 0;
  }
  int Rename(int folder, const char* from, const char* to, unsigned flags) override {
    if (FaultOps::Rename(folder, from, to, flags) != 0) return -1;
    if (IsFolder(folder)) pending_.push_back({Change::kRenamed, from, to});
    return 0;
  }
  int Unlink(int folder, const char* name) override {
    const std::string grave = graveyard_ + "/" + std::to_string(graves_++);
    if (IsFolder(folder)) fs::create_hard_link(folder_ + "/" + name, grave);
    if (FaultOps::Unlink(folder, name) != 0) return -1;
    if (IsFolder(folder)) pending_.push_back({Change::kRemoved, name, grave});
    return 0;
  }

  // The power goes: of the changes of the folder since its last sync the first `kept` survive, of
  // the contents of new files what was synced.
  void Cut(size_t kept) {
    for (size_t i = pending_.size(); i > std::min(kept, pending_.size()); --i) {
      const Pending& change = pending_[i - 1];
      const std::string path = folder_ + "/" + change.name;
      if (change.what == Change::kMade) fs::remove(path);
      if (change.what == Change::kRenamed) fs::rename(folder_ + "/" + change.other, path);
      if (change.what == Change::kRemoved) fs::rename(change.other, path);
    }
    // What stays removed is gone, as far as a later run can see.
    for (const auto& entry : fs::directory_iterator(graveyard_)) fs::remove(entry.path());
    for (const auto& entry : fs::directory_iterator(folder_)) {
      struct stat info {};
      lstat(entry.path().c_str(), &info);
      const auto found = synced_.find(info.st_ino);
      if (found != synced_.end() && info.st_size > found->second)
        fs::resize_file(entry.path(), static_cast<uintmax_t>(found->second));
    }
  }

 private:
  enum class Change { kMade, kRenamed, kRemoved };
  struct Pending {
    Change what;
    std::string name;
    std::string other;  // the new name, or the grave
  };

  static ino_t Inode(int fd) {
    struct stat info {};
    fstat(fd, &info);
    return info.st_ino;
  }
  bool IsFolder(int fd) const {
    struct stat info {};
    struct stat ours {};
    return fd >= 0 && fstat(fd, &info) == 0 && stat(folder_.c_str(), &ours) == 0 &&
           info.st_ino == ours.st_ino;
  }

  std::string folder_;
  std::string graveyard_;
  size_t graves_ = 0;
  std::vector<Pending> pending_;
  std::map<ino_t, off_t> synced_;  // sizes of the files that this run made
};

TEST_CASE("power that goes before any step of a run costs no log, and the next run finishes") {
  const Logs logs = SomeLogs();
  const TestFolder folder;
  const Settings settings = SettingsFor(folder.path());
  WriteLogs(folder, logs);
  const size_t calls = CallsOf(settings).size();
  for (size_t step = 0; step <= calls; step += kStride) {
    for (const size_t kept : {0, 1}) {
      INFO("before call " << step << " of " << calls << ", " << kept << " changes kept");
      folder.Clear();
      WriteLogs(folder, logs);
      const TestFolder graveyard;
      const Ended ended = RunWith(settings, [&] {
        auto ops = std::make_unique<PowerCutOps>(folder.path(), graveyard.path());
        PowerCutOps* const cut = ops.get();
        ops->before = [cut, step, kept, count = size_t{0}](const Call&) mutable {
          if (count++ == step) {
            cut->Cut(kept);
            kill(getpid(), SIGKILL);
          }
          return 0;
        };
        return ops;
      });
      INFO(ended.out << ended.err);
      REQUIRE((ended.signal == SIGKILL) == (step < calls));
      REQUIRE(Lost(folder, logs) == std::vector<std::string>());
      const Ended again = RunSeparately(settings);
      INFO(again.out << again.err);
      REQUIRE(again.code == 0);
      REQUIRE(NotExactlyOnce(folder, logs) == std::vector<std::string>());
      for (const Log& log : logs) REQUIRE(folder.Exists(log.archive));
    }
  }
}

}  // namespace
}  // namespace logpress::cli::archiving
