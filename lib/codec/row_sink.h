// Rows as they are, for everybody who wants more of them than their bytes.
#ifndef LOGPRESS_CODEC_ROW_SINK_H_
#define LOGPRESS_CODEC_ROW_SINK_H_

#include <algorithm>
#include <cstdint>
#include <span>

#include "base/memory.h"
#include "codec/decoded_table.h"

namespace logpress::codec {

class RowSink {
 public:
  virtual ~RowSink() = default;
  // A row of the template of this number, and for each of its slots the number, or the id in the
  // dictionary of the slot's column. Null, or what is wrong with the row.
  virtual const char* Row(uint32_t template_id, std::span<const int64_t> slots) = 0;
  // Whether it wants no more rows.
  bool done() const { return done_; }

 protected:
  bool done_ = false;
};

// Collects what row decoders tell piece by piece.
class RowCollector {
 public:
  // Of rows that make `size` bytes. Borrows both.
  RowCollector(const DecodedTable& table, uint64_t size, RowSink* sink)
      : table_(table), sink_(sink), most_slots_(static_cast<int64_t>(size)) {
    uint32_t most = 0;
    for (const DecodedTemplate& entry : table.templates) most = std::max(most, entry.column_count);
    slots_.resize(most);
  }

  void BeginRow(const DecodedTemplate& entry) {
    template_ = static_cast<uint32_t>(&entry - table_.templates.data());
    count_ = 0;
  }
  const char* AddNumber(const DecodedColumn& /*column*/, int64_t value) {
    slots_[count_++] = value;
    return nullptr;
  }
  const char* AddId(const DecodedDictionary& /*dictionary*/, uint32_t id) {
    slots_[count_++] = id;
    return nullptr;
  }
  const char* EndRow() {
    // An encoder's rows have at most a slot more than bytes. Without this a damaged stream could
    // ask a sink that makes no bytes for endless work.
    most_slots_ += 1 - static_cast<int64_t>(count_);
    if (most_slots_ < 0) return "rows with empty values only";
    return sink_->Row(template_, {slots_.data(), count_});
  }
  bool done() const { return sink_->done(); }

 private:
  const DecodedTable& table_;
  RowSink* const sink_;
  int64_t most_slots_;  // that rows may still have, when each has one more
  uint32_t template_ = 0;
  size_t count_ = 0;
  Vector<int64_t> slots_;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_SINK_H_
