// Gives every distinct value of a column a number, in order of first occurrence.
#ifndef LOGPRESS_IR_INTERNER_H_
#define LOGPRESS_IR_INTERNER_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "base/bytes.h"
#include "base/run_hash.h"
#include "text/tokenizer.h"

namespace logpress::ir {

// A hash table with open addressing, reused column after column. One thread at a time.
class Interner {
 public:
  // Starts a new column of values in `text`. `seed` keeps whoever writes a log from knowing which
  // of its values meet in the table.
  void Reset(ByteView text, uint64_t seed = 0) {
    text_ = text;
    seed_ = seed;
    values_.clear();
    last_ = 0;
    slots_.assign(kMinSlots, Slot{0, kNone});
  }

  // The number of `value`; values().size() - 1 if it is new.
  uint32_t Intern(text::Slice value) {
    if (value.size <= ShortRun::kMaxSize) {
      const ShortRun run = Short(value);
      const auto same = [&](text::Slice known) { return run == Short(known); };
      // Most columns repeat the value of the row above more often than not.
      if (last_ < values_.size() && values_[last_].size == value.size && same(values_[last_]))
        return last_;
      return Find(value, run.Hash(value.size, seed_), same);
    }
    const char* const bytes = text_.data() + value.offset;
    return Find(value, HashRun(bytes, value.size, seed_), [&](text::Slice known) {
      return SameRun(text_.data() + known.offset, bytes, value.size);
    });
  }

  const std::vector<text::Slice>& values() const { return values_; }

 private:
  struct Slot {
    uint32_t tag;  // the upper half of the value's hash
    uint32_t id;
  };
  static constexpr uint32_t kNone = ~uint32_t{0};
  // Clearing a table costs its size, and most columns have few distinct values.
  static constexpr size_t kMinSlots = 16;

  // The bytes of a value of at most ShortRun::kMaxSize.
  ShortRun Short(text::Slice value) const {
    const char* bytes = text_.data() + value.offset;
    std::array<char, ShortRun::kMaxSize> padded{};
    if (text_.size() - value.offset < padded.size()) {
      std::memcpy(padded.data(), bytes, value.size);
      bytes = padded.data();
    }
    return ShortRun(bytes, value.size);
  }

  // Finds the value by its hash; same(known) tells whether a known value of its size is equal.
  template <typename Same>
  uint32_t Find(text::Slice value, uint64_t hash, const Same& same) {
    const auto tag = static_cast<uint32_t>(hash >> 32);
    size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].id != kNone; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].tag != tag) continue;
      const uint32_t id = slots_[at].id;
      if (values_[id].size == value.size && same(values_[id])) return last_ = id;
    }
    last_ = static_cast<uint32_t>(values_.size());
    slots_[at] = {tag, last_};
    values_.push_back(value);
    if (values_.size() * 2 > slots_.size()) Grow();
    return last_;
  }

  uint64_t Hash(text::Slice value) const {
    return value.size <= ShortRun::kMaxSize
               ? Short(value).Hash(value.size, seed_)
               : HashRun(text_.data() + value.offset, value.size, seed_);
  }

  void Grow() {
    slots_.assign(slots_.size() * 4, Slot{0, kNone});
    for (uint32_t id = 0; id < values_.size(); ++id) {
      const uint64_t hash = Hash(values_[id]);
      size_t at = hash & (slots_.size() - 1);
      while (slots_[at].id != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = {static_cast<uint32_t>(hash >> 32), id};
    }
  }

  ByteView text_;
  uint64_t seed_ = 0;
  uint32_t last_ = 0;
  std::vector<text::Slice> values_;
  std::vector<Slot> slots_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_INTERNER_H_
