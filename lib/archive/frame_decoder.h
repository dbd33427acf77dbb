// From a frame's payload back to its raw bytes, checked.
#ifndef LOGPRESS_ARCHIVE_FRAME_DECODER_H_
#define LOGPRESS_ARCHIVE_FRAME_DECODER_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/format.h"
#include "backend/backend.h"
#include "base/bytes.h"
#include "block/block_coder.h"

namespace logpress::archive {

// What threads that decode say when there is no memory.
inline constexpr char kNoMemoryToDecode[] = "out of memory while decoding; use fewer threads";

// OK, or kResourceExhausted when the frame states a need beyond `memory_limit` bytes. To be asked
// before memory is taken for the payload. `offset` is where the frame stands in the file.
absl::Status CheckMemoryNeed(const FrameHeader& header, uint64_t offset, uint64_t memory_limit);

// Replaces *raw by what `payload` decodes to. kDataLoss when the payload does not match its check,
// or the raw bytes theirs; *raw is then empty. Other errors are those of BlockDecoder. Throws
// std::bad_alloc, after which `decoder` can be used again.
// With `max_lines`, at least 1, what is behind the first so many lines may be missing; then the raw
// bytes are not compared with their checksum, as that is of all.
// With `parts`, all lines are decoded, and where the bytes of the frame went is added to *parts,
// its header included: exactly as many as it has. After an error something may have been added too.
absl::Status DecodeFrame(const FrameHeader& header, uint64_t offset, ByteView payload,
                         uint64_t memory_limit, block::BlockDecoder* decoder, ByteBuffer* raw,
                         uint64_t max_lines = ~uint64_t{0}, codec::Breakdown* parts = nullptr);

// Opens the block of a frame to read its parts: `payload`, which must outlive the reader, is
// compared with its check. The reader lives no longer than `decoder`, which opens one at a time.
absl::StatusOr<std::unique_ptr<backend::BlockReader>> OpenFrame(const FrameHeader& header,
                                                                uint64_t offset, ByteView payload,
                                                                uint64_t memory_limit,
                                                                block::BlockDecoder* decoder);

// Fills *metadata from the first bytes of a frame's payload, as many as header.metadata_size says
// or all if that is 0, checked likewise.
absl::Status DecodeFrameMetadata(const FrameHeader& header, uint64_t offset, ByteView payload,
                                 uint64_t memory_limit, block::BlockDecoder* decoder,
                                 codec::BlockMetadata* metadata);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_FRAME_DECODER_H_
