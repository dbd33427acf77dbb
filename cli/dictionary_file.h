// The trained dictionary of --dictionary.
#ifndef LOGPRESS_CLI_DICTIONARY_FILE_H_
#define LOGPRESS_CLI_DICTIONARY_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "block/dictionary.h"

namespace logpress::cli {

// Errors have the message "NAME: what; what to do".
absl::StatusOr<block::Dictionary> ReadDictionary(const std::string& path);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_DICTIONARY_FILE_H_
