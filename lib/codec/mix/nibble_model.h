// Codes four bits at a time under several contexts: the heart of everything that is coded by its
// content.
//
// Each context owns a line of the hashed table, found once for four bits. For every bit each
// context gives two predictions, its own probability and what its bit history led to elsewhere;
// expected nibbles (of matches) give one each. A mixer combines them, and two adaptive probability
// maps correct the result.
#ifndef LOGPRESS_CODEC_MIX_NIBBLE_MODEL_H_
#define LOGPRESS_CODEC_MIX_NIBBLE_MODEL_H_

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <span>

#include "base/memory.h"
#include "codec/mix/apm.h"
#include "codec/mix/context_table.h"
#include "codec/mix/counter.h"
#include "codec/mix/logistic.h"
#include "codec/mix/mixer.h"
#include "codec/mix/nibble_kernels.h"

namespace logpress::mix {

// The mean of the two corrections of a prediction, as the coder takes it.
inline uint32_t FinalProbability(uint32_t first, uint32_t second) {
  return std::clamp<uint32_t>((first + second + 1) >> 1, 1, 65535);
}

// A byte that something expects next, and how often that came true.
struct Expectation {
  int byte = -1;  // -1: none
  Counter* counter = nullptr;
};

// Which weights the mixer takes: four contexts. The first also chooses a row of the first adaptive
// probability map.
struct NibbleSelectors {
  uint32_t first = 0;
  uint32_t second = 0;
  uint32_t third = 0;
  uint32_t fourth = 0;
};

class NibbleModel {
 public:
  static constexpr size_t kMaxContexts = NibbleLanes::kLanes;
  static constexpr size_t kMaxExpectations = 5;

  struct Options {
    size_t contexts = 0;                       // at most kMaxContexts
    size_t expectations = 0;                   // at most kMaxExpectations
    NibbleSelectors selectors = {1, 1, 1, 1};  // each selector is below this; no fourth one: 0
    int correction_bits = 0;                   // contexts of the second map, as a logarithm
    bool by_byte = false;  // weights also by the bits of the byte that are known
  };

  void Reset(ContextTable* table, const Options& options) {
    assert(options.contexts <= kMaxContexts && options.expectations <= kMaxExpectations);
    table_ = table;
    contexts_ = options.contexts;
    expectations_ = options.expectations;
    history_maps_.clear();
    for (size_t i = 0; i < NibbleLanes::kLanes; ++i) AppendHistoryMap(&history_maps_);
    lanes_ = NibbleLanes();
    lanes_.slots = table->slots();
    lanes_.histories = history_maps_.data();
    lanes_.count = contexts_;
    lanes_.limits.fill(kLimit);
    for (size_t i = 0; i < kSteadyContexts; ++i) lanes_.limits[i] = kSteadyLimit;
    kernels_ = &BestNibbleKernels();
    const NibbleSelectors& below = options.selectors;
    std::array<size_t, 5> sets = {below.first, size_t{below.second} * 16, below.third};
    size_t count = 3;
    if (below.fourth != 0) sets[count++] = below.fourth;
    byte_set_ = count;
    if (options.by_byte) sets[count++] = 512;
    by_byte_ = options.by_byte;
    has_fourth_ = below.fourth != 0;
    Mixer::Options mixer;
    mixer.inputs = 2 * contexts_ + expectations_ + 1;
    mixer.contexts = std::span(sets).first(count);
    // So that contexts which all say the same are believed.
    mixer.first_weight = 0.9f / static_cast<float>(contexts_);
    mixer.final_contexts = size_t{below.second} * 32;
    mixer_.Reset(mixer);
    first_map_.Reset(size_t{below.first} * 256);
    second_map_.Reset(size_t{1} << options.correction_bits);
    second_mask_ = (1u << options.correction_bits) - 1;
  }

  size_t contexts() const { return contexts_; }

