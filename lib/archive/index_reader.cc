#include "archive/index_reader.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/byte_window.h"
#include "archive/frame_decoder.h"
#include "archive/section_walker.h"
#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Behind the latest time of a block's lines. A hostile archive may say anything, but no more than
// that the block is in vain.
int64_t TimeEnd(const time::TimeSpan& times) {
  return static_cast<int64_t>(static_cast<uint64_t>(times.highest) +
                              static_cast<uint64_t>(times.width));
}

}  // namespace

class IndexReader::DamageNote : public SectionWalker::Reporter {
 public:
  explicit DamageNote(IndexReader* reader) : reader_(reader) {}
  void Damaged(Damage damage) override { reader_->NoteDamage(damage.message); }

 private:
  IndexReader* const reader_;
};

bool BlockInfo::MayMeet(const time::TimeRange& range) const {
  if ((times.kinds == 0 || times.starts_untimed) && range.Meets(time_before)) return true;
  if (times.kinds == 0) return false;
  return !times.one_kind() || range.Meets(times.first.kind, times.lowest, TimeEnd(times));
}

bool BlockInfo::AllMeet(const time::TimeRange& range) const {
  if ((times.kinds == 0 || times.starts_untimed) && !range.Meets(time_before)) return false;
  if (times.kinds == 0) return true;
  return times.one_kind() && times.lowest <= times.highest &&
         range.Holds(times.first.kind, times.lowest, TimeEnd(times));
}

absl::StatusOr<std::unique_ptr<IndexReader>> IndexReader::Open(RandomAccess* file,
                                                               const IndexOptions& options) {
  std::unique_ptr<IndexReader> reader(
      new IndexReader(file, options.memory_limit != 0 ? options.memory_limit : kDefaultMemoryLimit,
                      options.dictionary));
  LOGPRESS_RETURN_IF_ERROR(reader->Load());
  return reader;
}

absl::Status IndexReader::Load() {
  LOGPRESS_RETURN_IF_ERROR(CheckStart());
  LOGPRESS_RETURN_IF_ERROR(FindSegments());
  // They were found from the end.
  std::reverse(segments_.begin(), segments_.end());
  for (const Segment& segment : segments_) {
    bool loaded = false;
    if (segment.index_size > 0) {
      LOGPRESS_ASSIGN_OR_RETURN(loaded, LoadIndex(segment));
    }
    if (!loaded) LOGPRESS_RETURN_IF_ERROR(Scan(segment));
  }
  segments_.clear();
  SumUp();
  return absl::OkStatus();
}

absl::Status IndexReader::CheckStart() {
  LOGPRESS_RETURN_IF_ERROR(Peek(0, file_->Size()));
  if (KindOf(peeked_) != SectionKind::kHeader) return NotAnArchive(peeked_);
  ArchiveHeader header;
  if (ParseArchiveHeader(peeked_, &header) == ParseResult::kOk && header.version != kFormatVersion)
    return UnknownVersion(0, header.version);
  return absl::OkStatus();
}

// Walks from footer to footer, from the end to the beginning or to where there is none.
absl::Status IndexReader::FindSegments() {
  uint64_t end = file_->Size();
  while (end > 0) {
    Segment segment = {0, end, 0};
    LOGPRESS_RETURN_IF_ERROR(FindArchive(&segment));
    segments_.push_back(segment);
    LOGPRESS_RETURN_IF_ERROR(CheckRows(0));
    end = segment.begin;
  }
  return absl::OkStatus();
}

