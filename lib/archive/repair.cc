#include "archive/repair.h"

#include <optional>
#include <utility>

#include "archive/byte_window.h"
#include "archive/format.h"
#include "archive/index.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

class Repairer : public SectionWalker::Reporter {
 public:
  Repairer(RandomAccess* file, ByteSink* sink, const std::function<void(const LostPlace&)>& lost,
           RepairReport* report)
      : file_(file), sink_(sink), lost_(lost), report_(report) {}

  absl::Status Run() {
    if (file_->Size() == 0) return NotAnArchive("");
    FileWindow window(file_, 0, file_->Size());
    SectionWalker walker(&window, SectionWalker::OnDamage::kSkip, this);
    for (;;) {
      Section section;
      LOGPRESS_ASSIGN_OR_RETURN(const bool more, walker.Next(&section));
      LOGPRESS_RETURN_IF_ERROR(unknown_version_);
      if (!more) break;
      // The index and the footer are made anew.
      if (section.kind == SectionKind::kHeader) LOGPRESS_RETURN_IF_ERROR(Begin(section));
      if (section.kind != SectionKind::kFrame) continue;
      LOGPRESS_ASSIGN_OR_RETURN(const bool intact, walker.ReadPayload(&payload_));
      if (intact) LOGPRESS_RETURN_IF_ERROR(Copy(section));
    }
    if (!walker.found()) return NotAnArchive(" ");
    report_->all_losses_known = walker.all_losses_known();
    if (pending_) Tell(time::LineTime());
    if (report_->archives == 0) LOGPRESS_RETURN_IF_ERROR(Begin(Section()));
    return End();
  }

  void Damaged(Damage damage) override {
    report_->whole = false;
    if (damage.unknown_version && unknown_version_.ok())
      unknown_version_ = absl::UnimplementedError(damage.message);
    if (damage.packed_bytes == 0 && !damage.out_of_place) return;
    if (pending_) Tell(time::LineTime());
    ++(damage.out_of_place ? report_->blocks_out_of_place : report_->places);
    report_->lost_packed_bytes += damage.packed_bytes;
    if (damage.lines_known) report_->lost_lines += damage.lines;
    pending_ = {std::move(damage), last_, time::LineTime()};
  }
  void Joined(uint64_t /*begin*/, uint64_t /*offset*/) override { report_->whole = false; }
  void Missing(const IndexRow& row) override { report_->lost_lines += row.lines; }

 private:
  // Begins an archive with the header of `section`, or with one of its own.
  absl::Status Begin(const Section& section) {
    if (report_->archives > 0) LOGPRESS_RETURN_IF_ERROR(End());
    ++report_->archives;
    written_ = 0;
    link_ = 0;
    index_.Clear();
    if (section.kind == SectionKind::kHeader) {
      level_ = section.header.level;
      return CopyHead(section);
    }
    ArchiveHeader header;
    header.level = level_;
    ByteBuffer bytes;
    AppendArchiveHeader(&header, &bytes);
    return Write(bytes);
  }

  absl::Status Copy(const Section& section) {
    const FrameHeader& header = section.frame;
    if (report_->archives == 0) LOGPRESS_RETURN_IF_ERROR(Begin(section));
    if (pending_) Tell(header.times.first);
    if (header.times.kinds != 0) last_ = header.times.last;
    LOGPRESS_RETURN_IF_ERROR(CopyFrameHead(section));
    LOGPRESS_RETURN_IF_ERROR(Write(payload_));
    ++report_->blocks;
    report_->lines += header.lines;
    report_->raw_bytes += header.raw_size;
    return absl::OkStatus();
  }

  absl::Status End() {
    ByteBuffer bytes;
    LOGPRESS_RETURN_IF_ERROR(AppendArchiveEnd(index_, written_, &bytes));
    return Write(bytes);
  }

  // As it is, for it may have fields that only later versions know.
  absl::Status CopyHead(const Section& section) {
    LOGPRESS_RETURN_IF_ERROR(ReadHead(section));
    return Write(head_);
  }

  // The same with its place among the frames that are kept.
  absl::Status CopyFrameHead(const Section& section) {
    FrameHeader header = section.frame;
    header.number = index_.rows();
    header.link = link_;
    if (header.number == section.frame.number && header.link == section.frame.link) {
      LOGPRESS_RETURN_IF_ERROR(CopyHead(section));
    } else {
      LOGPRESS_RETURN_IF_ERROR(ReadHead(section));
      moved_.clear();
      AppendMovedFrameHeader(head_, &header, &moved_);
      LOGPRESS_RETURN_IF_ERROR(Write(moved_));
    }
    link_ = header.check;
    index_.Add(RowOf(header));
    return absl::OkStatus();
  }

  absl::Status ReadHead(const Section& section) {
    head_.resize(section.head_size);
    return file_->ReadAt(section.offset, head_.size(), head_.data());
  }

  absl::Status Write(ByteView bytes) {
    written_ += bytes.size();
    report_->packed_bytes += bytes.size();
    return sink_->Write(bytes);
  }

  void Tell(const time::LineTime& before) {
    pending_->before = before;
    if (lost_) lost_(*pending_);
    pending_.reset();
  }

  RandomAccess* const file_;
  ByteSink* const sink_;
  const std::function<void(const LostPlace&)>& lost_;
  RepairReport* const report_;
  absl::Status unknown_version_;
  int level_ = 0;                     // of the last header that was met
  uint64_t written_ = 0;              // of the present archive
  IndexBuilder index_;                // of that too
  uint32_t link_ = 0;                 // of the frame that is copied next
  time::LineTime last_;               // of the last block that has one
  std::optional<LostPlace> pending_;  // until it is known what comes behind
  ByteBuffer head_;
  ByteBuffer moved_;
  ByteBuffer payload_;
};

}  // namespace

absl::Status Repair(RandomAccess* file, ByteSink* sink,
                    const std::function<void(const LostPlace&)>& lost, RepairReport* report) {
  *report = RepairReport();
  return Repairer(file, sink, lost, report).Run();
}

}  // namespace logpress::archive
