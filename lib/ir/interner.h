// Gives every distinct value of a column a number, in order of first occurrence.
#ifndef LOGPRESS_IR_INTERNER_H_
#define LOGPRESS_IR_INTERNER_H_

#include <cstdint>
#include <cstring>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"
#include "text/tokenizer.h"

namespace logpress::ir {

// A hash table with open addressing, reused column after column. One thread at a time.
class Interner {
 public:
  // Starts a new column of values in `text`.
  void Reset(ByteView text) {
    text_ = text;
    values_.clear();
    hashes_.clear();
    if (slots_.size() > kKeptSlots) slots_.resize(kKeptSlots);
    if (slots_.size() < kMinSlots) slots_.resize(kMinSlots);
    std::memset(slots_.data(), 0xff, slots_.size() * sizeof(uint32_t));
  }

  // The number of `value`; values().size() - 1 if it is new.
  uint32_t Intern(text::Slice value) {
    const char* const bytes = text_.data() + value.offset;
    const auto hash = static_cast<uint32_t>(HashBytes(bytes, value.size, 1) >> 32);
    size_t at = hash & (slots_.size() - 1);
    for (; slots_[at] != kNone; at = (at + 1) & (slots_.size() - 1)) {
      const uint32_t id = slots_[at];
      if (hashes_[id] != hash) continue;
      const text::Slice other = values_[id];
      if (other.size == value.size &&
          std::memcmp(text_.data() + other.offset, bytes, value.size) == 0)
        return id;
    }
    const auto id = static_cast<uint32_t>(values_.size());
    slots_[at] = id;
    values_.push_back(value);
    hashes_.push_back(hash);
    if (values_.size() * 2 > slots_.size()) Grow();
    return id;
  }

  const std::vector<text::Slice>& values() const { return values_; }

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr size_t kMinSlots = 64;
  // Clearing a table costs its size, and most columns have few distinct values.
  static constexpr size_t kKeptSlots = 64;

  void Grow() {
    slots_.assign(slots_.size() * 4, kNone);
    for (uint32_t id = 0; id < values_.size(); ++id) {
      size_t at = hashes_[id] & (slots_.size() - 1);
      while (slots_[at] != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = id;
    }
  }

  ByteView text_;
  std::vector<text::Slice> values_;
  std::vector<uint32_t> hashes_;
  std::vector<uint32_t> slots_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_INTERNER_H_
