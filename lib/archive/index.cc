#include "archive/index.h"

#include <limits>

#include "archive/time_fields.h"
#include "base/checksum.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// The tag of a column on disk is its place here plus one.
enum Column { kKind, kFrameSize, kRawSize, kLines, kTemplates, kTimes };

constexpr uint64_t kMaxKind = (uint64_t{std::numeric_limits<uint8_t>::max()} << 2) | 3;

}  // namespace

void IndexBuilder::Add(const FrameHeader& header) {
  ++rows_;
  PutVarint(&columns_[kKind], (static_cast<uint64_t>(header.backend) << 2) |
                                  (static_cast<uint64_t>(header.starts_mid_line) << 1) |
                                  static_cast<uint64_t>(header.raw));
  PutVarint(&columns_[kFrameSize], header.frame_size());
  PutVarint(&columns_[kRawSize], header.raw_size);
  PutVarint(&columns_[kLines], header.lines);
  PutVarint(&columns_[kTemplates], header.templates);
  PutTimeSpan(header.times, &times_);
  timed_ |= header.times.kinds != 0;
}

void IndexBuilder::Clear() {
  rows_ = 0;
  for (ByteBuffer& column : columns_) column.clear();
  times_.clear();
  timed_ = false;
}

absl::Status IndexBuilder::AppendTo(ByteBuffer* out) const {
  ByteBuffer payload;
  PutVarint(&payload, rows_);
  for (size_t i = 0; i < columns_.size(); ++i) {
    PutVarint(&payload, i + 1);
    PutVarint(&payload, columns_[i].size());
    payload.append(columns_[i]);
  }
  if (timed_) {
    PutVarint(&payload, kTimes + 1);
    PutVarint(&payload, times_.size());
    payload.append(times_);
  }
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
  // Each row takes a byte or more of every column.
  if (!reader.GetVarintUpTo(payload.size() / kIndexColumns, &rows_)) return false;
  std::array<bool, kIndexColumns> seen = {};
  while (!reader.empty()) {
    uint64_t tag = 0;
    uint64_t size = 0;
    ByteView column;
    if (!reader.GetVarint(&tag) || !reader.GetVarint(&size) || !reader.GetBytes(size, &column))
      return false;
    if (tag == kTimes + 1) {
      if (timed_) return false;
      timed_ = true;
      times_ = ByteReader(column);
    }
    if (tag < 1 || tag > kIndexColumns) continue;
    if (seen[tag - 1]) return false;
    seen[tag - 1] = true;
    columns_[tag - 1] = ByteReader(column);
  }
  for (const bool one : seen) {
    if (!one) return false;
  }
  return true;
}

bool IndexCursor::Next(IndexRow* row) {
  uint64_t kind = 0;
  if (!columns_[kKind].GetVarintUpTo(kMaxKind, &kind) ||
      !columns_[kFrameSize].GetVarintUpTo(block::kMaxBlockSize + kMaxPayloadGrowth + kMaxHeaderSize,
                                          &row->frame_size) ||
      !columns_[kRawSize].GetVarintUpTo(block::kMaxBlockSize, &row->raw_size) ||
      row->raw_size == 0 || !columns_[kLines].GetVarintUpTo(row->raw_size, &row->lines) ||
      !columns_[kTemplates].GetVarintUpTo(row->raw_size, &row->templates)) {
    return false;
  }
  if (timed_ && !GetTimeSpan(&times_, &row->times)) return false;
  row->backend = static_cast<block::BackendId>(kind >> 2);
  row->starts_mid_line = (kind & 2) != 0;
  row->raw = (kind & 1) != 0;
  return true;
}

bool IndexCursor::AtEnd() const {
  for (const ByteReader& column : columns_) {
    if (!column.empty()) return false;
  }
  return times_.empty();
}

namespace {

// One walk over the rows; see FindMissingRows.
template <typename Missing>
bool WalkMissingRows(ByteView payload, const Vector<FrameSizes>& found, const Missing& missing) {
  IndexCursor cursor;
  if (!cursor.Open(payload)) return false;
  auto next = found.begin();
  for (uint64_t i = 0; i < cursor.rows(); ++i) {
    IndexRow row;
    if (!cursor.Next(&row)) return false;
    if (next != found.end() && next->frame_size == row.frame_size &&
        next->raw_size == row.raw_size && next->lines == row.lines) {
      ++next;
    } else {
      missing(row);
    }
  }
  return cursor.AtEnd() && next == found.end();
}

}  // namespace

bool FindMissingRows(ByteView payload, const Vector<FrameSizes>& found,
                     absl::FunctionRef<void(const IndexRow&)> missing) {
  if (!WalkMissingRows(payload, found, [](const IndexRow&) {})) return false;
  return WalkMissingRows(payload, found, missing);
}

}  // namespace logpress::archive
