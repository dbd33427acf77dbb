#include "archive/frame_decoder.h"

#include <new>

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

absl::Status Decode(const FrameHeader& header, ByteView payload, uint64_t memory_limit,
                    BlockDecoder* decoder, ByteBuffer* raw) {
  if (payload.size() != header.payload_size || Checksum32(payload) != header.payload_check)
    return absl::DataLossError("its payload does not match its checksum");
  LOGPRESS_RETURN_IF_ERROR(decoder->Decode(header.backend, payload, header.raw_size,
                                           memory_limit - payload.size(), raw));
  if (raw->size() != header.raw_size || Checksum64(*raw) != header.raw_checksum)
    return absl::DataLossError("its content does not match its checksum");
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckMemoryNeed(const FrameHeader& header, uint64_t offset, uint64_t memory_limit) {
  if (header.memory_need() <= memory_limit) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("the block at byte ", offset, " needs ", header.memory_need(),
                   " bytes of memory and the limit is ", memory_limit, "; raise the memory limit"));
}

absl::Status DecodeFrame(const FrameHeader& header, uint64_t offset, ByteView payload,
                         uint64_t memory_limit, BlockDecoder* decoder, ByteBuffer* raw) {
  absl::Status status;
  try {
    status = CheckMemoryNeed(header, offset, memory_limit);
    if (status.ok()) status = Decode(header, payload, memory_limit, decoder, raw);
  } catch (const std::bad_alloc&) {
    status = absl::ResourceExhaustedError("out of memory while decoding; use fewer threads");
  }
  if (status.ok()) return status;
  raw->clear();
  return Annotate(status, absl::StrCat("the block at byte ", offset));
}

}  // namespace logpress::archive
