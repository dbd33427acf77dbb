// A file on an HTTP(S) server, read in parts: archives in an object store, of which no more is
// fetched than what is asked for.
#ifndef LOGPRESS_CLI_REMOTE_REMOTE_FILE_H_
#define LOGPRESS_CLI_REMOTE_REMOTE_FILE_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/io.h"

namespace logpress::cli {

// "http://..." or "https://...".
bool IsUrl(std::string_view path);

// How messages call it: without what stands behind '?', which may be a signature.
std::string UrlName(std::string_view url);

// Reads are repeated when a connection fails or ends early, or the server says that it is busy
// (5xx, 429), four times in all. Errors, whose messages begin with the name, have an errno: ENOENT,
// EACCES, EREMOTEIO when the server does not answer or makes no sense, EOPNOTSUPP when it gives no
// parts, ESTALE when the file is not what it was when it was opened, by its ETag, time and size.
absl::StatusOr<std::unique_ptr<RandomAccess>> OpenRemoteFile(const std::string& url);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_REMOTE_REMOTE_FILE_H_