// Cuts `segment` down to the archive at its end, when a footer and a header say where that is.
absl::Status IndexReader::FindArchive(Segment* segment) {
  if (segment->end < kFooterSize) return absl::OkStatus();
  LOGPRESS_RETURN_IF_ERROR(Peek(segment->end - kFooterSize, segment->end));
  Footer footer;
  if (ParseFooter(peeked_, &footer) != ParseResult::kOk || footer.archive_length > segment->end)
    return absl::OkStatus();
  const uint64_t begin = segment->end - footer.archive_length;
  LOGPRESS_RETURN_IF_ERROR(Peek(begin, segment->end));
  ArchiveHeader header;
  if (ParseArchiveHeader(peeked_, &header) != ParseResult::kOk) return absl::OkStatus();
  if (header.version != kFormatVersion) return UnknownVersion(begin, header.version);
  segment->begin = begin;
  segment->index_size = footer.index_size;
  return absl::OkStatus();
}

// Takes the rows of a segment from its index. False, and nothing taken, when that is damaged.
absl::StatusOr<bool> IndexReader::LoadIndex(const Segment& segment) {
  const uint64_t at = segment.end - kFooterSize - segment.index_size;
  const size_t old_blocks = blocks_.size();
  LOGPRESS_ASSIGN_OR_RETURN(const bool loaded, AppendIndex(segment, at));
  if (loaded) return true;
  blocks_.resize(old_blocks);
  NoteDamage(absl::StrCat("the index at byte ", at, " is damaged; no line is lost by that"));
  return false;
}

absl::StatusOr<bool> IndexReader::AppendIndex(const Segment& segment, uint64_t at) {
  LOGPRESS_RETURN_IF_ERROR(Peek(at, segment.end));
  IndexHeader header;
  if (ParseIndexHeader(peeked_, &header) != ParseResult::kOk ||
      header.size + header.payload_size != segment.index_size) {
    return false;
  }
  if (header.payload_size > memory_limit_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the index at byte ", at, " has ", header.payload_size,
                     " bytes and the memory limit is ", memory_limit_, "; raise the memory limit"));
  }
  payload_.resize(static_cast<size_t>(header.payload_size));
  LOGPRESS_RETURN_IF_ERROR(file_->ReadAt(at + header.size, payload_.size(), payload_.data()));
  if (Checksum32(payload_) != header.payload_check) return false;

  IndexCursor cursor;
  if (!cursor.Open(payload_)) return false;
  LOGPRESS_RETURN_IF_ERROR(CheckRows(cursor.rows()));
  LOGPRESS_RETURN_IF_ERROR(Peek(segment.begin, at));
  ArchiveHeader archive_header;
  if (ParseArchiveHeader(peeked_, &archive_header) != ParseResult::kOk) return false;
  ArchiveInfo archive = BeginArchive(segment.begin, archive_header);
  uint64_t offset = segment.begin + archive_header.size;
  for (uint64_t i = 0; i < cursor.rows(); ++i) {
    IndexRow row;
    if (!cursor.Next(&row) || row.packed_size > at - offset) return false;
    AddBlock(row, offset, &archive);
    offset += row.packed_size;
  }
  if (offset != at || !cursor.AtEnd()) return false;
  archive.packed_size = segment.end - segment.begin;
  archive.index_size = segment.index_size;
  archives_.push_back(archive);
  return true;
}

// Walks the sections of a segment, searching on behind what is damaged.
absl::Status IndexReader::Scan(const Segment& segment) {
  DamageNote note(this);
  FileWindow window(file_, segment.begin, segment.end);
  SectionWalker walker(&window, SectionWalker::OnDamage::kSkip, &note);
  if (segment.end < file_->Size()) walker.SetFollowed();
  bool inside = false;  // archives_.back() is not at its end yet
  const auto end_archive = [&](uint64_t end, bool complete) {
    if (!inside) return;
    archives_.back().packed_size = end - archives_.back().offset;
    archives_.back().complete = complete;
    inside = false;
  };
  for (;;) {
    LOGPRESS_RETURN_IF_ERROR(CheckRows(1));
    Section section;
    LOGPRESS_ASSIGN_OR_RETURN(const bool more, walker.Next(&section));
    if (!more) break;
    if (section.kind == SectionKind::kHeader) {
      end_archive(section.offset, false);
    } else {
      section.header = ArchiveHeader();
    }
    if (!inside) archives_.push_back(BeginArchive(section.offset, section.header));
    inside = true;
    if (section.kind == SectionKind::kFrame)
      AddBlock(RowOf(section.frame), section.offset, &archives_.back());
    if (section.kind == SectionKind::kIndex) archives_.back().index_size += section.size();
    if (section.kind == SectionKind::kFooter) end_archive(section.offset + kFooterSize, true);
  }
  end_archive(segment.end, false);
  return absl::OkStatus();
}

