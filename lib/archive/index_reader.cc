#include "archive/index_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/format.h"
#include "archive/frame_decoder.h"
#include "archive/index.h"
#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/memory.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Bytes of the file in which one archive stands (index_size > 0: at their end, before the footer,
// is its index), or into which the frames have to be looked for.
struct Segment {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t index_size = 0;
};

// Bytes that the search for an intact section reads at once, at most.
constexpr uint64_t kSearchPiece = uint64_t{64} << 10;

}  // namespace

class IndexReader::Impl : public InMemory {
 public:
  Impl(RandomAccess* file, const IndexOptions& options)
      : file_(file),
        memory_limit_(options.memory_limit != 0 ? options.memory_limit : kDefaultMemoryLimit) {}

  absl::Status Open() {
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
    const auto timed = std::find_if(blocks_.begin(), blocks_.end(),
                                    [](const BlockInfo& block) { return block.times.kinds != 0; });
    time::LineTime last;
    if (timed != blocks_.end()) last = timed->times.first;
    for (BlockInfo& block : blocks_) {
      block.time_before = last;
      if (block.times.kinds != 0) last = block.times.last;
      block.first_line = lines_;
      lines_ += block.lines;
      raw_size_ += block.raw_size;
    }
    return absl::OkStatus();
  }

