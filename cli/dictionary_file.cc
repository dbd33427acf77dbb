#include "cli/dictionary_file.h"

#include <array>
#include <memory>

#include "base/fd_io.h"
#include "base/status.h"
#include "cli/input_file.h"
#include "cli/text.h"
#include "primer/primer.h"

namespace logpress::cli {

absl::StatusOr<block::Dictionary> ReadDictionary(const std::string& path) {
  // No dictionary is so large.
  constexpr size_t kMost = size_t{16} << 20;
  LOGPRESS_ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(path, InputKind::kAnything));
  FdSource source(input.fd(), input.name());
  ByteBuffer bytes;
  std::array<char, size_t{16} << 10> piece;
  for (size_t got = 1; got > 0 && bytes.size() <= kMost;) {
    LOGPRESS_ASSIGN_OR_RETURN(got, source.Read(piece.data(), piece.size()));
    bytes.append(piece.data(), got);
  }
  auto primer = primer::Primer::Load(bytes);
  if (!primer.ok()) {
    return absl::Status(primer.status().code(), Cat(input.name(), ": ", Message(primer.status()),
                                                    "; give a file that logpress train made"));
  }
  return block::Dictionary(*std::move(primer));
}

}  // namespace logpress::cli
