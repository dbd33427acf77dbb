// The two loops of a nibble model over its contexts, for one bit: what each context predicts, and
// what it learns.
//
// All contexts are read before any of them learns, and then learn in their order: two may share a
// line of the table. Every implementation gives the same results, integers all of them.
#ifndef LOGPRESS_CODEC_MIX_NIBBLE_KERNELS_H_
#define LOGPRESS_CODEC_MIX_NIBBLE_KERNELS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/mix/counter.h"

namespace logpress::mix {

// The contexts of a nibble. Vectors are filled up: lanes past the last context stay 0.
struct NibbleLanes {
  static constexpr size_t kLanes = 16;

  // Set by the model.
  ContextSlot* slots = nullptr;           // of the table, end to end
  Counter* histories = nullptr;           // history maps, kLanes of them end to end
  size_t count = 0;                       // contexts
  std::array<uint32_t, kLanes> limits{};  // of the slots' counts
  std::array<uint32_t, kLanes> lines{};   // each context's line: its first slot
  // Of the bit that is being coded: what was read, and from where in `histories`.
  alignas(32) std::array<uint32_t, kLanes> read_slots{};
  alignas(32) std::array<uint32_t, kLanes> read_counters{};
  alignas(32) std::array<uint32_t, kLanes> history_places{};
};

struct NibbleKernels {
  const char* name;
  // Two inputs a context, stretched: of its slot `node`, inputs[i], and of what the slot's history
  // leads to, inputs[count + i]. May write to inputs[0, 2 * kLanes); past 2 * count it leaves
  // zeros.
  void (*predict)(NibbleLanes* lanes, uint32_t node, float* inputs);
  // Lets slots and histories that predict() read learn.
  void (*learn)(NibbleLanes* lanes, uint32_t node, uint32_t bit);
};

// The implementation in plain C++, the reference.
const NibbleKernels& ScalarNibbleKernels();
// The fastest that this processor runs, found at the first call. Thread-safe.
const NibbleKernels& BestNibbleKernels();
// All that this processor runs, the scalar one first.
std::span<const NibbleKernels* const> AvailableNibbleKernels();

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_NIBBLE_KERNELS_H_
