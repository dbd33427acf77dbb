#include "cli/dictionary_file.h"

#include <array>
#include <memory>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/input_file.h"
#include "cli/library.h"
#include "cli/text.h"

namespace logpress::cli {

absl::StatusOr<Dictionary> LoadDictionary(ByteView bytes) {
  logpress_dictionary* handle = nullptr;
  const logpress_code code = logpress_dictionary_new(nullptr, bytes.data(), bytes.size(), &handle);
  Dictionary dictionary(handle, logpress_dictionary_free);
  if (code != LOGPRESS_OK) return StatusOf(code, logpress_dictionary_message(handle));
  return dictionary;
}

absl::StatusOr<Dictionary> ReadDictionary(const std::string& path) {
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  FdSource source(input.fd(), input.name());
  ByteBuffer bytes;
  std::array<char, size_t{16} << 10> piece;
  for (size_t got = 1; got > 0 && bytes.size() <= kMaxDictionarySize;) {
    LOGPRESS_ASSIGN_OR_RETURN(got, source.Read(piece.data(), piece.size()));
    bytes.append(piece.data(), got);
  }
  absl::StatusOr<Dictionary> dictionary = LoadDictionary(bytes);
  if (dictionary.ok()) return dictionary;
  return absl::Status(dictionary.status().code(),
                      Cat(input.name(), ": ", Message(dictionary.status()),
                          "; give a file that logpress train made"));
}

}  // namespace logpress::cli
