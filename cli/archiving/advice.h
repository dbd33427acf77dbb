// What messages of a failed step say beside the error itself.
#ifndef LOGPRESS_CLI_ARCHIVING_ADVICE_H_
#define LOGPRESS_CLI_ARCHIVING_ADVICE_H_

#include <cerrno>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "cli/text.h"

namespace logpress::cli::archiving {

// The message of `status` without the name of the file in front, which results have by themselves.
inline std::string WithoutName(const absl::Status& status, const std::string& name) {
  std::string message(Message(status));
  const std::string prefix = Cat(name, ": ");
  return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
}

// What to do about a failed system call.
inline std::string_view AdviceFor(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return "; make room";
    case EACCES:
    case EPERM:
      return "; run as root or as the owner of the files";
    case ENOENT:
      return "; check the name";
    case EROFS:
      return "; the file system is mounted read-only";
    case ENAMETOOLONG:
      return "; the name leaves no room for .lpz; rename it";
    default:
      return "; check the disk";
  }
}

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_ADVICE_H_