  absl::Status ReadBlock(size_t i, ByteBuffer* raw, uint64_t max_lines, codec::Breakdown* parts) {
    raw->clear();
    FrameHeader header;
    LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
    const uint64_t offset = blocks_[i].offset;
    LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit_));
    LOGPRESS_RETURN_IF_ERROR(ReadPayload(offset, header, header.payload_size));
    return DecodeFrame(header, offset, payload_, memory_limit_, &decoder_, raw, max_lines, parts);
  }

  absl::Status ReadMetadata(size_t i, codec::BlockMetadata* metadata) {
    FrameHeader header;
    LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
    const uint64_t offset = blocks_[i].offset;
    LOGPRESS_RETURN_IF_ERROR(CheckMemoryNeed(header, offset, memory_limit_));
    if (!header.raw) {
      LOGPRESS_RETURN_IF_ERROR(ReadPayload(
          offset, header, header.metadata_size != 0 ? header.metadata_size : header.payload_size));
    }
    return DecodeFrameMetadata(header, offset, payload_, memory_limit_, &decoder_, metadata);
  }

  absl::Status ReadTimePlaces(size_t i, Vector<time::TimePlace>* places) {
    FrameHeader header;
    LOGPRESS_RETURN_IF_ERROR(ReadHeader(i, &header));
    if (ParseTimePlaces(header.time_places, places)) return absl::OkStatus();
    return absl::DataLossError(
        absl::StrCat("the block at byte ", blocks_[i].offset, ": its times are damaged"));
  }

  const Vector<ArchiveInfo>& archives() const { return archives_; }
  const Vector<BlockInfo>& blocks() const { return blocks_; }
  uint64_t raw_size() const { return raw_size_; }
  uint64_t packed_size() const { return file_->Size(); }
  uint64_t lines() const { return lines_; }
  uint64_t memory_limit() const { return memory_limit_; }
  const absl::Status& damage() const { return damage_; }

 private:
  // Parses the header of a frame, which must be the one that its row describes. It points into
  // peeked_.
  absl::Status ReadHeader(size_t i, FrameHeader* header) {
    if (i >= blocks_.size()) {
      return absl::OutOfRangeError(
          absl::StrCat("there is no block ", i, "; the last one is ", blocks_.size(), " - 1"));
    }
    const BlockInfo& block = blocks_[i];
    LOGPRESS_RETURN_IF_ERROR(Peek(block.offset, block.offset + block.packed_size));
    if (ParseFrameHeader(peeked_, header) != ParseResult::kOk ||
        header->frame_size() != block.packed_size || header->raw_size != block.raw_size ||
        header->lines != block.lines || header->starts_mid_line != block.starts_mid_line) {
      return absl::DataLossError(
          absl::StrCat("the block at byte ", block.offset,
                       ": its header is damaged or not the one in the index"));
    }
    return absl::OkStatus();
  }

  // Reads the first `size` bytes of a payload; those that came with the header are not read again.
  absl::Status ReadPayload(uint64_t offset, const FrameHeader& header, uint64_t size) {
    payload_.assign(peeked_, header.size, static_cast<size_t>(size));
    const size_t have = payload_.size();
    payload_.resize(static_cast<size_t>(size));
    return file_->ReadAt(offset + header.size + have, payload_.size() - have,
                         payload_.data() + have);
  }

  // Reads into peeked_ the bytes from `offset` to `end`, as many of them as a header may have.
  absl::Status Peek(uint64_t offset, uint64_t end) {
    peeked_.resize(static_cast<size_t>(std::min<uint64_t>(kMaxHeaderSize, end - offset)));
    return file_->ReadAt(offset, peeked_.size(), peeked_.data());
  }

  absl::Status CheckStart() {
    LOGPRESS_RETURN_IF_ERROR(Peek(0, file_->Size()));
    if (KindOf(peeked_) != SectionKind::kHeader) {
      return absl::InvalidArgumentError(
          absl::StrCat("this is not a logpress archive", peeked_.empty() ? ": it is empty" : ""));
    }
    return absl::OkStatus();
  }

  static absl::Status WrongVersion(uint64_t offset, int version) {
    return absl::UnimplementedError(
        absl::StrCat("the archive at byte ", offset, " has format version ", version,
                     " and this program reads version ", kFormatVersion, "; use a newer program"));
  }

  // Walks from footer to footer, from the end to the beginning or to where there is none.
  absl::Status FindSegments() {
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
  absl::Status FindArchive(Segment* segment) {
    if (segment->end < kFooterSize) return absl::OkStatus();
    LOGPRESS_RETURN_IF_ERROR(Peek(segment->end - kFooterSize, segment->end));
    Footer footer;
    if (ParseFooter(peeked_, &footer) != ParseResult::kOk || footer.archive_length > segment->end)
      return absl::OkStatus();
    const uint64_t begin = segment->end - footer.archive_length;
    LOGPRESS_RETURN_IF_ERROR(Peek(begin, segment->end));
    ArchiveHeader header;
    if (ParseArchiveHeader(peeked_, &header) != ParseResult::kOk) return absl::OkStatus();
    if (header.version != kFormatVersion) return WrongVersion(begin, header.version);
    segment->begin = begin;
    segment->index_size = footer.index_size;
    return absl::OkStatus();
  }

  // kResourceExhausted when `more` rows beside what there is are beyond the limit.
  absl::Status CheckRows(uint64_t more) const {
    const uint64_t need = (blocks_.size() + more) * sizeof(BlockInfo) +
                          archives_.size() * sizeof(ArchiveInfo) +
                          segments_.size() * sizeof(Segment);
    if (need <= memory_limit_) return absl::OkStatus();
    return absl::ResourceExhaustedError(absl::StrCat("its index needs ", need,
                                                     " bytes of memory or more and the limit is ",
                                                     memory_limit_, "; raise the memory limit"));
  }

  void NoteDamage(const std::string& message) {
    if (damage_.ok()) damage_ = absl::DataLossError(message);
  }

  // Takes the rows of a segment from its index. False, and nothing taken, when that is damaged.
  absl::StatusOr<bool> LoadIndex(const Segment& segment) {
    const uint64_t at = segment.end - kFooterSize - segment.index_size;
    const size_t old_blocks = blocks_.size();
    LOGPRESS_ASSIGN_OR_RETURN(const bool loaded, AppendIndex(segment, at));
    if (loaded) return true;
    blocks_.resize(old_blocks);
    NoteDamage(absl::StrCat("the index at byte ", at, " is damaged; no line is lost by that"));
    return false;
  }

  absl::StatusOr<bool> AppendIndex(const Segment& segment, uint64_t at) {
    LOGPRESS_RETURN_IF_ERROR(Peek(at, segment.end));
    IndexHeader header;
    if (ParseIndexHeader(peeked_, &header) != ParseResult::kOk ||
        header.size + header.payload_size != segment.index_size) {
      return false;
    }
    if (header.payload_size > memory_limit_) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "the index at byte ", at, " has ", header.payload_size, " bytes and the memory limit is ",
          memory_limit_, "; raise the memory limit"));
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
      if (!cursor.Next(&row) || row.frame_size > at - offset) return false;
      BlockInfo block;
      block.offset = offset;
      block.packed_size = row.frame_size;
      block.raw_size = row.raw_size;
      block.lines = row.lines;
      block.starts_mid_line = row.starts_mid_line;
      block.templates = row.templates;
      block.backend = row.backend;
      block.raw = row.raw;
      block.times = row.times;
      AddBlock(block, &archive);
      offset += row.frame_size;
    }
    if (offset != at || !cursor.AtEnd()) return false;
    archive.packed_size = segment.end - segment.begin;
    archive.index_size = segment.index_size;
    archives_.push_back(archive);
    return true;
  }

  ArchiveInfo BeginArchive(uint64_t offset, const ArchiveHeader& header) const {
    ArchiveInfo archive;
    archive.offset = offset;
    archive.header_size = header.size;
    archive.version = header.version;
    archive.level = header.level;
    archive.first_block = blocks_.size();
    return archive;
  }

  void AddBlock(const BlockInfo& block, ArchiveInfo* archive) {
    blocks_.push_back(block);
    ++archive->blocks;
    archive->raw_size += block.raw_size;
    archive->lines += block.lines;
  }

  // Walks the headers in a segment, searching on behind what is damaged.
  absl::Status Scan(const Segment& segment) {
    uint64_t offset = segment.begin;
    bool inside = false;  // archives_.back() is not at its end yet
    const auto end_archive = [&](bool complete) {
      if (!inside) return;
      ArchiveInfo& archive = archives_.back();
      archive.packed_size = offset - archive.offset;
      archive.complete = complete;
      inside = false;
      if (!complete) {
        NoteDamage(absl::StrCat("the archive that begins at byte ", archive.offset,
                                " is torn: it has no footer before byte ", offset));
      }
    };
    const auto begin_archive = [&](const ArchiveHeader& header) {
      archives_.push_back(BeginArchive(offset, header));
      inside = true;
    };
    while (offset < segment.end) {
      LOGPRESS_RETURN_IF_ERROR(CheckRows(1));
      LOGPRESS_RETURN_IF_ERROR(Peek(offset, segment.end));
      const uint64_t left = segment.end - offset;
      ArchiveHeader header;
      FrameHeader frame;
      IndexHeader index;
      Footer footer;
      if (ParseArchiveHeader(peeked_, &header) == ParseResult::kOk) {
        if (header.version != kFormatVersion) return WrongVersion(offset, header.version);
        end_archive(false);
        begin_archive(header);
        offset += header.size;
      } else if (ParseFrameHeader(peeked_, &frame) == ParseResult::kOk &&
                 frame.frame_size() <= left) {
        if (!inside) begin_archive(ArchiveHeader());
        BlockInfo block;
        block.offset = offset;
        block.packed_size = frame.frame_size();
        block.raw_size = frame.raw_size;
        block.lines = frame.lines;
        block.starts_mid_line = frame.starts_mid_line;
        block.templates = frame.templates;
        block.backend = frame.backend;
        block.raw = frame.raw;
        block.times = frame.times;
        AddBlock(block, &archives_.back());
        offset += block.packed_size;
      } else if (ParseIndexHeader(peeked_, &index) == ParseResult::kOk &&
                 index.size + index.payload_size <= left) {
        offset += index.size + index.payload_size;
        if (inside) archives_.back().index_size += index.size + index.payload_size;
      } else if (ParseFooter(peeked_, &footer) == ParseResult::kOk) {
        offset += kFooterSize;
        if (inside && footer.archive_length != offset - archives_.back().offset) {
          NoteDamage(absl::StrCat("the footer at byte ", offset - kFooterSize,
                                  " states an archive of ", footer.archive_length,
                                  " bytes and it has ", offset - archives_.back().offset,
                                  ": parts of it are missing or were added"));
        }
        end_archive(true);
      } else {
        NoteDamage(absl::StrCat("damaged or cut off at byte ", offset));
        LOGPRESS_ASSIGN_OR_RETURN(offset, FindSection(offset + 1, segment.end));
      }
    }
    end_archive(false);
    return absl::OkStatus();
  }

  // The offset of the first intact section in [offset, end) that ends by `end`, or `end`.
  absl::StatusOr<uint64_t> FindSection(uint64_t offset, uint64_t end) {
    // Short pieces first: somebody may have put damaged bytes behind every one of many small
    // frames.
    for (uint64_t piece = kMaxHeaderSize; offset < end;
         piece = std::min<uint64_t>(2 * piece, kSearchPiece)) {
      search_.resize(static_cast<size_t>(std::min(piece, end - offset)));
      LOGPRESS_RETURN_IF_ERROR(file_->ReadAt(offset, search_.size(), search_.data()));
      for (size_t at = search_.find(kMagicPrefix); at != ByteBuffer::npos;
           at = search_.find(kMagicPrefix, at + 1)) {
        LOGPRESS_RETURN_IF_ERROR(Peek(offset + at, end));
        const uint64_t size = IntactSectionSize(peeked_);
        if (size > 0 && size <= end - (offset + at)) return offset + at;
      }
      // The last bytes may begin a magic.
      const size_t keep = search_.size() < piece ? 0 : kMagicPrefix.size() - 1;
      offset += search_.size() - keep;
    }
    return end;
  }

  RandomAccess* const file_;
  const uint64_t memory_limit_;
  Vector<Segment> segments_;
  Vector<ArchiveInfo> archives_;
  Vector<BlockInfo> blocks_;
  uint64_t raw_size_ = 0;
  uint64_t lines_ = 0;
  absl::Status damage_;
  block::BlockDecoder decoder_;
  ByteBuffer peeked_;   // the bytes a header is parsed from
  ByteBuffer payload_;  // of a frame or an index
  ByteBuffer search_;
};

