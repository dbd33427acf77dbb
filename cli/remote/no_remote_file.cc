// Where there was no libcurl to build with.
#include <cerrno>

#include "base/status.h"
#include "cli/remote/remote_file.h"

namespace logpress::cli {

absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRemoteFile(const std::string& url) {
  return ErrnoStatus(EOPNOTSUPP, UrlName(url) + ": this program was built without libcurl");
}

}  // namespace logpress::cli
