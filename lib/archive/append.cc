#include "archive/append.h"

#include "archive/byte_window.h"
#include "archive/format.h"
#include "archive/index.h"
#include "archive/index_reader.h"
#include "archive/section_walker.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Finds where a file stops being whole, as a walk over its sections meets it.
class TailFinder : public SectionWalker::Reporter {
 public:
  // kDataLoss when something intact stands behind something that is not.
  absl::Status Find(RandomAccess* file) {
    FileWindow window(file, 0, file->Size());
    SectionWalker walker(&window, SectionWalker::OnDamage::kSkip, this);
    for (;;) {
      Section section;
      LOGPRESS_ASSIGN_OR_RETURN(const bool more, walker.Next(&section));
      if (!more) return absl::OkStatus();
      LOGPRESS_RETURN_IF_ERROR(gap_);
      torn_ = section.kind != SectionKind::kFooter;
      if (section.kind == SectionKind::kHeader) begin_ = section.offset;
      // An index without a footer says nothing that its frames do not.
      if (section.kind != SectionKind::kIndex) end_ = section.offset + section.size();
    }
  }

  void Damaged(Damage damage) override {
    if (damage.packed_bytes > 0 && gap_.ok()) gap_ = absl::DataLossError(damage.message);
  }

  const absl::Status& gap() const { return gap_; }  // OK, or what the tail is
  uint64_t begin() const { return begin_; }         // of the last archive
  uint64_t end() const { return end_; }             // of its last frame, or its footer
  bool torn() const { return torn_; }               // it has no footer

 private:
  absl::Status gap_;
  uint64_t begin_ = 0;
  uint64_t end_ = 0;
  bool torn_ = false;
};

// Whether `file` ends inside an archive header at `offset`.
absl::StatusOr<bool> EndsInHeader(RandomAccess* file, uint64_t offset) {
  FileWindow window(file, offset, file->Size());
  LOGPRESS_ASSIGN_OR_RETURN(const ByteView bytes, window.Peek(kMaxHeaderSize));
  ArchiveHeader header;
  return ParseArchiveHeader(bytes, &header) == ParseResult::kTruncated;
}

}  // namespace

absl::StatusOr<AppendPoint> FindAppendPoint(RandomAccess* file, uint64_t memory_limit) {
  AppendPoint point;
  if (file->Size() == 0) return point;
  LOGPRESS_ASSIGN_OR_RETURN(const bool begun, EndsInHeader(file, 0));
  if (begun) {
    point.cut = file->Size();
    return point;
  }
  IndexOptions options;
  options.memory_limit = memory_limit;
  LOGPRESS_ASSIGN_OR_RETURN(const std::unique_ptr<IndexReader> index,
                            IndexReader::Open(file, options));
  point.offset = file->Size();
  if (index->damage().ok()) return point;

  TailFinder tail;
  LOGPRESS_RETURN_IF_ERROR(tail.Find(file));
  point.offset = tail.end();
  if (!tail.torn()) {
    // A whole archive and something behind it: only the beginning of a header is a torn tail.
    LOGPRESS_ASSIGN_OR_RETURN(const bool header, EndsInHeader(file, tail.end()));
    if (!tail.gap().ok() && !header) return tail.gap();
  } else {
    // What a crash left of the last blocks may have the right length and the wrong bytes.
    ByteBuffer raw;
    for (size_t i = index->blocks().size(); i-- > 0 && index->blocks()[i].offset > tail.begin();) {
      const absl::Status status = index->ReadBlock(i, &raw);
      if (status.ok()) break;
      if (!absl::IsDataLoss(status)) return status;
      point.offset = index->blocks()[i].offset;
    }
    IndexBuilder rows;
    for (const BlockInfo& block : index->blocks()) {
      if (block.offset > tail.begin() && block.offset < point.offset) rows.Add(block);
    }
    LOGPRESS_RETURN_IF_ERROR(AppendArchiveEnd(rows, point.offset - tail.begin(), &point.end));
  }
  point.cut = file->Size() - point.offset;
  return point;
}

}  // namespace logpress::archive
