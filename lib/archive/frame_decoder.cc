#include "archive/frame_decoder.h"

#include "absl/strings/str_cat.h"
#include "base/checksum.h"
#include "base/newlines.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

absl::Status CheckPayload(const FrameHeader& header, ByteView payload) {
  if (payload.size() == header.payload_size && Checksum32(payload) == header.payload_check)
    return absl::OkStatus();
  return absl::DataLossError("its payload does not match its checksum");
}

absl::Status Decode(const FrameHeader& header, ByteView payload, uint64_t memory_limit,
                    block::BlockDecoder* decoder, ByteBuffer* raw, uint64_t max_lines,
                    codec::Breakdown* parts) {
  LOGPRESS_RETURN_IF_ERROR(CheckPayload(header, payload));
  LOGPRESS_RETURN_IF_ERROR(decoder->Decode(header.backend, payload, header.raw_size,
                                           memory_limit - payload.size(), raw, max_lines, parts));
  // The decoder says when there should have been more.
  if (raw->size() < header.raw_size && max_lines < ~uint64_t{0}) return absl::OkStatus();
  if (raw->size() != header.raw_size || Checksum64(*raw) != header.raw_checksum)
    return absl::DataLossError("its content does not match its checksum");
  // Whoever counts lines goes by what heads say.
  if (CountNewlines(*raw) + (raw->back() != '\n') != header.lines + header.starts_mid_line)
    return absl::DataLossError("its content has not the lines that its head says");
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
                         uint64_t memory_limit, block::BlockDecoder* decoder, ByteBuffer* raw,
                         uint64_t max_lines, codec::Breakdown* parts) {
  absl::Status status = CheckMemoryNeed(header, offset, memory_limit);
  if (status.ok()) status = Decode(header, payload, memory_limit, decoder, raw, max_lines, parts);
  if (status.ok()) {
    if (parts != nullptr) parts->AddBytes(codec::Part::kFrameHeaders, 0, header.size, 1);
    return status;
  }
  raw->clear();
  return Annotate(status, absl::StrCat("the block at byte ", offset));
}

absl::StatusOr<std::unique_ptr<backend::BlockReader>> OpenFrame(const FrameHeader& header,
                                                                uint64_t offset, ByteView payload,
                                                                uint64_t memory_limit,
                                                                block::BlockDecoder* decoder) {
  LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit));
  absl::Status status = CheckPayload(header, payload);
  if (status.ok()) {
    auto reader =
        decoder->Open(header.backend, payload, header.raw_size, memory_limit - payload.size());
    if (reader.ok()) return reader;
    status = reader.status();
  }
  return Annotate(status, absl::StrCat("the block at byte ", offset));
}

absl::Status DecodeFrameMetadata(const FrameHeader& header, uint64_t offset, ByteView payload,
                                 uint64_t memory_limit, block::BlockDecoder* decoder,
                                 codec::BlockMetadata* metadata) {
  *metadata = codec::BlockMetadata();
  if (header.raw) return absl::OkStatus();
  LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit));
  const uint64_t size = header.metadata_size != 0 ? header.metadata_size : header.payload_size;
  const uint32_t check = header.metadata_size != 0 ? header.metadata_check : header.payload_check;
  absl::Status status;
  if (payload.size() != size || Checksum32(payload) != check) {
    status = absl::DataLossError("its metadata does not match its checksum");
  } else {
    status = decoder->ReadMetadata(header.backend, payload, header.payload_size, header.raw_size,
                                   memory_limit - payload.size(), metadata);
  }
  return Annotate(status, absl::StrCat("the block at byte ", offset));
}

}  // namespace logpress::archive
