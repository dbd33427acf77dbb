// Unpacks archives that lie in memory as a whole, on the calling thread, without setting anything
// up.
#ifndef LOGPRESS_ARCHIVE_MEMORY_READER_H_
#define LOGPRESS_ARCHIVE_MEMORY_READER_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "archive/format.h"
#include "base/bytes.h"
#include "base/io.h"
#include "block/block_coder.h"

namespace logpress::archive {

// Reads archives one behind the other and hands their blocks to `sink` in order. `raw` is memory to
// work in. For small archives, thousands of them: a context is only `decoder` and `raw`. Errors are
// those of StreamReader without recovery.
absl::Status ReadArchives(ByteView packed, uint64_t memory_limit, block::BlockDecoder* decoder,
                          ByteBuffer* raw, ByteSink* sink);

// Calls `frame` for the header of every frame, in order; nothing is decoded. The same errors as far
// as headers show them, and those that `frame` returns.
absl::Status WalkFrames(
    ByteView packed,
    absl::FunctionRef<absl::Status(const FrameHeader&, uint64_t offset, ByteView payload)> frame);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_MEMORY_READER_H_
