#include "cli/fleet/find_logs.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "base/status.h"
#include "cli/file_io.h"
#include "cli/format.h"
#include "cli/operands.h"
#include "cli/packer.h"
#include "cli/text.h"

namespace logpress::cli::fleet {
namespace {

constexpr size_t kLookAhead = size_t{64} << 10;

class Finder {
 public:
  Finder(FileOps* ops, Wanted wanted, const TellTrouble& tell)
      : ops_(ops), wanted_(wanted), tell_(tell) {}

  void Take(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) == 0) {
      TakeFound(path, info);
    } else if (errno != ENOENT || path.find_first_of("*?[") == std::string::npos) {
      Unreadable(path, errno);
    } else {
      TakePattern(path);
    }
  }

  std::vector<PlannedFile> Finish() {
    const auto by_path = [](const PlannedFile& a, const PlannedFile& b) { return a.path < b.path; };
    std::sort(files_.begin(), files_.end(), by_path);
    const auto same = [](const PlannedFile& a, const PlannedFile& b) { return a.path == b.path; };
    files_.erase(std::unique(files_.begin(), files_.end(), same), files_.end());
    return std::move(files_);
  }

 private:
  void TakeFound(const std::string& path, const struct stat& info) {
    const std::string plain = std::filesystem::path(path).lexically_normal().string();
    if (S_ISDIR(info.st_mode)) {
      TakeBelow(AT_FDCWD, plain, plain);
    } else if (S_ISREG(info.st_mode)) {
      files_.push_back({plain, static_cast<uint64_t>(info.st_size), info.st_mtim});
    } else {
      tell_(path, "is no file; leave it out");
    }
  }

  void TakePattern(const std::string& pattern) {
    glob_t found{};
    if (glob(pattern.c_str(), 0, nullptr, &found) != 0) {
      tell_(pattern, "matches nothing; check the pattern");
    } else {
      for (size_t i = 0; i < found.gl_pathc; ++i) Take(found.gl_pathv[i]);
    }
    globfree(&found);
  }

  // The folder `name` in `parent`, which is called `path`.
  void TakeBelow(int parent, const std::string& name, const std::string& path) {
    const int links = parent == AT_FDCWD ? 0 : O_NOFOLLOW;
    const Fd folder = OpenFile(ops_, parent, name, O_RDONLY | O_DIRECTORY | links);
    std::vector<std::string> names;
    if (!folder.ok() || ops_->ReadFolder(folder.get(), &names) != 0) return Unreadable(path, errno);
    for (const std::string& entry : names) {
      if (entry.starts_with('.')) continue;
      const std::string below =
          path == "." ? entry : Cat(path, path.ends_with('/') ? "" : "/", entry);
      struct stat info {};
      if (ops_->StatAt(folder.get(), entry.c_str(), &info) != 0) {
        // Whoever rotates logs may have renamed it meanwhile.
        if (errno != ENOENT) Unreadable(below, errno);
      } else if (S_ISDIR(info.st_mode)) {
        TakeBelow(folder.get(), entry, below);
      } else if (S_ISREG(info.st_mode) && IsWanted(entry)) {
        files_.push_back({below, static_cast<uint64_t>(info.st_size), info.st_mtim});
      }
    }
  }

  bool IsWanted(const std::string& name) const {
    return wanted_ == Wanted::kArchives ? HasSuffix(name) : IsDivisible(name);
  }

  void Unreadable(const std::string& path, int error) {
    const absl::Status status = ErrnoStatus(error, "cannot be read");
    tell_(path, Cat(Message(status), "; check the name and the permissions"));
  }

  FileOps* const ops_;
  const Wanted wanted_;
  const TellTrouble& tell_;
  std::vector<PlannedFile> files_;
};

}  // namespace

std::vector<PlannedFile> FindLogs(FileOps* ops, const std::vector<std::string>& paths,
                                  Wanted wanted, const TellTrouble& tell) {
  Finder finder(ops, wanted, tell);
  for (const std::string& path : paths) finder.Take(path);
  return finder.Finish();
}

bool IsDivisible(std::string_view path) { return !HasSuffix(path) && !IsPackedName(path); }

absl::StatusOr<uint64_t> NextLine(FileOps* ops, const PlannedFile& file, uint64_t offset) {
  const std::string name = Printable(file.path);
  const Fd fd = OpenFile(ops, AT_FDCWD, file.path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!fd.ok()) return ErrnoStatus(errno, Cat(name, ": cannot open it"));
  OpsRandomAccess bytes(ops, fd.get(), file.size, name);
  std::string buffer(kLookAhead, '\0');
  // The newline before `offset` would do.
  for (uint64_t at = offset - 1; at < file.size;) {
    const size_t size = std::min<uint64_t>(buffer.size(), file.size - at);
    LOGPRESS_RETURN_IF_ERROR(bytes.ReadAt(at, size, buffer.data()));
    const size_t newline = std::string_view(buffer.data(), size).find('\n');
    at += newline == std::string_view::npos ? size : newline + 1;
    if (newline != std::string_view::npos) return at;
  }
  return file.size;
}

}  // namespace logpress::cli::fleet
