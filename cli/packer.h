// What other programs packed: told by the name of a file or by its first bytes.
#ifndef LOGPRESS_CLI_PACKER_H_
#define LOGPRESS_CLI_PACKER_H_

#include <cstddef>
#include <string_view>

#include "base/bytes.h"

namespace logpress::cli {

// The programs whose files can be read here; see unpack.h.
enum class Packer { kNone, kGzip, kZstd, kXz, kBzip2 };

std::string_view PackerName(Packer packer);  // "gzip"; empty for kNone

// By the suffix of the name, and that suffix; kNone and "" without one.
Packer PackerOf(std::string_view name);
std::string_view PackerSuffix(std::string_view name);

// By the first bytes of a file, of which kMagicSize are enough.
inline constexpr size_t kMagicSize = 6;
Packer PackerOfBytes(ByteView start);

// True for names and for first bytes of what nobody can pack any smaller: files of these packers,
// of others that are not read here (.zip, .lz4, ...), and images.
bool IsPackedName(std::string_view name);
bool IsPackedBytes(ByteView start);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PACKER_H_
