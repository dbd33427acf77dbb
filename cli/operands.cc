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
void AppendBelow(const Options& options, const std::string& directory, Console* console,
                 std::vector<Operand>* files) {
  const bool want_archives = options.mode != Mode::kCompress;
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
      AppendBelow(options, path, console, files);
    } else if (type == fs::file_type::regular &&
               ArchiveSuffix(options, path).empty() != want_archives) {
      files->push_back({path, false});
    }
  }
}

bool IsDirectory(const std::string& path, bool follow_links) {
  struct stat file {};
  const int result = follow_links ? stat(path.c_str(), &file) : lstat(path.c_str(), &file);
  return result == 0 && S_ISDIR(file.st_mode);
}

}  // namespace

bool HasSuffix(std::string_view path, std::string_view suffix) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > suffix.size() && name.ends_with(suffix);
}

std::string_view ArchiveSuffix(const Options& options, std::string_view path) {
  if (HasSuffix(path, options.suffix)) return options.suffix;
  return HasSuffix(path) ? kSuffix : "";
}

std::vector<Operand> ExpandOperands(const Options& options, Console* console) {
  std::vector<Operand> files;
  for (const std::string& file : options.files) {
    if (options.recursive && file != "-" &&
        IsDirectory(file, options.force || options.ExplicitDestination())) {
      AppendBelow(options, file, console, &files);
    } else {
      files.push_back({file, true});
    }
  }
  return files;
}

}  // namespace logpress::cli
