#include "cli/operands.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

namespace fs = std::filesystem;

void TellUnreadable(const std::string& path, const std::error_code& error, Console* console) {
  console->Error(Printable(path), Cat(error.message(), "; check the permissions"));
}

// Appends the wanted files below `directory`, sorted by name so that a run can be repeated. Links
// are not followed: they may lead out of the tree or back into it.
void AppendBelow(const std::string& directory, bool want_archives, Console* console,
                 std::vector<std::string>* files) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    entries.push_back(*at);
  if (error) TellUnreadable(directory, error, console);
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.path() < b.path(); });

  for (const fs::directory_entry& entry : entries) {
    const std::string path = entry.path().string();
    const fs::file_type type = entry.symlink_status(error).type();
    if (error) {
      TellUnreadable(path, error, console);
    } else if (type == fs::file_type::directory) {
      AppendBelow(path, want_archives, console, files);
    } else if (type == fs::file_type::regular && HasSuffix(path) == want_archives) {
      files->push_back(path);
    }
  }
}

bool IsDirectory(const std::string& path, bool follow_links) {
  struct stat file {};
  const int result = follow_links ? stat(path.c_str(), &file) : lstat(path.c_str(), &file);
  return result == 0 && S_ISDIR(file.st_mode);
}

}  // namespace

bool HasSuffix(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > kSuffix.size() && name.ends_with(kSuffix);
}

std::vector<std::string> ExpandOperands(const Options& options, Console* console) {
  if (!options.recursive) return options.files;
  std::vector<std::string> files;
  for (const std::string& file : options.files) {
    if (file != "-" && IsDirectory(file, options.force || options.ExplicitDestination())) {
      AppendBelow(file, options.mode != Mode::kCompress, console, &files);
    } else {
      files.push_back(file);
    }
  }
  return files;
}

}  // namespace logpress::cli
