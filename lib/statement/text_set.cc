#include "statement/text_set.h"

#include "base/run_hash.h"

namespace logpress::statement {
namespace {

constexpr size_t kFirstSlots = 256;

}  // namespace

void TextSet::Clear() {
  arena_.Clear();
  bytes_ = 0;
  texts_.clear();
  slots_.assign(kFirstSlots, Slot{0, kNone});
}

// The place of the set keeps whoever writes a log from knowing which of its texts meet in the
// table. Nothing that comes out depends on it.
uint32_t TextSet::HashOf(ByteView text) const {
  const auto seed = reinterpret_cast<uintptr_t>(this);
  return static_cast<uint32_t>(HashRun(text.data(), text.size(), seed) >> 32);
}

size_t TextSet::SlotOf(ByteView text, uint32_t hash) const {
  const size_t wrap = slots_.size() - 1;
  size_t at = hash & wrap;
  for (; slots_[at].number != kNone; at = (at + 1) & wrap) {
    if (slots_[at].hash == hash && texts_[slots_[at].number] == text) break;
  }
  return at;
}

uint32_t TextSet::Find(ByteView text) const { return slots_[SlotOf(text, HashOf(text))].number; }

uint32_t TextSet::Add(ByteView text) {
  const uint32_t hash = HashOf(text);
  Slot& slot = slots_[SlotOf(text, hash)];
  if (slot.number != kNone) return slot.number;
  const auto number = static_cast<uint32_t>(texts_.size());
  slot = {hash, number};
  texts_.push_back(arena_.Copy(text));
  bytes_ += text.size();
  if (texts_.size() * 2 > slots_.size()) Grow();
  return number;
}

void TextSet::Grow() {
  Vector<Slot> old(slots_.size() * 4, Slot{0, kNone});
  old.swap(slots_);
  const size_t wrap = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == kNone) continue;
    size_t at = slot.hash & wrap;
    while (slots_[at].number != kNone) at = (at + 1) & wrap;
    slots_[at] = slot;
  }
}

}  // namespace logpress::statement
