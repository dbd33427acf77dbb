#include "cli/archiving/selection.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string_view>
#include <tuple>

#include "base/status.h"
#include "cli/archiving/leftovers.h"
#include "cli/archiving/rotated_names.h"
#include "cli/format.h"
#include "cli/operands.h"
#include "cli/packer.h"
#include "cli/text.h"
#include "cli/values.h"

namespace logpress::cli::archiving {
namespace {

constexpr std::string_view kNamed = "named";

std::string ErrnoText(std::string_view what) {
  return std::string(Message(ErrnoStatus(errno, what)));
}

// A glob with a slash is for the path below the folder that was given, one without for the name.
bool MatchesAny(const std::vector<std::string>& globs, const FolderPath& folder,
                const std::string& name) {
  for (const std::string& glob : globs) {
    const bool path = glob.find('/') != std::string::npos;
    const std::string text = path ? FolderPath{"", folder.below}.Path(name) : name;
    const size_t root = path && text.starts_with("/") ? 1 : 0;
    if (fnmatch(glob.c_str(), text.c_str() + root, FNM_PATHNAME | FNM_PERIOD) == 0) return true;
  }
  return false;
}

std::string WhyNotByName(std::string_view name, NameKind kind) {
  if (name.starts_with('.')) return "is hidden";
  if (kind == NameKind::kNotOver) return "is named for a time that is not over";
  if (kind == NameKind::kUnfinished) return "is unfinished, by its name";
  if (IsPackedName(name)) return "is packed already";
  return "its name does not look rotated; --include takes others";
}

class Walk {
 public:
  Walk(FileOps* ops, const Policy& policy, bool dry_run, FileIds* taken, Report* report)
      : ops_(ops), policy_(policy), dry_run_(dry_run), taken_(taken), report_(report) {}

  void Path(const std::string& path) {
    struct stat info {};
    if (ops_->StatAt(AT_FDCWD, path.c_str(), &info) == 0) return Existing(path);
    const int error = errno;
    if (path.find_first_of("*?[") == std::string::npos) {
      // A killed run may have left it under its hidden name.
      if (error == ENOENT && !dry_run_) ClearFolderOf(path);
      if (ops_->StatAt(AT_FDCWD, path.c_str(), &info) == 0) return Existing(path);
      errno = error;
      return report_->Error(path, ErrnoText("cannot look at it") + "; check the name");
    }
    Glob(path);
  }

  Selection Finish() {
    std::sort(selection_.logs.begin(), selection_.logs.end(), [](const auto& a, const auto& b) {
      const auto key = [](const Candidate& c) {
        return std::make_tuple(c.info.st_mtim.tv_sec, c.info.st_mtim.tv_nsec, c.Path());
      };
      return key(a) < key(b);
    });
    std::sort(selection_.archives.begin(), selection_.archives.end(),
              [](const auto& a, const auto& b) { return a.Path() < b.Path(); });
    return std::move(selection_);
  }

 private:
  static FolderPath FolderOf(const std::string& path) {
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos) return {".", ""};
    return {slash == 0 ? "/" : path.substr(0, slash), ""};
  }

  void ClearFolderOf(const std::string& path) {
    const FolderPath folder = FolderOf(path);
    const Fd fd = OpenFolder(ops_, folder);
    std::vector<std::string> names;
    if (fd.ok() && ops_->ReadFolder(fd.get(), &names) == 0) ClearLeftovers(ops_, fd.get(), &names);
  }

  void Glob(const std::string& pattern) {
    // Also the folders, for what was left in them.
    const size_t slash = pattern.rfind('/');
    if (!dry_run_) {
      EachMatch(slash == std::string::npos ? "." : pattern.substr(0, slash == 0 ? 1 : slash),
                [this](const std::string& folder) {
                  ClearFolderOf(folder.ends_with('/') ? folder : folder + "/");
                });
    }
    if (!EachMatch(pattern, [this](const std::string& path) { Existing(path); }))
      report_->Detail(pattern, "matches nothing");
  }

  // False when nothing matches.
  bool EachMatch(const std::string& pattern, const std::function<void(const std::string&)>& each) {
    glob_t matches{};
    const int result = glob(pattern.c_str(), 0, nullptr, &matches);
    if (result != 0 && result != GLOB_NOMATCH)
      report_->Error(pattern, "cannot be expanded; check the permissions of the folders");
    for (size_t i = 0; i < matches.gl_pathc; ++i) each(matches.gl_pathv[i]);
    const bool any = matches.gl_pathc > 0;
    globfree(&matches);
    return any || result != GLOB_NOMATCH;
  }

  // A file or a folder that is named: links to folders are followed here, and only here.
  void Existing(const std::string& path) {
    struct stat info {};
    if (stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) {
      selection_.folders.push_back(path);
      return Folder({path, ""});
    }
    const FolderPath folder = FolderOf(path);
    const std::string name = path.substr(path.rfind('/') + 1);
    if (ops_->StatAt(AT_FDCWD, path.c_str(), &info) != 0) {
      if (errno != ENOENT) report_->Error(path, ErrnoText("cannot look at it"));
      return;
    }
    if (MatchesAny(policy_.exclude, folder, name))
      return Skip(path, Reason::kExcluded, "is excluded", true);
    File(folder, name, info, kNamed);
  }

