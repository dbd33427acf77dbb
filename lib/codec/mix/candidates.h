// Codes a symbol out of very many by asking "is it this one?" of the values that contexts expect.
//
// Every context of the symbol remembers the two values that followed it last, and there are other
// sources (the row above, a row that looked alike). The candidates are asked in the order of how
// often such sources were right; each answer is one mixed binary decision. What no candidate was,
// is coded by its content.
#ifndef LOGPRESS_CODEC_MIX_CANDIDATES_H_
#define LOGPRESS_CODEC_MIX_CANDIDATES_H_

#include <array>
#include <cstdint>
#include <span>

#include "base/memory.h"
#include "codec/mix/apm.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/counter.h"
#include "codec/mix/mixer.h"
#include "codec/mix/nibble_model.h"

namespace logpress::mix {

inline constexpr uint32_t kNoValue = ~uint32_t{0};

// What followed a context: two values, and how reliably.
struct Expected {
  uint16_t check = 0;
  uint8_t first_count = 0;
  uint8_t second_count = 0;
  uint32_t first = kNoValue;
  uint32_t second = kNoValue;

  void Update(uint32_t value);
};
static_assert(sizeof(Expected) == 12);

class ExpectedTable {
 public:
  void Reset(int bits) {
    entries_.assign(size_t{1} << bits, Expected());
    mask_ = entries_.size() - 1;
  }
  void Prefetch(uint64_t hash) const { __builtin_prefetch(&entries_[PlaceOf(hash) & mask_]); }
  // The entry of a context, which another context's Find() may take over.
  Expected* Find(uint64_t hash);

 private:
  Vector<Expected> entries_;
  size_t mask_ = 0;
};

// Probabilities of flags in hashed contexts.
class FlagTable {
 public:
  struct Entry {
    uint16_t check = 0;
    uint16_t unused = 0;
    ContextSlot slot;
  };
  static_assert(sizeof(Entry) == 8);

  void Reset(int bits) {
    entries_.assign(size_t{1} << bits, Entry());
    mask_ = entries_.size() - 1;
  }
  void Prefetch(uint64_t hash) const { __builtin_prefetch(&entries_[PlaceOf(hash) & mask_]); }
  ContextSlot* Find(uint64_t hash);

 private:
  Vector<Entry> entries_;
  size_t mask_ = 0;
};

// One symbol to be coded.
struct CandidateQuery {
  static constexpr size_t kMaxSources = 28;
  static constexpr size_t kMaxContexts = 4;

  // Per source the value it expects (kNoValue: none) and its confidence, 0 to 15.
  std::array<uint32_t, kMaxSources> value;
  std::array<uint8_t, kMaxSources> confidence;
  std::array<uint64_t, kMaxContexts> contexts;  // of the decision, the candidate not included
  uint32_t place = 0;                           // hash of what the symbol belongs to
  uint32_t state = 0;                           // hash of something that chooses weights
  uint32_t limit = 0;                           // candidates asked at most
};

class CandidateModel {
 public:
  // Columns are told apart by `place_bits` bits. Without contexts `flags` is null.
  void Reset(FlagTable* flags, size_t sources, size_t contexts, int place_bits);

  struct Answer {
    uint32_t value = kNoValue;  // kNoValue: none of the candidates
    uint32_t asked = 0;         // candidates that were not it come first in tried()
  };
  // `actual` is ignored by a decoder; kNoValue: the encoder knows that nobody expects it.
  template <typename Coder>
  Answer Code(Coder& coder, const CandidateQuery& query, uint32_t actual);

  // Values asked by the last Code(), and the place of the right one among them if it was there.
  std::span<const uint32_t> tried() const { return {tried_.data(), tried_count_}; }
  // Lets the order of sources learn; after Code(), when the value is known.
  void Learn(const CandidateQuery& query, uint32_t actual);

 private:
  static constexpr size_t kMaxSources = CandidateQuery::kMaxSources;
  static constexpr size_t kConfidences = 16;
  static constexpr uint16_t kFresh = 0xffff;  // count of a counter that takes over a shared one

  struct Ranked {
    uint32_t value;
    float score;
    uint32_t top;  // the source that expects it most
    float top_score;
  };
  size_t Rank(const CandidateQuery& query);
  template <typename Coder>
  uint32_t Ask(Coder& coder, const CandidateQuery& query, uint32_t j, uint32_t actual);

