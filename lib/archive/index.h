// The index of an archive: one row a frame, stored column by column.
//
//   payload = row-count(varint)  column*
//   column  = tag(varint)  size(varint)  row-count varints
// There may be a column of the times, whose rows are spans and not varints.
//
// By columns, so that a later version can add one that today's reader skips, at no cost per row.
#ifndef LOGPRESS_ARCHIVE_INDEX_H_
#define LOGPRESS_ARCHIVE_INDEX_H_

#include <array>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "archive/format.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::archive {

struct IndexRow {
  block::BackendId backend = block::BackendId::kStore;
  bool raw = false;
  bool starts_mid_line = false;
  uint64_t frame_size = 0;  // header and payload
  uint64_t raw_size = 0;
  uint64_t lines = 0;
  uint64_t templates = 0;
  time::TimeSpan times;
};

// Columns that are always there.
inline constexpr size_t kIndexColumns = 5;

// Collects the rows of the frames as they are written, some ten bytes each.
class IndexBuilder {
 public:
  void Add(const FrameHeader& header);
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
  // Rows, at most payload.size() / kIndexColumns.
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
  bool timed_ = false;
};

// A frame as far as an index tells it from others.
struct FrameSizes {
  uint64_t frame_size = 0;
  uint64_t raw_size = 0;
  uint64_t lines = 0;
};

// Calls `missing` for every row of an index payload whose frame is not among `found`, which are
// frames of its archive in order. False, and nothing called, when the payload is damaged or lists
// other frames than those.
bool FindMissingRows(ByteView payload, const Vector<FrameSizes>& found,
                     absl::FunctionRef<void(const IndexRow&)> missing);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_INDEX_H_