// Fills in what a row takes from those before it.
int IndexReader::LevelOf(size_t i) const {
  // The last archive that begins at or before the block.
  const auto behind =
      std::partition_point(archives_.begin(), archives_.end(),
                           [i](const ArchiveInfo& archive) { return archive.first_block <= i; });
  return behind == archives_.begin() ? 0 : std::prev(behind)->level;
}

void IndexReader::SumUp() {
  const auto timed = std::find_if(blocks_.begin(), blocks_.end(),
                                  [](const BlockInfo& block) { return block.times.kinds != 0; });
  time::LineTime last;
  if (timed != blocks_.end()) last = timed->times.first;
  for (BlockInfo& block : blocks_) {
    block.time_before = last;
    if (block.times.kinds != 0) last = block.times.last;
    block.raw_offset = raw_size_;
    block.first_line = lines_;
    lines_ += block.lines;
    raw_size_ += block.raw_size;
  }
}

ArchiveInfo IndexReader::BeginArchive(uint64_t offset, const ArchiveHeader& header) const {
  ArchiveInfo archive;
  archive.offset = offset;
  archive.header_size = header.size;
  archive.version = header.version;
  archive.level = header.level;
  archive.first_block = blocks_.size();
  return archive;
}

void IndexReader::AddBlock(const IndexRow& row, uint64_t offset, ArchiveInfo* archive) {
  BlockInfo& block = blocks_.emplace_back();
  static_cast<IndexRow&>(block) = row;
  block.offset = offset;
  ++archive->blocks;
  archive->raw_size += row.raw_size;
  archive->lines += row.lines;
}

// kResourceExhausted when `more` rows beside what there is are beyond the limit.
absl::Status IndexReader::CheckRows(uint64_t more) const {
  const uint64_t need = (blocks_.size() + more) * sizeof(BlockInfo) +
                        archives_.size() * sizeof(ArchiveInfo) + segments_.size() * sizeof(Segment);
  if (need <= memory_limit_) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrCat("its index needs ", need,
                                                   " bytes of memory or more and the limit is ",
                                                   memory_limit_, "; raise the memory limit"));
}

void IndexReader::NoteDamage(std::string_view message) {
  if (damage_.ok())
    damage_ = absl::DataLossError(absl::string_view(message.data(), message.size()));
}

absl::Status IndexReader::ReadBlock(size_t i, ByteBuffer* raw, codec::Breakdown* parts) {
  raw->clear();
  FrameHeader header;
  LOGPRESS_RETURN_IF_ERROR(ReadFrame(i, &header, &payload_));
  return DecodeFrame(header, blocks_[i].offset, payload_, memory_limit_, &decoder_, raw,
                     ~uint64_t{0}, parts);
}

absl::Status IndexReader::ReadFrame(size_t i, FrameHeader* header, ByteBuffer* payload,
                                    Vector<time::TimePlace>* places) {
  LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, header));
  LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(*header, blocks_[i].offset, memory_limit_));
  if (places != nullptr && header->times.kinds != 0 &&
      !ParseTimePlaces(header->time_places, places)) {
    return absl::DataLossError(
        absl::StrCat("the block at byte ", blocks_[i].offset, ": its times are damaged"));
  }
  header->time_places = ByteView();
  return ReadPayload(i, *header, header->payload_size, payload);
}

