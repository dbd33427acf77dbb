// Gives every distinct value a number, in order of first occurrence.
#ifndef LOGPRESS_IR_INTERNER_H_
#define LOGPRESS_IR_INTERNER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"
#include "base/memory.h"
#include "base/run_hash.h"
#include "text/tokenizer.h"

namespace logpress::ir {

// A hash table with open addressing, reused table after table. One thread at a time.
class Interner : public InMemory {
  static constexpr uint32_t kNone = ~uint32_t{0};

 public:
  // What a column had last. While it says the same again and again, its next value is compared with
  // that before it is looked for; elsewhere nobody can predict the answer, and a branch that is not
  // foreseen costs more than the search.
  class Last {
   public:
    bool Trusted() const { return streak_ >= kTrusted; }

   private:
    friend class Interner;
    static constexpr uint32_t kTrusted = 16;
    static constexpr uint32_t kMaxStreak = 31;

    void Note(uint32_t id) {
      streak_ = id == id_ ? std::min(streak_ + 1, kMaxStreak) : streak_ / 2;
      id_ = id;
    }

    uint32_t id_ = kNone;
    uint32_t streak_ = 0;
  };

  // Forgets everything. Values are in `text`, about `expected` of them. `seed` keeps whoever writes
  // a log from knowing which of its values meet in the table.
  void Reset(ByteView text, uint64_t seed = 0, size_t expected = 0) {
    text_ = text;
    seed_ = seed;
    values_.clear();
    slots_.assign(std::bit_ceil(std::clamp(expected / kValuesPerSlot, kMinSlots, kMaxFirstSlots)),
                  Slot{0, kNone});
  }

  // The number of `value`; values().size() - 1 if it is new.
  uint32_t Intern(text::Slice value) {
    if (value.size <= ShortRun::kMaxSize) {
      const ShortRun run = Short(value);
      // Whether it is the value of the row above is not asked first: nobody can predict the answer.
      const auto same = [&](text::Slice known) { return run == Short(known); };
      return Find(value, run.Hash(value.size, seed_), same);
    }
    const char* const bytes = text_.data() + value.offset;
    return Find(value, HashRun(bytes, value.size, seed_), [&](text::Slice known) {
      return SameRun(text_.data() + known.offset, bytes, value.size);
    });
  }

  // The same for a value of a column, of which *last is kept by the caller.
  uint32_t Intern(text::Slice value, Last* last) {
    if (last->Trusted() && Equals(values_[last->id_], value)) {
      last->streak_ = Last::kMaxStreak;
      return last->id_;
    }
    const uint32_t id = Intern(value);
    last->Note(id);
    return id;
  }

  const Vector<text::Slice>& values() const { return values_; }

 private:
  struct Slot {
    uint32_t hash;  // the upper half of the value's, whose low bits say where to look first
    uint32_t id;
  };
  // Clearing a table costs its size, and there are mostly few distinct values.
  static constexpr size_t kMinSlots = 64;
  static constexpr size_t kMaxFirstSlots = size_t{1} << 15;
  static constexpr size_t kValuesPerSlot = 8;

  // The bytes of a value of at most ShortRun::kMaxSize.
  ShortRun Short(text::Slice value) const {
    const char* const bytes = text_.data() + value.offset;
    if (text_.size() - value.offset >= ShortRun::kMaxSize) return ShortRun(bytes, value.size);
    std::array<char, ShortRun::kMaxSize> padded{};
    std::memcpy(padded.data(), bytes, value.size);
    return ShortRun(padded.data(), value.size);
  }

  bool Equals(text::Slice known, text::Slice value) const {
    if (known.size != value.size) return false;
    if (value.size <= ShortRun::kMaxSize) return Short(known) == Short(value);
    return SameRun(text_.data() + known.offset, text_.data() + value.offset, value.size);
  }

  // Finds the value by its hash; same(known) tells whether a known value of its size is equal.
  template <typename Same>
  uint32_t Find(text::Slice value, uint64_t full_hash, const Same& same) {
    const auto hash = static_cast<uint32_t>(full_hash >> 32);
    size_t at = hash & (slots_.size() - 1);
    for (; slots_[at].id != kNone; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at].hash != hash) continue;
      const uint32_t id = slots_[at].id;
      if (values_[id].size == value.size && same(values_[id])) return id;
    }
    const auto id = static_cast<uint32_t>(values_.size());
    slots_[at] = {hash, id};
    values_.push_back(value);
    if (values_.size() * 2 > slots_.size()) Grow();
    return id;
  }

  void Grow() {
    old_slots_.swap(slots_);
    slots_.assign(old_slots_.size() * 4, Slot{0, kNone});
    for (const Slot& slot : old_slots_) {
      if (slot.id == kNone) continue;
      size_t at = slot.hash & (slots_.size() - 1);
      while (slots_[at].id != kNone) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = slot;
    }
  }

  ByteView text_;
  uint64_t seed_ = 0;
  Vector<text::Slice> values_;
  Vector<Slot> slots_;
  Vector<Slot> old_slots_;  // while the table grows
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_INTERNER_H_