IndexReader::IndexReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IndexReader::~IndexReader() = default;

absl::StatusOr<std::unique_ptr<IndexReader>> IndexReader::Open(RandomAccess* file,
                                                               const IndexOptions& options) {
  auto impl = std::make_unique<Impl>(file, options);
  LOGPRESS_RETURN_IF_ERROR(impl->Open());
  return std::unique_ptr<IndexReader>(new IndexReader(std::move(impl)));
}

const Vector<ArchiveInfo>& IndexReader::archives() const { return impl_->archives(); }
const Vector<BlockInfo>& IndexReader::blocks() const { return impl_->blocks(); }
uint64_t IndexReader::raw_size() const { return impl_->raw_size(); }
uint64_t IndexReader::packed_size() const { return impl_->packed_size(); }
uint64_t IndexReader::lines() const { return impl_->lines(); }
uint64_t IndexReader::memory_limit() const { return impl_->memory_limit(); }
const absl::Status& IndexReader::damage() const { return impl_->damage(); }
absl::Status IndexReader::ReadBlock(size_t i, ByteBuffer* raw, uint64_t max_lines,
                                    codec::Breakdown* parts) {
  return impl_->ReadBlock(i, raw, max_lines, parts);
}
absl::Status IndexReader::ReadMetadata(size_t i, codec::BlockMetadata* metadata) {
  return impl_->ReadMetadata(i, metadata);
}
absl::Status IndexReader::ReadTimePlaces(size_t i, Vector<time::TimePlace>* places) {
  return impl_->ReadTimePlaces(i, places);
}

}  // namespace logpress::archive