  // Codes a nibble, or only its upper `bits` bits, and returns them. `hashes`: one for each
  // context, of all that the nibble depends on. For the second nibble of a byte `high` is the
  // first, otherwise -1.
  template <typename Coder>
  uint32_t Code(Coder& coder, std::span<const uint64_t> hashes, uint32_t nibble, int high,
                std::span<const Expectation> expected, const NibbleSelectors& select,
                int bits = 4) {
    for (size_t i = 0; i < contexts_; ++i) table_->Prefetch(hashes[i]);
    for (size_t i = 0; i < contexts_; ++i)
      lanes_.lines[i] = static_cast<uint32_t>(table_->Find(hashes[i])->nodes.data() - lanes_.slots);
    const Logistic& logistic = LogisticTables();
    const bool is_second = high >= 0;
    const auto above = static_cast<uint32_t>(is_second ? high : 0);
    float* const inputs = mixer_.inputs();
    mixer_.Select(0, select.first);
    mixer_.Select(2, select.third);
    if (has_fourth_) mixer_.Select(3, select.fourth);
    // Nibbles that are still possible.
    std::array<int, kMaxExpectations> expects;
    size_t alive = 0;
    for (size_t e = 0; e < kMaxExpectations && e < expectations_; ++e) {
      const int byte = e < expected.size() ? expected[e].byte : -1;
      expects[e] = byte < 0 ? -1 : !is_second ? byte >> 4 : byte >> 4 == high ? byte & 15 : -1;
      alive += expects[e] >= 0 ? 1 : 0;
    }
    const uint32_t second_context = static_cast<uint32_t>(hashes[1] >> 13) ^ above * 40503u;
    uint32_t node = 1;
    for (int b = 3; b >= 4 - bits; --b) {
      const uint32_t second = (second_context ^ node * 2654435761u) & second_mask_;
      second_map_.Prefetch(second);
      kernels_->predict(&lanes_, node, inputs);
      for (size_t e = 0; e < expectations_; ++e) inputs[2 * contexts_ + e] = 0;
      for (size_t e = 0; alive != 0 && e < expectations_; ++e) {
        if (expects[e] < 0) continue;
        const float sure = logistic.Stretch(expected[e].counter->one);
        inputs[2 * contexts_ + e] = (expects[e] >> b & 1) != 0 ? sure : -sure;
      }
      inputs[2 * contexts_ + expectations_] = kBias;
      mixer_.Select(1, select.second * 16 + node);
      if (by_byte_) mixer_.Select(byte_set_, (is_second ? 256 : 0) + above * 16 + node);
      mixer_.SelectFinal(select.second * 32 + node + (is_second ? 16 : 0));
      const float mixed = mixer_.Predict();
      const uint32_t one =
          FinalProbability(first_map_.Refine(mixed, select.first * 256 + above * 16 + node),
                           second_map_.Refine(mixed, second));
      const uint32_t bit = coder.Code(nibble >> b & 1, one);
      mixer_.Update(bit);
      first_map_.Update(bit);
      second_map_.Update(bit);
      kernels_->learn(&lanes_, node, bit);
      for (size_t e = 0; alive != 0 && e < expectations_; ++e) {
        if (expects[e] < 0) continue;
        const bool right = static_cast<uint32_t>(expects[e] >> b & 1) == bit;
        expected[e].counter->Update(right ? 1 : 0, 255);
        if (right) continue;
        expects[e] = -1;
        --alive;
      }
      node = node << 1 | bit;
    }
    return node - (uint32_t{1} << bits);
  }

  // Codes a byte: two nibbles, the second in the contexts of the first.
  template <typename Coder>
  uint32_t CodeByte(Coder& coder, std::span<uint64_t> hashes, uint32_t byte,
                    std::span<const Expectation> expected, const NibbleSelectors& select);

 private:
  // The first contexts are small and settle; the others stay quick.
  static constexpr size_t kSteadyContexts = 2;
  static constexpr uint32_t kSteadyLimit = 250;
  static constexpr uint32_t kLimit = 60;
  static constexpr float kBias = 0.3f;

  const NibbleKernels* kernels_ = nullptr;
  ContextTable* table_ = nullptr;
  NibbleLanes lanes_;
  size_t contexts_ = 0;
  size_t expectations_ = 0;
  Vector<Counter> history_maps_;  // one behind the other
  Mixer mixer_;
  AdaptiveProbabilityMap first_map_;
  AdaptiveProbabilityMap second_map_;
  uint32_t second_mask_ = 0;
  bool has_fourth_ = false;
  bool by_byte_ = false;
  size_t byte_set_ = 0;  // of the mixer
};

template <typename Coder>
uint32_t NibbleModel::CodeByte(Coder& coder, std::span<uint64_t> hashes, uint32_t byte,
                               std::span<const Expectation> expected,
                               const NibbleSelectors& select) {
  const uint32_t high = Code(coder, hashes, byte >> 4, -1, expected, select);
  // Each context may have several lines: one for each first nibble.
  for (uint64_t& hash : hashes) hash = (hash + high + 1) * 0x9E3779B97F4A7C15u ^ hash >> 29;
  return high << 4 | Code(coder, hashes, byte & 15, static_cast<int>(high), expected, select);
}

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_NIBBLE_MODEL_H_
