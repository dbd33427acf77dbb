// Rows become bytes: the sink of a row decoder that writes what was packed.
#ifndef LOGPRESS_CODEC_RENDER_SINK_H_
#define LOGPRESS_CODEC_RENDER_SINK_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "codec/decoded_table.h"
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
    const Vector<ir::Numbers::ExtraRun>& extras = kind.timestamps->extras;
    timestamps_->rendered = first_value;
    while (timestamps_->next < extras.size() && extras[timestamps_->next].begin < first_value)
      timestamps_->extra = extras[timestamps_->next++].extra;
  }

  // Writes `value` to `out`, which has room for kMaxRendered bytes. Returns the size; 0 if the
  // number stands for nothing in this format.
  size_t Render(int64_t value, char* out) {
    if (timestamps_ == nullptr) return ir::Render(kind_->format, value, out);
    const Vector<ir::Numbers::ExtraRun>& extras = kind_->timestamps->extras;
    if (timestamps_->next < extras.size() &&
        extras[timestamps_->next].begin == timestamps_->rendered) {
      timestamps_->extra = extras[timestamps_->next++].extra;
    }
    ++timestamps_->rendered;
    return timestamps_->renderer.Render(value, timestamps_->extra, out);
  }

 private:
  struct Timestamps : InMemory {
    explicit Timestamps(const time::TimestampFormat& format) : renderer(format) {}

    time::TimestampRenderer renderer;
    size_t next = 0;        // change of zone
    uint32_t rendered = 0;  // values
    int64_t extra = 0;
  };
  static_assert(sizeof(TimestampKind) + sizeof(Timestamps) <= kTimestampsCharge);

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

class RenderSink {
 public:
  // Of rows before which (*values_before)[c] values of column c stand, or none if that is empty.
  RenderSink(const DecodedTable& table, const Vector<uint32_t>& values_before,
             const RowOutput& output)
      : table_(table), output_(output), out_(*output.out) {
    renderers_.reserve(table.numbers.size());
    // Their kinds are in the order of their columns.
    for (size_t c = 0; c < table.columns.size(); ++c) {
      if (!table.columns[c].numeric) continue;
      renderers_.emplace_back(table.numbers[table.columns[c].source],
                              values_before.empty() ? 0 : values_before[c]);
    }
  }

  void BeginRow(const DecodedTemplate& entry) {
    begin_ = out_.size();
    slots_ = entry.column_count;
    literal_ = entry.literal_begin;
    out_.append(table_.literals[literal_]);
  }
  const char* AddNumber(const DecodedColumn& column, int64_t value) {
    char bytes[kMaxRendered];
    const size_t size = renderers_[column.source].Render(value, bytes);
    if (size == 0) return "number out of range";
    out_.append(bytes, size);
    return NextLiteral();
  }
  const char* AddId(const DecodedDictionary& dictionary, uint32_t id) {
    out_.append(dictionary.values[id]);
    return NextLiteral();
  }
  const char* EndRow() {
    if (out_.size() > output_.end) return kTooLong;
    // An encoder's rows have no more slots than bytes, but for an empty exception; without this a
    // damaged stream could ask for endless work.
    if (out_.size() - begin_ + 1 < slots_) return "row with empty values only";
    if (output_.offsets != nullptr) output_.offsets->push_back(static_cast<uint32_t>(out_.size()));
    if (output_.lines_left != nullptr && !out_.empty() && out_.back() == '\n')
      --*output_.lines_left;
    return nullptr;
  }
  // Whether nobody wants more rows.
  bool done() const { return output_.lines_left != nullptr && *output_.lines_left == 0; }

 private:
  static constexpr const char* kTooLong = "rows longer than the block";

  const char* NextLiteral() {
    if (out_.size() > output_.end) return kTooLong;
    out_.append(table_.literals[++literal_]);
    return nullptr;
  }

  const DecodedTable& table_;
  const RowOutput output_;
  ByteBuffer& out_;
  Vector<NumberRenderer> renderers_;
  size_t begin_ = 0;      // of the row
  uint32_t literal_ = 0;  // that was written last
  uint32_t slots_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RENDER_SINK_H_
