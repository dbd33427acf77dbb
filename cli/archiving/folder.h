// Folders reached without being led astray: below the path that was given no symbolic link is
// followed, whoever puts one there at whatever moment.
#ifndef LOGPRESS_CLI_ARCHIVING_FOLDER_H_
#define LOGPRESS_CLI_ARCHIVING_FOLDER_H_

#include <string>

#include "cli/file_io.h"
#include "cli/file_ops.h"

namespace logpress::cli::archiving {

struct FolderPath {
  std::string root;   // as given; links in it are followed
  std::string below;  // folders below it, joined by '/'; may be empty

  // "root/below", and with `name` "root/below/name".
  std::string Path() const;
  std::string Path(const std::string& name) const;
  FolderPath Child(const std::string& name) const;
  bool operator==(const FolderPath&) const = default;
};

// A descriptor to read the folder and to reach files in it; not ok() and errno when that failed.
Fd OpenFolder(FileOps* ops, const FolderPath& folder);

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_FOLDER_H_
