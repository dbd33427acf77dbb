// Opens archives at their end: listing without decoding, and any block on its own.
//
// Walks backwards from footer to footer through concatenated archives and reads their indexes.
// Where a footer is missing or damaged (a torn tail), the sections are walked from the front
// instead, so that everything still readable is listed; damage() then says what was found.
#ifndef LOGPRESS_ARCHIVE_INDEX_READER_H_
#define LOGPRESS_ARCHIVE_INDEX_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/format.h"
#include "archive/index.h"
#include "archive/reader.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/memory.h"
#include "block/block_coder.h"
#include "codec/breakdown.h"
#include "time/line_times.h"
#include "time/time_range.h"

namespace logpress::archive {

// A row of the index. Offsets and line numbers count from the start of the file, through all
// concatenated archives.
struct BlockInfo : IndexRow {
  uint64_t offset = 0;      // of its frame
  uint64_t raw_offset = 0;  // raw bytes before it
  uint64_t first_line = 0;  // lines that start before it
  // Of its lines before the first that has a time of its own: that of the last line before the
  // block that has one; or, when none has, of the first line behind.
  time::LineTime time_before;

  // Whether some of its lines may meet the range, and whether all do.
  bool MayMeet(const time::TimeRange& range) const;
  bool AllMeet(const time::TimeRange& range) const;
};

// One of the archives that the file is a concatenation of.
struct ArchiveInfo {
  uint64_t offset = 0;       // of its header
  uint64_t packed_size = 0;  // header to footer
  uint64_t header_size = 0;  // 0: it is damaged
  uint64_t index_size = 0;   // 0: there is none, or it is damaged
  uint64_t raw_size = 0;
  uint64_t lines = 0;
  size_t first_block = 0;  // its rows are blocks()[first_block, first_block + blocks)
  size_t blocks = 0;
  int version = 0;
  int level = 0;         // that it was written with
  bool complete = true;  // false: its footer is missing
};

struct IndexOptions {
  // Bytes for one block (packed, raw and decoding) and, apart from that, for the rows of the index.
  // 0: kDefaultMemoryLimit.
  uint64_t memory_limit = 0;
  // For blocks that were packed with it; null: none.
  block::Dictionary dictionary;
};

// One thread at a time.
class IndexReader : public InMemory {
 public:
  // Borrows `file`, which must outlive the reader. kInvalidArgument when the file does not begin
  // with an archive (or is empty), kUnimplemented for a newer version, kResourceExhausted when the
  // rows do not fit the memory limit, or an error of `file`. Damage is no error here: see damage().
  static absl::StatusOr<std::unique_ptr<IndexReader>> Open(RandomAccess* file,
                                                           const IndexOptions& options);

  // All archives and all blocks, in file order.
  const Vector<ArchiveInfo>& archives() const { return archives_; }
  const Vector<BlockInfo>& blocks() const { return blocks_; }

  // The level that blocks()[i] was written with, 0 when the header of its archive is damaged.
  int LevelOf(size_t i) const;

  // Sums over all archives.
  uint64_t raw_size() const { return raw_size_; }
  uint64_t packed_size() const { return file_->Size(); }  // of the file
  uint64_t lines() const { return lines_; }
  // Bytes that one block may take.
  uint64_t memory_limit() const { return memory_limit_; }
  // For who decodes blocks elsewhere.
  const block::Dictionary& dictionary() const { return dictionary_; }

  // OK, or kDataLoss with the byte offset of the first damaged place: the rows are then those of
  // the frames whose headers are intact.
  const absl::Status& damage() const { return damage_; }

  // Replaces *raw by the raw bytes of blocks()[i]. kDataLoss when the frame is damaged or not the
  // one that the index describes, kResourceExhausted over the memory limit, kOutOfRange for i
  // beyond the last block, or an error of the file.
  // With `parts`, adds to them where the bytes of the frame went; see DecodeFrame.
  absl::Status ReadBlock(size_t i, ByteBuffer* raw, codec::Breakdown* parts = nullptr);

  // The same without decoding, for somebody who does that elsewhere: fills *header, but for what it
  // would borrow, and replaces *payload by all of the frame's payload, which is not checked yet,
  // and *places (may be null) by where in the block's lines timestamps stand.
  absl::Status ReadFrame(size_t i, FrameHeader* header, ByteBuffer* payload,
                         Vector<time::TimePlace>* places = nullptr);

  // The id of the trained dictionary that blocks()[i], whose backend is kDictionary, was packed
  // with.
  absl::Status ReadDictionaryId(size_t i, uint64_t* id);

  // Whether the frames are those that the rows describe, by their headers: kDataLoss names the
  // first that is not. Blocks that are read are compared anyway; this is for who reads none.
  absl::Status CheckFrames();

  // The templates of blocks()[i] with their counts, and its columns: from the front of its payload,
  // unless a backend knows no better than to decode all of it. Errors as for ReadBlock.
  absl::Status ReadMetadata(size_t i, codec::BlockMetadata* metadata);

 private:
  // Bytes of the file in which one archive stands (index_size > 0: at their end, before the footer,
  // is its index), or into which the frames have to be looked for.
  struct Segment {
    uint64_t begin = 0;
    uint64_t end = 0;
    uint64_t index_size = 0;
  };
  // What the walk over a segment finds damaged.
  class DamageNote;

  IndexReader(RandomAccess* file, uint64_t memory_limit, block::Dictionary dictionary)
      : file_(file),
        memory_limit_(memory_limit),
        dictionary_(std::move(dictionary)),
        decoder_(dictionary_) {}

  absl::Status Load();
  absl::Status CheckStart();
  absl::Status FindSegments();
  absl::Status FindArchive(Segment* segment);
  absl::StatusOr<bool> LoadIndex(const Segment& segment);
  absl::StatusOr<bool> AppendIndex(const Segment& segment, uint64_t at);
  absl::Status Scan(const Segment& segment);
  void SumUp();
  ArchiveInfo BeginArchive(uint64_t offset, const ArchiveHeader& header) const;
  void AddBlock(const IndexRow& row, uint64_t offset, ArchiveInfo* archive);
  absl::Status CheckRows(uint64_t more) const;
  void NoteDamage(std::string_view message);

  absl::Status ReadHeader(size_t i, FrameHeader* header);
  absl::Status NotTheFrame(size_t i, ParseResult parsed, const FrameHeader& header) const;
  absl::Status ReadPayload(size_t i, const FrameHeader& header, uint64_t size, ByteBuffer* payload);
  absl::Status Peek(uint64_t offset, uint64_t end);

  RandomAccess* const file_;
  const uint64_t memory_limit_;
  const block::Dictionary dictionary_;
  Vector<Segment> segments_;
  Vector<ArchiveInfo> archives_;
  Vector<BlockInfo> blocks_;
  uint64_t raw_size_ = 0;
  uint64_t lines_ = 0;
  absl::Status damage_;
  block::BlockDecoder decoder_;
  ByteBuffer peeked_;   // the bytes a header is parsed from
  ByteBuffer payload_;  // of a frame or an index
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_INDEX_READER_H_
