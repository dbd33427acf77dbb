#include "cli/grep/names.h"

#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::grep {
namespace {

namespace fs = std::filesystem;

// Whether the glob means `name`. Of what is named on the command line also the last parts of the
// path count, of what is found below a directory the last alone.
bool GlobMatches(const std::string& glob, std::string_view name, bool found) {
  if (found) name.remove_prefix(name.rfind('/') + 1);
  for (;;) {
    if (fnmatch(glob.c_str(), std::string(name).c_str(), 0) == 0) return true;
    const size_t slash = name.find('/');
    if (slash == std::string_view::npos) return false;
    name.remove_prefix(slash + 1);
  }
}

class Walker {
 public:
  Walker(const GrepOptions& options, Console* console,
         const std::function<bool(const NamedFile&)>& take)
      : options_(options), console_(console), take_(take) {}

  void Walk() {
    for (const std::string& file : options_.files) {
      // Without FILE the names of files below the current directory are as they are seen from it.
      const bool here = file == "." && options_.directories == Directories::kRecurse;
      if (!(here ? Below(".", "") : Named(file))) return;
    }
  }

 private:
  bool Named(const std::string& path) {
    struct stat file {};
    if (path == "-" || stat(path.c_str(), &file) != 0 || !S_ISDIR(file.st_mode)) {
      if (path != "-" && !Wanted(path, false)) return true;
      return take_({path, false});
    }
    if (options_.directories == Directories::kSkip || Excluded(path, false)) return true;
    if (options_.directories == Directories::kRecurse) return Below(path, path);
    console_->Error(Printable(path), "is a directory; use -r to search the files below it");
    return true;
  }

  // The last rule that means the file counts; without one the first says what the others are not.
  bool Wanted(const std::string& path, bool found) const {
    const auto& rules = options_.name_rules;
    bool wanted = rules.empty() || !rules.front().include;
    for (const NameRule& rule : rules)
      if (GlobMatches(rule.glob, path, found)) wanted = rule.include;
    return wanted;
  }

  bool Excluded(std::string path, bool found) const {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    const auto& globs = options_.excluded_directories;
    return std::any_of(globs.begin(), globs.end(),
                       [&](const std::string& glob) { return GlobMatches(glob, path, found); });
  }

  // The files in `directory`, which are called `shown` and their name.
  bool Below(const std::string& directory, const std::string& shown) {
    const std::pair<dev_t, ino_t> id = Id(directory);
    if (std::find(above_.begin(), above_.end(), id) != above_.end()) {
      console_->Note(Cat(Printable(directory), ": leads back to a directory above; skipped"));
      return true;
    }
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
      names.push_back(at->path().filename().string());
    if (error)
      console_->Error(Printable(directory), Cat(error.message(), "; check the permissions"));
    std::sort(names.begin(), names.end());

    above_.push_back(id);
    const std::string front = shown.empty() || shown.ends_with('/') ? shown : Cat(shown, "/");
    bool more = true;
    for (size_t i = 0; i < names.size() && more; ++i)
      more = Found(Cat(directory, "/", names[i]), Cat(front, names[i]));
    above_.pop_back();
    return more;
  }

  bool Found(const std::string& path, const std::string& shown) {
    struct stat file {};
    const int result =
        options_.follow_links ? stat(path.c_str(), &file) : lstat(path.c_str(), &file);
    if (result != 0) return !Wanted(shown, true) || take_({shown, true});
    if (S_ISDIR(file.st_mode)) return Excluded(shown, true) || Below(path, shown);
    if (!S_ISREG(file.st_mode) || !Wanted(shown, true)) return true;
    return take_({shown, true});
  }

  static std::pair<dev_t, ino_t> Id(const std::string& path) {
    struct stat file {};
    if (stat(path.c_str(), &file) != 0) return {};
    return {file.st_dev, file.st_ino};
  }

  const GrepOptions& options_;
  Console* const console_;
  const std::function<bool(const NamedFile&)>& take_;
  std::vector<std::pair<dev_t, ino_t>> above_;  // the directories that are being walked through
};

}  // namespace

void ForEachFile(const GrepOptions& options, Console* console,
                 const std::function<bool(const NamedFile&)>& take) {
  Walker(options, console, take).Walk();
}

}  // namespace logpress::cli::grep
