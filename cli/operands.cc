#include "cli/operands.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/fd_io.h"
#include "cli/format.h"
#include "cli/input_file.h"
#include "cli/out_of_memory.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

namespace fs = std::filesystem;

void TellUnreadable(const std::string& path, const std::error_code& error, Console* console) {
  console->Error(Printable(path), Cat(error.message(), "; check the permissions"));
}

// Appends the wanted files below `directory`, sorted by name so that a run can be repeated. Links
// are not followed: they may lead out of the tree or back into it.
void AppendBelow(const Options& options, const std::string& directory, const std::string& mirrored,
                 Console* console, std::vector<Operand>* files) {
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
    const std::string name = entry.path().filename().string();
    const std::string below = mirrored.empty() ? name : Cat(mirrored, "/", name);
    const fs::file_type type = entry.symlink_status(error).type();
    if (error) {
      TellUnreadable(path, error, console);
    } else if (type == fs::file_type::directory) {
      AppendBelow(options, path, below, console, files);
    } else if (type == fs::file_type::regular &&
               (options.LooksAtLines() || ArchiveSuffix(options, path).empty() != want_archives)) {
      files->push_back({path, false, below});
    }
  }
}

bool IsDirectory(const std::string& path, bool follow_links) {
  struct stat file {};
  const int result = follow_links ? stat(path.c_str(), &file) : lstat(path.c_str(), &file);
  return result == 0 && S_ISDIR(file.st_mode);
}

// "app" of "/var/log/app/"; empty for ".", ".." and "/".
std::string LastName(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name == "." || name == ".." ? "" : std::string(name);
}

void AppendListed(const FileList& list, Console* console, std::vector<std::string>* names) {
  const auto input = InputFile::Open(list.path, InputKind::kAnything);
  if (!input.ok()) return console->Error(input.status());
  FdSource source(input->fd(), input->name());
  std::string text;
  std::vector<char> buffer(size_t{64} << 10);
  for (;;) {
    const absl::StatusOr<size_t> size = source.Read(buffer.data(), buffer.size());
    // Half a list is none: its last name may be another one's begin.
    if (!size.ok()) return console->Error(ReadError(size.status()));
    if (*size == 0) break;
    text.append(buffer.data(), *size);
  }
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(list.end, begin), text.size());
    std::string name = text.substr(begin, end - begin);
    begin = end + 1;
    // Names in a list are files, whatever they look like.
    if (name == "-") name = "./-";
    if (name.find('\0') != std::string::npos) {
      console->Error(Printable(name), "is no name, as it holds NUL; use --files0 for such a list");
    } else if (!name.empty()) {
      names->push_back(std::move(name));
    }
  }
}

}  // namespace

std::string OutputPath(const Options& options, const Operand& file) {
  return options.output_dir.empty() ? file.path : Cat(options.output_dir, "/", file.mirrored);
}

bool HasSuffix(std::string_view path, std::string_view suffix) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > suffix.size() && name.ends_with(suffix);
}

std::string_view ArchiveSuffix(const Options& options, std::string_view path) {
  if (HasSuffix(path, options.suffix)) return options.suffix;
  return HasSuffix(path) ? kSuffix : "";
}

std::vector<Operand> ExpandOperands(const Options& options, Console* console) {
  std::vector<std::string> names = options.files;
  for (const FileList& list : options.lists) AppendListed(list, console, &names);
  std::vector<Operand> files;
  for (const std::string& file : names) {
    if (options.recursive && file != "-" &&
        IsDirectory(file, options.force || options.ExplicitDestination())) {
      AppendBelow(options, file, LastName(file), console, &files);
    } else {
      files.push_back({file, true, LastName(file)});
    }
  }
  return files;
}

void ForEachOperand(const Options& options, Console* console,
                    const std::function<bool(const Operand&)>& work) {
  for (const Operand& file : ExpandOperands(options, console))
    if (!OnFile(file.path, console, [&] { return work(file); })) return;
}

}  // namespace logpress::cli
