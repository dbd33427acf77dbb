// The index of an archive: one row a frame, stored column by column.
//
//   payload = row-count(varint)  column*
//   column  = tag(varint)  size(varint)  row-count varints
// The rows of two columns are no varints: there may be spans of time, and there are the checks of
// the frames' headers, so that no other frame is taken for the one that a row describes.
//
// By columns, so that a later version can add one that today's reader skips, at no cost per row.
#ifndef LOGPRESS_ARCHIVE_INDEX_H_
#define LOGPRESS_ARCHIVE_INDEX_H_

#include <array>
#include <cstdint>

#include "absl/status/status.h"
#include "archive/format.h"
#include "base/bytes.h"

namespace logpress::archive {

// What an index says of a frame.
struct IndexRow : BlockKind {
  uint64_t packed_size = 0;  // header and payload
  uint64_t raw_size = 0;
  uint64_t lines = 0;  // that start in it
  uint64_t templates = 0;
  uint32_t check = 0;    // FrameHeader::check
  time::TimeSpan times;  // of the lines that start in it
};

// Columns of varints that are always there.
inline constexpr size_t kIndexColumns = 5;
// A row has at least so many bytes: those and a check.
inline constexpr size_t kMinIndexRow = kIndexColumns + sizeof(uint32_t);

IndexRow RowOf(const FrameHeader& header);

// Collects the rows of the frames as they are written, some 14 bytes each.
class IndexBuilder {
 public:
  void Add(const IndexRow& row);
  uint64_t rows() const { return rows_; }
  // Begins anew.
  void Clear();
  // Appends index header and payload. kResourceExhausted when it is beyond the 4 GiB of the
  // footer's field.
  absl::Status AppendTo(ByteBuffer* out) const;

 private:
  uint64_t rows_ = 0;
  std::array<ByteBuffer, kIndexColumns> columns_;
  ByteBuffer times_;
  ByteBuffer checks_;
  bool timed_ = false;  // some row has a time
};

// Appends what ends an archive of which `written` bytes were written: index and footer. Errors as
// for IndexBuilder::AppendTo.
absl::Status AppendArchiveEnd(const IndexBuilder& index, uint64_t written, ByteBuffer* out);

// Goes through the rows of an index payload. Borrows its bytes.
class IndexCursor {
 public:
  // False when `payload` is not well formed or lacks a column.
  bool Open(ByteView payload);
  // Rows, at most payload.size() / kMinIndexRow.
  uint64_t rows() const { return rows_; }
  // To be called rows() times; false when a value is out of range.
  bool Next(IndexRow* row);
  // After the last row: true when every column ended with it.
  bool AtEnd() const;

 private:
  uint64_t rows_ = 0;
  std::array<ByteReader, kIndexColumns> columns_ = {ByteReader(""), ByteReader(""), ByteReader(""),
                                                    ByteReader(""), ByteReader("")};
  ByteReader times_{""};
  ByteReader checks_{""};
  bool timed_ = false;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_INDEX_H_
