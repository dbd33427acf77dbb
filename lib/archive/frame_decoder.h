// From a frame's payload back to its raw bytes, checked.
#ifndef LOGPRESS_ARCHIVE_FRAME_DECODER_H_
#define LOGPRESS_ARCHIVE_FRAME_DECODER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "archive/block_coder.h"
#include "archive/format.h"
#include "base/bytes.h"

namespace logpress::archive {

// OK, or kResourceExhausted when the frame states a need beyond `memory_limit` bytes. To be asked
// before memory is taken for the payload. `offset` is where the frame stands in the file.
absl::Status CheckMemoryNeed(const FrameHeader& header, uint64_t offset, uint64_t memory_limit);

// Replaces *raw by what `payload` decodes to. kDataLoss when the payload does not match its check,
// or the raw bytes theirs; *raw is then empty. Other errors are those of BlockDecoder.
absl::Status DecodeFrame(const FrameHeader& header, uint64_t offset, ByteView payload,
                         uint64_t memory_limit, BlockDecoder* decoder, ByteBuffer* raw);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_FRAME_DECODER_H_
