#include "archive/breakdown.h"

#include "archive/format.h"
#include "base/status.h"

namespace logpress::archive {

using codec::Part;

absl::Status MeasureFile(IndexReader* reader, codec::Breakdown* parts) {
  *parts = codec::Breakdown();
  uint64_t left = reader->packed_size();
  for (const ArchiveInfo& archive : reader->archives()) {
    const uint64_t ends = archive.header_size + (archive.complete ? kFooterSize : 0);
    parts->AddBytes(Part::kArchiveHeaders, 0, ends, 1);
    parts->AddBytes(Part::kIndexes, 0, archive.index_size, archive.index_size > 0 ? 1 : 0);
    left -= ends + archive.index_size;
  }
  ByteBuffer raw;
  for (size_t i = 0; i < reader->blocks().size(); ++i) {
    LOGPRESS_RETURN_IF_ERROR(reader->ReadBlock(i, &raw, parts));
    left -= reader->blocks()[i].packed_size;
  }
  parts->AddBytes(Part::kUnreadable, 0, left, left > 0 ? 1 : 0);
  return absl::OkStatus();
}

}  // namespace logpress::archive
