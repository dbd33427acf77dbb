// Reads what gzip, zstd, xz or bzip2 packed, all members of it, and checks it on the way.
#ifndef LOGPRESS_CLI_UNPACK_H_
#define LOGPRESS_CLI_UNPACK_H_

#include <cstdint>
#include <memory>
#include <string>

#include "base/io.h"
#include "cli/packer.h"

namespace logpress::cli {

// A source of the bytes that `packed` (borrowed) unpacks to by `packer`, which is not kNone. Its
// errors: those of `packed`; kDataLoss when the bytes are damaged, end too soon or have something
// else behind them; kResourceExhausted when unpacking takes more than `memory_limit` bytes (0:
// 1 GiB). All with `name` in front.
std::unique_ptr<ByteSource> Unpack(ByteSource* packed, Packer packer, const std::string& name,
                                   uint64_t memory_limit);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_UNPACK_H_
