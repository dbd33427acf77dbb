#include "archive/memory_reader.h"

#include "archive/byte_window.h"
#include "archive/frame_decoder.h"
#include "archive/section_walker.h"
#include "base/memory_io.h"
#include "base/status.h"

namespace logpress::archive {

absl::Status WalkFrames(
    ByteView packed,
    absl::FunctionRef<absl::Status(const FrameHeader&, uint64_t offset, ByteView payload)> frame) {
  ViewRandomAccess bytes(packed);
  FileWindow window(&bytes, 0, packed.size());
  SectionWalker walker(&window, SectionWalker::OnDamage::kStop, nullptr);
  for (;;) {
    Section section;
    LOGPRESS_ASSIGN_OR_RETURN(const bool more, walker.Next(&section));
    if (!more) return absl::OkStatus();
    if (section.kind != SectionKind::kFrame) continue;
    LOGPRESS_RETURN_IF_ERROR(frame(section.frame, section.offset,
                                   packed.substr(static_cast<size_t>(window.offset()),
                                                 static_cast<size_t>(section.payload_size))));
  }
}

absl::Status ReadArchives(ByteView packed, uint64_t memory_limit, block::BlockDecoder* decoder,
                          ByteBuffer* raw, ByteSink* sink) {
  return WalkFrames(packed, [&](const FrameHeader& header, uint64_t offset, ByteView payload) {
    LOGPRESS_RETURN_IF_ERROR(DecodeFrame(header, offset, payload, memory_limit, decoder, raw));
    return sink->Write(*raw);
  });
}

}  // namespace logpress::archive
