#include "archive/index.h"

#include <algorithm>
#include <limits>

#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// The tag of a column on disk is its place here plus one.
enum Column { kKind, kFrameSize, kRawSize, kLines, kTemplates, kTimes, kChecks };

void AppendColumn(size_t column, ByteView values, ByteBuffer* payload) {
  PutVarint(payload, column + 1);
  PutVarint(payload, values.size());
  payload->append(values);
}

}  // namespace

IndexRow RowOf(const FrameHeader& header) {
  IndexRow row;
  static_cast<BlockKind&>(row) = header;
  row.packed_size = header.frame_size();
  row.raw_size = header.raw_size;
  row.lines = header.lines;
  row.templates = header.templates;
  row.times = header.times;
  row.check = header.check;
  return row;
}

void IndexBuilder::Add(const IndexRow& row) {
  ++rows_;
  PutVarint(&columns_[kKind], row.Code());
  PutVarint(&columns_[kFrameSize], row.packed_size);
  PutVarint(&columns_[kRawSize], row.raw_size);
  PutVarint(&columns_[kLines], row.lines);
  PutVarint(&columns_[kTemplates], row.templates);
  PutTimeSpan(row.times, &times_);
  PutFixed32(&checks_, row.check);
  timed_ |= row.times.kinds != 0;
}

void IndexBuilder::Clear() {
  rows_ = 0;
  for (ByteBuffer& column : columns_) column.clear();
  times_.clear();
  checks_.clear();
  timed_ = false;
}

absl::Status IndexBuilder::AppendTo(ByteBuffer* out) const {
  ByteBuffer payload;
  PutVarint(&payload, rows_);
  for (size_t i = 0; i < columns_.size(); ++i) AppendColumn(i, columns_[i], &payload);
  if (timed_) AppendColumn(kTimes, times_, &payload);
  AppendColumn(kChecks, checks_, &payload);
  if (payload.size() > kMaxIndexSize - kMaxHeaderSize) {
    return absl::ResourceExhaustedError(
        "the archive has more blocks than its index can hold; use a larger block size");
  }
  IndexHeader header;
  header.payload_size = payload.size();
  header.payload_check = Checksum32(payload);
  AppendIndexHeader(&header, out);
  out->append(payload);
  return absl::OkStatus();
}

absl::Status AppendArchiveEnd(const IndexBuilder& index, uint64_t written, ByteBuffer* out) {
  const size_t begin = out->size();
  // With one block the index would only repeat its header, and small logs count every byte.
  if (index.rows() > 1) LOGPRESS_RETURN_IF_ERROR(index.AppendTo(out));
  Footer footer;
  footer.index_size = out->size() - begin;
  footer.archive_length = written + footer.index_size + kFooterSize;
  AppendFooter(footer, out);
  return absl::OkStatus();
}

bool IndexCursor::Open(ByteView payload) {
  ByteReader reader(payload);
  if (!reader.GetVarintUpTo(payload.size() / kMinIndexRow, &rows_)) return false;
  std::array<bool, kChecks + 1> seen = {};
  while (!reader.empty()) {
    uint64_t tag = 0;
    uint64_t size = 0;
    ByteView values;
    if (!reader.GetVarint(&tag) || !reader.GetVarint(&size) || !reader.GetBytes(size, &values))
      return false;
    if (tag < 1 || tag > seen.size()) continue;
    const size_t column = static_cast<size_t>(tag) - 1;
    if (seen[column]) return false;
    seen[column] = true;
    (column == kTimes    ? times_
     : column == kChecks ? checks_
                         : columns_[column]) = ByteReader(values);
  }
  timed_ = seen[kTimes];
  seen[kTimes] = true;
  return std::find(seen.begin(), seen.end(), false) == seen.end();
}

bool IndexCursor::Next(IndexRow* row) {
  uint64_t kind = 0;
  if (!columns_[kKind].GetVarint(&kind) || !BlockKind::OfCode(kind, row) ||
      !columns_[kFrameSize].GetVarintUpTo(block::kMaxBlockSize + kMaxPayloadGrowth + kMaxHeaderSize,
                                          &row->packed_size) ||
      !columns_[kRawSize].GetVarintUpTo(block::kMaxBlockSize, &row->raw_size) ||
      row->raw_size == 0 || !columns_[kLines].GetVarintUpTo(row->raw_size, &row->lines) ||
      !columns_[kTemplates].GetVarintUpTo(row->raw_size, &row->templates) ||
      !checks_.GetFixed32(&row->check)) {
    return false;
  }
  if (timed_ && !GetTimeSpan(&times_, &row->times)) return false;
  return true;
}

bool IndexCursor::AtEnd() const {
  for (const ByteReader& column : columns_) {
    if (!column.empty()) return false;
  }
  return times_.empty() && checks_.empty();
}

}  // namespace logpress::archive
