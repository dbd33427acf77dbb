#include "archive/memory_reader.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "archive/frame_decoder.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

absl::Status Broken(ParseResult result, const char* what, size_t offset) {
  return absl::DataLossError(absl::StrCat(
      "at byte ", offset, ": the ", what, " there is ",
      result == ParseResult::kTruncated ? "cut off: the bytes end inside it" : "damaged"));
}

}  // namespace

absl::Status WalkFrames(
    ByteView packed,
    absl::FunctionRef<absl::Status(const FrameHeader&, uint64_t offset, ByteView payload)> frame) {
  if (KindOf(packed) != SectionKind::kHeader) {
    return absl::InvalidArgumentError(packed.empty() ? "this is not a logpress archive: it is empty"
                                                     : "this is not a logpress archive");
  }
  size_t start = 0;  // of the present archive
  bool inside = false;
  uint64_t index_size = 0;
  for (size_t at = 0; at < packed.size() || inside;) {
    const ByteView rest = packed.substr(at);
    const SectionKind kind = KindOf(rest);
    if ((kind == SectionKind::kHeader) == inside || kind == SectionKind::kNone) {
      return absl::DataLossError(
          rest.empty()
              ? absl::StrCat("the archive that begins at byte ", start,
                             " is torn: it ends without its footer")
              : absl::StrCat("at byte ", at, ": damaged, or something else than an archive"));
    }
    ParseResult result = ParseResult::kOk;
    if (kind == SectionKind::kHeader) {
      ArchiveHeader header;
      if ((result = ParseArchiveHeader(rest, &header)) != ParseResult::kOk)
        return Broken(result, "archive header", at);
      if (header.version != kFormatVersion) {
        return absl::UnimplementedError(absl::StrCat(
            "the archive at byte ", at, " has format version ", header.version,
            " and this program reads version ", kFormatVersion, "; use a newer program"));
      }
      start = at;
      inside = true;
      index_size = 0;
      at += header.size;
    } else if (kind == SectionKind::kFrame) {
      FrameHeader header;
      if ((result = ParseFrameHeader(rest, &header)) != ParseResult::kOk)
        return Broken(result, "frame header", at);
      if (header.frame_size() > rest.size()) return Broken(ParseResult::kTruncated, "block", at);
      LOGPRESS_RETURN_IF_ERROR(
          frame(header, at, rest.substr(header.size, static_cast<size_t>(header.payload_size))));
      at += static_cast<size_t>(header.frame_size());
    } else if (kind == SectionKind::kIndex) {
      IndexHeader header;
      if ((result = ParseIndexHeader(rest, &header)) != ParseResult::kOk)
        return Broken(result, "index header", at);
      index_size = header.size + header.payload_size;
      if (index_size > rest.size()) return Broken(ParseResult::kTruncated, "index", at);
      const ByteView payload = rest.substr(header.size, static_cast<size_t>(header.payload_size));
      if (Checksum32(payload) != header.payload_check)
        return Broken(ParseResult::kDamaged, "index", at);
      at += static_cast<size_t>(index_size);
    } else {
      Footer footer;
      if ((result = ParseFooter(rest, &footer)) != ParseResult::kOk)
        return Broken(result, "footer", at);
      at += kFooterSize;
      inside = false;
      if (footer.archive_length != at - start || footer.index_size != index_size) {
        return absl::DataLossError(absl::StrCat("the footer at byte ", at - kFooterSize,
                                                " states another archive than there is"));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status ReadArchives(ByteView packed, uint64_t memory_limit, block::BlockDecoder* decoder,
                          ByteBuffer* raw, ByteSink* sink) {
  return WalkFrames(packed, [&](const FrameHeader& header, uint64_t offset, ByteView payload) {
    LOGPRESS_RETURN_IF_ERROR(DecodeFrame(header, offset, payload, memory_limit, decoder, raw));
    return sink->Write(*raw);
  });
}

}  // namespace logpress::archive