absl::Status IndexReader::ReadDictionaryId(size_t i, uint64_t* id) {
  FrameHeader header;
  LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
  LOGPRESS_RETURN_IF_ERROR(
      ReadPayload(i, header, std::min<uint64_t>(header.payload_size, sizeof(*id)), &payload_));
  if (block::GetDictionaryId(payload_, id)) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("the block at byte ", blocks_[i].offset, ": its payload is cut off"));
}

absl::Status IndexReader::ReadMetadata(size_t i, codec::BlockMetadata* metadata) {
  FrameHeader header;
  LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
  const uint64_t offset = blocks_[i].offset;
  LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit_));
  if (!header.raw) {
    LOGPRESS_RETURN_IF_ERROR(ReadPayload(
        i, header, header.metadata_size != 0 ? header.metadata_size : header.payload_size,
        &payload_));
  }
  return DecodeFrameMetadata(header, offset, payload_, memory_limit_, &decoder_, metadata);
}

// Parses the header of a frame, which must be the one that its row describes. It points into
// peeked_.
absl::Status IndexReader::ReadHeader(size_t i, FrameHeader* header) {
  if (i >= blocks_.size()) {
    return absl::OutOfRangeError(
        absl::StrCat("there is no block ", i, "; the last one is ", blocks_.size(), " - 1"));
  }
  const BlockInfo& block = blocks_[i];
  LOGPRESS_RETURN_IF_ERROR(Peek(block.offset, block.offset + block.packed_size));
  const ParseResult parsed = ParseFrameHeader(peeked_, header);
  if (parsed != ParseResult::kOk || header->check != block.check ||
      header->frame_size() != block.packed_size || header->raw_size != block.raw_size ||
      header->lines != block.lines || header->starts_mid_line != block.starts_mid_line) {
    return NotTheFrame(i, parsed, *header);
  }
  return absl::OkStatus();
}

absl::Status IndexReader::CheckFrames() {
  for (size_t i = 0; i < blocks_.size(); ++i) {
    FrameHeader header;
    LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
  }
  return absl::OkStatus();
}

absl::Status IndexReader::NotTheFrame(size_t i, ParseResult parsed,
                                      const FrameHeader& header) const {
  const auto archive = std::upper_bound(
      archives_.begin(), archives_.end(), i,
      [](size_t block, const ArchiveInfo& info) { return block < info.first_block; });
  const size_t number = i - std::prev(archive)->first_block;
  const std::string at = absl::StrCat("the block at byte ", blocks_[i].offset);
  if (parsed != ParseResult::kOk)
    return absl::DataLossError(absl::StrCat(at, ": its header is damaged"));
  if (header.number != number) {
    return absl::DataLossError(absl::StrCat(at, " is out of place: it is block ", header.number + 1,
                                            " of its archive, and block ", number + 1,
                                            " belongs here"));
  }
  return absl::DataLossError(
      absl::StrCat(at, " is out of place: it is block ", number + 1, " of another archive"));
}

// Reads the first `size` bytes of a payload, whose header was just read; those that came with that
// are not read again.
absl::Status IndexReader::ReadPayload(size_t i, const FrameHeader& header, uint64_t size,
                                      ByteBuffer* payload) {
  payload->assign(peeked_, header.size, static_cast<size_t>(size));
  const size_t have = payload->size();
  payload->resize(static_cast<size_t>(size));
  return file_->ReadAt(blocks_[i].offset + header.size + have, payload->size() - have,
                       payload->data() + have);
}

// Reads into peeked_ the bytes from `offset` to `end`, as many of them as a header may have.
absl::Status IndexReader::Peek(uint64_t offset, uint64_t end) {
  peeked_.resize(static_cast<size_t>(std::min<uint64_t>(kMaxHeaderSize, end - offset)));
  return file_->ReadAt(offset, peeked_.size(), peeked_.data());
}

}  // namespace logpress::archive
