// What the row model remembers: the rows so far, leaf by leaf, and the state of every column. All
// of it in tables of a fixed size: what is old, or meets something else there, is forgotten.
#ifndef LOGPRESS_BACKEND_MIX_ROW_STATE_H_
#define LOGPRESS_BACKEND_MIX_ROW_STATE_H_

#include <algorithm>
#include <cstdint>

#include "backend/mix/number_model.h"
#include "backend/mix/value_store.h"
#include "base/memory.h"
#include "codec/mix/candidates.h"

namespace logpress::mix {

// A column is a slot of a template, or of a template inside a slot: wherever the path to it is the
// same.
struct ColumnState {
  uint32_t tag = 0;
  uint32_t above = 0;  // the value there last, and the one before
  uint32_t above2 = 0;
  uint32_t misses = 0;  // one bit a value: whether the first candidate was wrong
  uint32_t count = 0;
  uint32_t last_template = 0;  // inside the last value that was coded by content
  int64_t number = 0;
  int64_t delta = 0;
  int64_t delta2 = 0;
  // Moving averages of the bits that values take as differences to the last one here, and
  // otherwise: numbers as digits, timestamps as differences to the last one of their format.
  float delta_bits = 8;
  float other_bits = 8;
  int32_t aux = -1;

  void Compare(float as_delta, float otherwise) {
    constexpr float kRate = 0.1f;
    const float delta_step = (as_delta - delta_bits) * kRate;
    const float other_step = (otherwise - other_bits) * kRate;
    delta_bits += delta_step;
    other_bits += other_step;
  }
  // Whether differences to the last value here have been shorter.
  bool PrefersDifferences() const { return count > 2 && delta_bits + 1.0f < other_bits; }
  void Follow(int64_t next) {
    delta2 = delta;
    delta = WrappingSubtract(next, number);
    number = next;
    ++count;
  }
};

// Where in another row, or earlier in this one, a column finds its value.
struct CopySource {
  uint32_t tag = 0;
  uint32_t leaf = kNoValue;
  uint32_t confidence = 0;
};

// A direct-mapped table; Entry has a `tag`, and begins anew when another hash takes its place.
template <typename Entry>
class TaggedTable {
 public:
  void Reset(int bits) {
    entries_.assign(size_t{1} << bits, Entry());
    mask_ = entries_.size() - 1;
  }
  Entry& operator[](uint64_t hash) {
    Entry& entry = entries_[(hash >> 32) & mask_];
    const auto tag = static_cast<uint32_t>(hash) | 1;
    if (entry.tag != tag) {
      entry = Entry();
      entry.tag = tag;
    }
    return entry;
  }

 private:
  Vector<Entry> entries_;
  size_t mask_ = 0;
};

struct SeenRow {
  uint32_t tag = 0;
  uint32_t row = kNoRow;
};

// The leaves of all rows, one after another: values in slots, and behind each the values inside it.
// 0 is a value that is not known yet.
class RowLog {
 public:
  struct Row {
    uint32_t begin = 0;  // leaves
    uint32_t end = 0;
    uint32_t model_template = kNoTemplate;
  };

  void Reset(int leaf_bits, int row_bits) {
    leaves_.assign(size_t{1} << leaf_bits, 0);
    rows_.assign(size_t{1} << row_bits, Row());
    leaf_count_ = 0;
    row_count_ = 0;
  }

  uint32_t leaf_count() const { return leaf_count_; }
  uint32_t row() const { return row_count_; }  // the row that is being coded
  uint32_t row_begin() const { return row_begin_; }

  void BeginRow() { row_begin_ = leaf_count_; }
  void EndRow(uint32_t model_template) {
    rows_[row_count_ & (rows_.size() - 1)] = {row_begin_, leaf_count_, model_template};
    ++row_count_;
  }

  void AppendLeaf(uint32_t value) { leaves_[leaf_count_++ & (leaves_.size() - 1)] = value; }
  void SetLeaf(uint32_t leaf, uint32_t value) { leaves_[leaf & (leaves_.size() - 1)] = value; }
  // 0 if it is forgotten.
  uint32_t Leaf(uint32_t leaf) const {
    return leaf_count_ - leaf > leaves_.size() ? 0 : leaves_[leaf & (leaves_.size() - 1)];
  }

  // An earlier row; an empty one if it is forgotten.
  Row At(uint32_t row) const {
    if (row >= row_count_ || row_count_ - row > rows_.size()) return {};
    return rows_[row & (rows_.size() - 1)];
  }
  // The value at position `leaf` of an earlier row, or kNoValue.
  uint32_t ValueAt(uint32_t row, uint32_t leaf) const {
    const Row entry = At(row);
    if (leaf >= entry.end - entry.begin) return kNoValue;
    const uint32_t value = Leaf(entry.begin + leaf);
    return value == 0 ? kNoValue : value;
  }

 private:
  Vector<uint32_t> leaves_;
  Vector<Row> rows_;
  uint32_t leaf_count_ = 0;
  uint32_t row_count_ = 0;
  uint32_t row_begin_ = 0;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_ROW_STATE_H_
