#include "archive/append.h"

#include <algorithm>

#include "archive/format.h"
#include "archive/index_reader.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// The header at `offset` as far as the file goes.
absl::StatusOr<ParseResult> ReadHeader(RandomAccess* file, uint64_t offset, ArchiveHeader* header) {
  ByteBuffer bytes(static_cast<size_t>(std::min<uint64_t>(kMaxHeaderSize, file->Size() - offset)),
                   '\0');
  LOGPRESS_RETURN_IF_ERROR(file->ReadAt(offset, bytes.size(), bytes.data()));
  return ParseArchiveHeader(bytes, header);
}

// Whether the archives follow one another without a gap, and the frames of the last one too, up to
// *end; all but the last must be complete.
absl::StatusOr<bool> IsContiguous(RandomAccess* file, const IndexReader& index, uint64_t* end) {
  *end = 0;
  for (const ArchiveInfo& archive : index.archives()) {
    const bool last = &archive == &index.archives().back();
    if (archive.offset != *end || (!archive.complete && !last)) return false;
    *end += archive.packed_size;
  }
  const ArchiveInfo& last = index.archives().back();
  if (last.complete) return true;
  ArchiveHeader header;
  LOGPRESS_ASSIGN_OR_RETURN(const ParseResult result, ReadHeader(file, last.offset, &header));
  if (result != ParseResult::kOk) return false;
  *end = last.offset + header.size;
  for (size_t i = last.first_block; i < index.blocks().size(); ++i) {
    if (index.blocks()[i].offset != *end) return false;
    *end += index.blocks()[i].packed_size;
  }
  return true;
}

}  // namespace

absl::StatusOr<AppendPoint> FindAppendPoint(RandomAccess* file, uint64_t memory_limit) {
  AppendPoint point;
  if (file->Size() == 0) return point;
  ArchiveHeader header;
  LOGPRESS_ASSIGN_OR_RETURN(const ParseResult start, ReadHeader(file, 0, &header));
  if (start == ParseResult::kTruncated) {
    point.cut = file->Size();
    return point;
  }
  IndexOptions options;
  options.memory_limit = memory_limit;
  LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<IndexReader> index,
                            IndexReader::Open(file, options));
  point.offset = file->Size();
  // A damaged index that a footer follows is no reason not to append: its frames were found.
  bool torn = index->archives().empty() || !index->archives().back().complete;
  if (index->damage().ok()) return point;
  if (index->archives().empty()) return index->damage();
  LOGPRESS_ASSIGN_OR_RETURN(const bool contiguous, IsContiguous(file, *index, &point.offset));
  if (!contiguous) return index->damage();
  if (!torn && point.offset < file->Size()) {
    // A whole archive and something behind it: only the beginning of a header is a torn tail.
    LOGPRESS_ASSIGN_OR_RETURN(const ParseResult tail, ReadHeader(file, point.offset, &header));
    if (tail != ParseResult::kTruncated) return index->damage();
  }
  if (torn) {
    // What a crash left of the last blocks may have the right length and the wrong bytes.
    const ArchiveInfo& archive = index->archives().back();
    ByteBuffer raw;
    for (size_t i = index->blocks().size(); i-- > archive.first_block;) {
      absl::Status status = index->ReadBlock(i, &raw);
      if (status.ok()) break;
      if (!absl::IsDataLoss(status)) return status;
      point.offset = index->blocks()[i].offset;
    }
    Footer footer;
    footer.archive_length = point.offset - archive.offset + kFooterSize;
    AppendFooter(footer, &point.footer);
  }
  point.cut = file->Size() - point.offset;
  return point;
}

}  // namespace logpress::archive