  FlagTable* flags_ = nullptr;
  size_t sources_ = 0;
  size_t contexts_ = 0;
  uint32_t place_mask_ = 0;
  // Per source, whether it agrees, and confidence: how often the candidate was right; in general
  // and per place.
  Vector<Counter> agreement_;
  Vector<Counter> place_agreement_;
  // Per source and confidence: how often it was right; in general and per place.
  Vector<Counter> rank_;
  Vector<Counter> place_rank_;
  Vector<HistoryMap> history_maps_;
  Mixer mixer_;
  AdaptiveProbabilityMap first_map_;
  AdaptiveProbabilityMap second_map_;
  // Of the symbol being coded.
  std::array<Ranked, kMaxSources> ranked_;
  std::array<bool, kMaxSources> dead_;
  std::array<uint32_t, kMaxSources> tried_;
  size_t tried_count_ = 0;
};

template <typename Coder>
CandidateModel::Answer CandidateModel::Code(Coder& coder, const CandidateQuery& query,
                                            uint32_t actual) {
  // An unlikely candidate costs time and says little.
  constexpr float kMinScore = 0.012f;
  const size_t count = Rank(query);
  tried_count_ = 0;
  for (size_t i = 0; i < sources_; ++i) dead_[i] = query.value[i] == kNoValue;
  for (uint32_t j = 0; j < count && j < query.limit; ++j) {
    if (j > 0 && ranked_[j].score < kMinScore) break;
    const uint32_t value = ranked_[j].value;
    const uint32_t right = Ask(coder, query, j, actual);
    tried_[tried_count_++] = value;
    if (right != 0) return {value, j + 1};
    for (size_t i = 0; i < sources_; ++i) dead_[i] |= query.value[i] == value;
  }
  return {kNoValue, static_cast<uint32_t>(tried_count_)};
}

template <typename Coder>
uint32_t CandidateModel::Ask(Coder& coder, const CandidateQuery& query, uint32_t j,
                             uint32_t actual) {
  constexpr uint32_t kLimit = 120;
  const Logistic& logistic = LogisticTables();
  const BitHistory& histories = BitHistoryTable();
  const Ranked& candidate = ranked_[j];
  const uint32_t place = query.place & place_mask_;
  std::array<Counter*, kMaxSources> general;
  std::array<Counter*, kMaxSources> local;
  std::array<uint64_t, CandidateQuery::kMaxContexts> hashes;
  for (size_t i = 0; i < contexts_; ++i) {
    hashes[i] = ContextHash(query.contexts[i], candidate.value, i + 1);
    flags_->Prefetch(hashes[i]);
  }
  uint32_t agreeing = 0;
  uint32_t firsts = 0;  // of the first eight contexts, the likelier values that are this one
  uint32_t mask = 0;
  for (size_t i = 0; i < sources_; ++i) {
    general[i] = nullptr;
    if (dead_[i]) {
      mixer_.SetInput(2 * i, 0);
      mixer_.SetInput(2 * i + 1, 0);
      continue;
    }
    const bool agrees = query.value[i] == candidate.value;
    agreeing += agrees;
    if (agrees && i < 16) mask |= 1u << i;
    if (agrees && i < 16 && i % 2 == 0) firsts |= 1u << i / 2;
    const size_t at = (i * 2 + agrees) * kConfidences + query.confidence[i];
    general[i] = &agreement_[at];
    local[i] = &place_agreement_[place * agreement_.size() + at];
    if (local[i]->count == kFresh) *local[i] = {general[i]->one, 1};
    mixer_.SetInput(2 * i, logistic.Stretch(general[i]->one));
    mixer_.SetInput(2 * i + 1, logistic.Stretch(local[i]->one));
  }
  std::array<ContextSlot*, CandidateQuery::kMaxContexts> slots;
  for (size_t i = 0; i < contexts_; ++i) {
    slots[i] = flags_->Find(hashes[i]);
    const bool known = slots[i]->count != 0;
    const size_t input = 2 * (sources_ + i);
    mixer_.SetInput(input, known ? logistic.Stretch(slots[i]->one) : 0);
    mixer_.SetInput(input + 1,
                    known ? logistic.Stretch(history_maps_[i].One(slots[i]->history)) : 0);
  }
  const uint32_t shape = std::min(j, 7u) * 8 + std::min(agreeing, 7u);
  mixer_.Select(0, place);
  mixer_.Select(1, shape);
  mixer_.Select(2, candidate.top * kConfidences + query.confidence[candidate.top]);
  mixer_.Select(3, query.state & place_mask_);
  mixer_.Select(4, firsts + (j == 0 ? 0 : 256));
  mixer_.SelectFinal(shape);
  const float mixed = mixer_.Predict();
  const uint32_t one =
      FinalProbability(first_map_.Refine(mixed, shape),
                       second_map_.Refine(mixed, (ContextHash(place, mask) >> 20) & 4095));
  const uint32_t bit = coder.Code(candidate.value == actual ? 1 : 0, one);
  mixer_.Update(bit);
  first_map_.Update(bit);
  second_map_.Update(bit);
  for (size_t i = 0; i < sources_; ++i) {
    if (general[i] == nullptr) continue;
    general[i]->Update(bit, 255);
    local[i]->Update(bit, kLimit);
  }
  for (size_t i = 0; i < contexts_; ++i) {
    if (slots[i]->count != 0) history_maps_[i].Update(slots[i]->history, bit);
    slots[i]->Update(histories, bit, kLimit);
  }
  return bit;
}

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_CANDIDATES_H_
