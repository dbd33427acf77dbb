// The values of dictionaries, as slices of the text in which they first occur.
#ifndef LOGPRESS_PRIMER_VALUES_H_
#define LOGPRESS_PRIMER_VALUES_H_

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/bytes.h"
#include "base/memory.h"
#include "base/run_hash.h"
#include "text/tokenizer.h"

namespace logpress::primer {

using text::Slice;

// Per dictionary, the values in the order of their ids.
using ValueLists = Vector<Vector<Slice>>;

// Finds the id of a value. A hash table with open addressing over all dictionaries.
class ValueIndex {
 public:
  static constexpr uint32_t kNotThere = ~uint32_t{0};

  // Forgets everything. `seed` keeps whoever writes a log from knowing which values meet.
  void Reset(uint64_t seed) {
    seed_ = seed;
    slots_.assign(slots_.empty() ? kMinSlots : std::min(slots_.size(), kMaxKept), Slot());
    count_ = 0;
  }

  // The place of `value` in lists[dictionary], all of whose values were added.
  uint32_t Find(const ValueLists& lists, const char* text, uint32_t dictionary,
                ByteView value) const {
    if (count_ == 0) return kNotThere;
    const uint32_t hash = HashOf(dictionary, value);
    for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
      const Slot& slot = slots_[at];
      if (slot.id == kNotThere) return kNotThere;
      if (slot.hash != hash || slot.dictionary != dictionary) continue;
      const Slice known = lists[dictionary][slot.id];
      if (known.size == value.size() && SameRun(text + known.offset, value.data(), known.size))
        return slot.id;
    }
  }

  void Add(uint32_t dictionary, uint32_t id, ByteView value) {
    if (++count_ * 2 > slots_.size()) Grow();
    Put({HashOf(dictionary, value), dictionary, id});
  }

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t dictionary = 0;
    uint32_t id = kNotThere;
  };
  static constexpr size_t kMinSlots = 256;
  static constexpr size_t kMaxKept = 4096;

  uint32_t HashOf(uint32_t dictionary, ByteView value) const {
    const uint64_t seed = seed_ + dictionary * uint64_t{0x9E3779B97F4A7C15u};
    return static_cast<uint32_t>(HashRun(value.data(), value.size(), seed) >> 32);
  }

  void Put(const Slot& slot) {
    size_t at = slot.hash & (slots_.size() - 1);
    while (slots_[at].id != kNotThere) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }

  void Grow() {
    Vector<Slot> old = std::move(slots_);
    slots_.assign(old.size() * 4, Slot());
    for (const Slot& slot : old) {
      if (slot.id != kNotThere) Put(slot);
    }
  }

  uint64_t seed_ = 0;
  Vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_VALUES_H_