  void Folder(const FolderPath& folder) {
    const Fd fd = OpenFolder(ops_, folder);
    std::vector<std::string> names;
    if (!fd.ok() || ops_->ReadFolder(fd.get(), &names) != 0) {
      if (errno == ENOENT) return;
      return report_->Error(folder.Path(),
                            ErrnoText("cannot read the folder") + "; check the permissions");
    }
    if (!dry_run_) ClearLeftovers(ops_, fd.get(), &names);
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      struct stat info {};
      if (ops_->StatAt(fd.get(), name.c_str(), &info) != 0) {
        if (errno != ENOENT) report_->Error(folder.Path(name), ErrnoText("cannot look at it"));
        continue;
      }
      if (MatchesAny(policy_.exclude, folder, name)) {
        Ignore(folder.Path(name), Reason::kExcluded, "is excluded");
      } else if (!S_ISDIR(info.st_mode)) {
        FileInFolder(folder, name, info);
      } else if (policy_.recursive) {
        Folder(folder.Child(name));
      } else {
        Ignore(folder.Path(name), Reason::kFolder, "is a folder; --recursive looks into it");
      }
    }
  }

  void FileInFolder(const FolderPath& folder, const std::string& name, const struct stat& info) {
    const bool archive = HasSuffix(name);
    // An archive belongs to whom its log belonged to.
    const std::string log = archive ? name.substr(0, name.size() - kSuffix.size()) : name;
    if (!policy_.include.empty()) {
      if (MatchesAny(policy_.include, folder, name) || MatchesAny(policy_.include, folder, log))
        return File(folder, name, info, "matches --include");
      return Ignore(folder.Path(name), Reason::kName, "matches no --include");
    }
    const NameKind kind = KindOfName(log, ops_->Now().tv_sec);
    if (kind == NameKind::kRotated || (archive && kind == NameKind::kNotOver))
      return File(folder, name, info, "looks rotated");
    Ignore(folder.Path(name), Reason::kName, WhyNotByName(name, kind));
  }

  void File(const FolderPath& folder, const std::string& name, const struct stat& info,
            std::string_view chosen) {
    const bool named = chosen == kNamed;
    Candidate candidate{folder, name, info, PackerOf(name), chosen, named};
    const std::string path = candidate.Path();
    if (!S_ISREG(info.st_mode)) {
      return Skip(path, Reason::kNotRegular,
                  S_ISLNK(info.st_mode) ? "is a symbolic link" : "is not a regular file", named);
    }
    if (HasSuffix(name)) {
      if (named) {
        Skip(path, Reason::kArchive, "is an archive already", named);
      } else {
        Ignore(path, Reason::kArchive, "is an archive already");
      }
      selection_.archives.push_back(std::move(candidate));
      return;
    }
    if (IsPackedName(name) && (candidate.packer == Packer::kNone || !policy_.repack)) {
      return Skip(path, Reason::kPacked,
                  candidate.packer == Packer::kNone ? std::string("is packed already")
                                                    : Cat("is packed already; --repack takes what ",
                                                          PackerName(candidate.packer), " packed"),
                  named);
    }
    const auto size = static_cast<uint64_t>(info.st_size);
    if (size < policy_.min_size)
      return Skip(path, Reason::kSmall, size == 0 ? "is empty" : "is smaller than --min-size",
                  named);
    if (size > policy_.max_size)
      return Skip(path, Reason::kLarge, "is larger than --max-size", named);
    // What was changed in the future, by a clock that jumped, is young.
    const int64_t age = ops_->Now().tv_sec - info.st_mtim.tv_sec;
    if (policy_.older_than > 0 && age < policy_.older_than) {
      return Skip(path, Reason::kYoung,
                  Cat("was changed less than ", TimeText(policy_.older_than),
                      " ago; --older-than=0 takes it now"),
                  named);
    }
    if (!named && policy_.ignore_open && IsCurrentOfJvm(name)) {
      return Skip(path, Reason::kMaybeOpen,
                  "is what a JVM writes to, and with --ignore-open nobody asks whether it does",
                  named);
    }
    if (!taken_->emplace(info.st_dev, info.st_ino).second)
      return Ignore(path, Reason::kTaken, "is taken already, by another name, path or policy");
    selection_.logs.push_back(std::move(candidate));
  }

  void Skip(const std::string& path, Reason reason, std::string message, bool named) {
    Leave(Outcome::kSkipped, path, reason, std::move(message), named);
  }
  void Ignore(const std::string& path, Reason reason, std::string message) {
    Leave(Outcome::kIgnored, path, reason, std::move(message), false);
  }
  void Leave(Outcome outcome, const std::string& path, Reason reason, std::string message,
             bool named) {
    FileResult result;
    result.outcome = outcome;
    result.reason = reason;
    result.path = path;
    result.message = std::move(message);
    result.named = named;
    report_->Add(result);
  }

  FileOps* ops_;
  const Policy& policy_;
  bool dry_run_;
  FileIds* taken_;
  Report* report_;
  Selection selection_;
};

}  // namespace

Selection Select(FileOps* ops, const Policy& policy, bool dry_run, FileIds* taken, Report* report) {
  Walk walk(ops, policy, dry_run, taken, report);
  for (const std::string& path : policy.paths) walk.Path(path);
  return walk.Finish();
}

}  // namespace logpress::cli::archiving
