// Hashed contexts with check bits.
//
// A context owns a line of 64 bytes, one cache line: fifteen slots, which are the nodes of a tree
// over four bits, and a check. So four binary decisions cost one access to memory. Contexts that
// meet in a place are told apart by 16 bits of their hash, and the one that was seen less gives
// way.
#ifndef LOGPRESS_CODEC_MIX_CONTEXT_TABLE_H_
#define LOGPRESS_CODEC_MIX_CONTEXT_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/counter.h"

namespace logpress::mix {

struct alignas(64) ContextLine {
  // nodes[0] is not a node: its probability holds the check, 0 in a line that nobody owns. Node 1
  // is the first bit, and 2 n + b follows node n when its bit was b.
  std::array<ContextSlot, 16> nodes;
};
static_assert(sizeof(ContextLine) == 64);

class ContextTable {
 public:
  // 2^bits lines, all free. `bits` is at least 1 and at most 26.
  void Reset(int bits) {
    ContextLine free;
    free.nodes[0].one = 0;
    lines_.assign(size_t{1} << bits, free);
    mask_ = lines_.size() - 1;
  }

  void Prefetch(uint64_t hash) const { __builtin_prefetch(&lines_[Place(hash)]); }

  // The line of the context with this hash, as it left it or, if it is new or was displaced, empty.
  // Valid until Reset(); another Find() may hand the line to another context.
  ContextLine* Find(uint64_t hash) {
    const size_t place = Place(hash);
    const uint16_t check = CheckOf(hash);
    ContextLine* const first = &lines_[place];
    if (first->nodes[0].one == check) return first;
    ContextLine* const second = &lines_[place ^ 1];
    if (second->nodes[0].one == check) return second;
    ContextLine* const victim = Seen(*second) < Seen(*first) ? second : first;
    victim->nodes.fill(ContextSlot());
    victim->nodes[0].one = check;
    return victim;
  }

  // All slots end to end; a line has 16.
  ContextSlot* slots() { return lines_.front().nodes.data(); }

  size_t memory() const { return lines_.size() * sizeof(ContextLine); }

 private:
  size_t Place(uint64_t hash) const { return PlaceOf(hash) & mask_; }
  // How often the line's first bit was coded, 0 for a free line.
  static uint32_t Seen(const ContextLine& line) { return line.nodes[1].count; }

  Vector<ContextLine> lines_;
  size_t mask_ = 0;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_CONTEXT_TABLE_H_
