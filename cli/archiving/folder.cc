#include "cli/archiving/folder.h"

#include <fcntl.h>

#include <algorithm>

#include "cli/text.h"

namespace logpress::cli::archiving {

std::string FolderPath::Path() const {
  if (below.empty()) return root;
  return Cat(root, root.ends_with('/') ? "" : "/", below);
}

std::string FolderPath::Path(const std::string& name) const {
  const std::string path = Path();
  // What is given as "app.log" is called so, not "./app.log".
  if (path == ".") return name;
  return Cat(path, path.ends_with('/') ? "" : "/", name);
}

FolderPath FolderPath::Child(const std::string& name) const {
  return {root, below.empty() ? name : Cat(below, "/", name)};
}

Fd OpenFolder(FileOps* ops, const FolderPath& folder) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY;
  Fd fd = OpenFile(ops, AT_FDCWD, folder.root, kFlags);
  for (size_t at = 0; fd.ok() && at < folder.below.size();) {
    const size_t end = std::min(folder.below.find('/', at), folder.below.size());
    fd = OpenFile(ops, fd.get(), folder.below.substr(at, end - at), kFlags | O_NOFOLLOW);
    at = end + 1;
  }
  return fd;
}

}  // namespace logpress::cli::archiving
