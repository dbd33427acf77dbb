// The trained dictionary of --dictionary.
#ifndef LOGPRESS_CLI_DICTIONARY_FILE_H_
#define LOGPRESS_CLI_DICTIONARY_FILE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "api/dictionary.h"
#include "base/bytes.h"
#include "logpress/dictionary.h"

namespace logpress::cli {

// Null: none.
using Dictionary = std::shared_ptr<const logpress_dictionary>;

// No dictionary is larger.
inline constexpr size_t kMaxDictionarySize = size_t{16} << 20;

// Loads what logpress train makes.
absl::StatusOr<Dictionary> LoadDictionary(ByteView bytes);

// The same from a file. Errors have the message "NAME: what; what to do".
absl::StatusOr<Dictionary> ReadDictionary(const std::string& path);

// For readers and writers that are not of the C API.
inline auto Loaded(const Dictionary& dictionary) {
  return dictionary == nullptr ? nullptr : dictionary->loaded;
}

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_DICTIONARY_FILE_H_
