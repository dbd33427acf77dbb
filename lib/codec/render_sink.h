// Rows become bytes: the sink of a row decoder that writes what was packed.
#ifndef LOGPRESS_CODEC_RENDER_SINK_H_
#define LOGPRESS_CODEC_RENDER_SINK_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
#include "ir/extra_cursor.h"
#include "ir/number_format.h"
#include "time/timestamp_run.h"

namespace logpress::codec {

inline constexpr size_t kMaxRendered = std::max(ir::kMaxNumberSize, time::kMaxTimestampSize);

// Renders the numbers of a list or column, from its first value on or a later one.
class NumberRenderer {
 public:
  explicit NumberRenderer(const NumberKind& kind, uint32_t first_value = 0) : kind_(&kind) {
    if (kind.timestamps == nullptr) return;
    timestamps_ = std::make_unique<Timestamps>(kind.timestamps->format);
    Seek(first_value);
  }

  // Writes `value` to `out`, which has room for kMaxRendered bytes. Returns the size; 0 if the
  // number stands for nothing in this format.
  size_t Render(int64_t value, char* out) {
    if (timestamps_ == nullptr) return ir::Render(kind_->format, value, out);
    return timestamps_->renderer.Render(value, NextExtra(), out);
  }

  // Goes on with value `first`, which is no earlier one.
  void Seek(uint32_t first) {
    if (timestamps_ != nullptr) timestamps_->extras.Seek(kind_->timestamps->extras, first);
  }

 private:
  struct Timestamps : InMemory {
    explicit Timestamps(const time::TimestampFormat& format) : renderer(format) {}

    time::TimestampRenderer renderer;
    ir::ExtraCursor extras;
  };
  static_assert(sizeof(TimestampKind) + sizeof(Timestamps) <= kTimestampsCharge);

  int64_t NextExtra() { return timestamps_->extras.Next(kind_->timestamps->extras); }

  const NumberKind* kind_;
  std::unique_ptr<Timestamps> timestamps_;
};
static_assert(sizeof(NumberRenderer) + 2 * sizeof(NumberKind) <= kNumbersCharge);

// Where rendered rows go, and how many may still.
struct RowOutput {
  ByteBuffer* out;
  uint64_t end;               // out->size() may not pass it
  Vector<uint32_t>* offsets;  // where each row ends, or null
  uint64_t* lines_left;       // lines that are still wanted, or null: all
};

// Rows are put together in a small buffer that stays in the processor's cache, and moved from there
// in large pieces: most literals and values are a few bytes, for which a call of append() is dear.
class RenderSink {
 public:
  // Of rows before which values_before[c] values of column c stand, or none if that is empty.
  RenderSink(const DecodedTable& table, const Vector<uint32_t>& values_before,
             const RowOutput& output)
      : table_(table), output_(output), buffer_(RoomFor(output)), at_(buffer_.data()) {
    renderers_.reserve(table.numbers.size());
    // Their kinds are in the order of their columns.
    for (size_t c = 0; c < table.columns.size(); ++c) {
      if (!table.columns[c].numeric) continue;
      renderers_.emplace_back(table.numbers[table.columns[c].source],
                              values_before.empty() ? 0 : values_before[c]);
    }
  }
  RenderSink(const RenderSink&) = delete;
  RenderSink& operator=(const RenderSink&) = delete;

  void BeginRow(const DecodedTemplate& entry) {
    begin_ = size();
    slots_ = entry.column_count;
    literal_ = entry.literal_begin;
    Append(table_.literals[literal_]);
  }
  const char* AddNumber(const DecodedColumn& column, int64_t value) {
    if (room() < kMaxRendered) Flush();
    const size_t size = renderers_[column.source].Render(value, at_);
    if (size == 0) return "number out of range";
    at_ += size;
    return NextLiteral();
  }
  const char* AddId(const DecodedDictionary& dictionary, uint32_t id) {
    Append(dictionary.values[id]);
    return NextLiteral();
  }
  const char* EndRow() {
    const uint64_t end = size();
    if (end > output_.end) return kTooLong;
    // An encoder's rows have no more slots than bytes, but for an empty exception; without this a
    // damaged stream could ask for endless work.
    if (end - begin_ + 1 < slots_) return "row with empty values only";
    if (output_.offsets != nullptr) output_.offsets->push_back(static_cast<uint32_t>(end));
    if (output_.lines_left != nullptr && EndsLine()) --*output_.lines_left;
    return nullptr;
  }
  // The next number of the column is its value `first`, which is no earlier one.
  void SeekNumber(const DecodedColumn& column, uint32_t first) {
    renderers_[column.source].Seek(first);
  }
  // Bytes of the output, those in the buffer included.
  uint64_t size() const { return output_.out->size() + static_cast<size_t>(at_ - buffer_.data()); }
  // Writes what is still in the buffer, after the last row. Not left to a destructor: it may be
  // that memory runs out.
  void Finish() { Flush(); }
  // Whether nobody wants more rows.
  bool done() const { return output_.lines_left != nullptr && *output_.lines_left == 0; }

 private:
  static constexpr const char* kTooLong = "rows longer than the block";
  static constexpr size_t kBufferSize = size_t{32} << 10;
  // Bytes that are copied at once, whether there are so many or not.
  static constexpr size_t kStride = StringList::kSlack;
  static_assert(kMaxRendered <= kBufferSize);

  // A small list takes a small buffer.
  static size_t RoomFor(const RowOutput& output) {
    const uint64_t most = output.end - output.out->size();
    return std::min<uint64_t>(kBufferSize, std::max<uint64_t>(most, kMaxRendered)) + kStride;
  }

  // What can be written with what may be copied too much.
  size_t room() const {
    return static_cast<size_t>(buffer_.data() + buffer_.size() - at_) - kStride;
  }
  bool EndsLine() const {
    if (at_ != buffer_.data()) return at_[-1] == '\n';
    return !output_.out->empty() && output_.out->back() == '\n';
  }

  void Flush() {
    output_.out->append(buffer_.data(), static_cast<size_t>(at_ - buffer_.data()));
    at_ = buffer_.data();
  }

  // `bytes` are of a StringList, behind whose end some more can be read.
  void Append(ByteView bytes) {
    if (bytes.size() > room()) {
      Flush();
      if (bytes.size() > room()) {
        output_.out->append(bytes);
        return;
      }
    }
    for (size_t done = 0; done < bytes.size(); done += kStride)
      std::memcpy(at_ + done, bytes.data() + done, kStride);
    at_ += bytes.size();
  }

  const char* NextLiteral() {
    if (size() > output_.end) return kTooLong;
    Append(table_.literals[++literal_]);
    return nullptr;
  }

  const DecodedTable& table_;
  const RowOutput output_;
  Vector<char> buffer_;
  char* at_;  // where the next byte goes
  Vector<NumberRenderer> renderers_;
  uint64_t begin_ = 0;    // of the row
  uint32_t literal_ = 0;  // that was written last
  uint32_t slots_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RENDER_SINK_H_
