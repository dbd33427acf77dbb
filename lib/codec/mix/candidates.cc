#include "codec/mix/candidates.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace logpress::mix {
namespace {

constexpr uint8_t kMaxCount = 15;

// -ln(1.0001 - p): how much it says for a value that a source which is right with probability p
// expects it. By probability in units of 1/4096.
const std::array<float, 4096>& Scores() {
  static const std::array<float, 4096> scores = [] {
    std::array<float, 4096> result{};
    for (size_t i = 0; i < result.size(); ++i) {
      result[i] =
          static_cast<float>(-NaturalLogarithm(1.0001 - (static_cast<double>(i) + 0.5) / 4096));
    }
    return result;
  }();
  return scores;
}

}  // namespace

void Expected::Update(uint32_t value) {
  if (first == value) {
    if (first_count < kMaxCount) ++first_count;
  } else if (second == value) {
    std::swap(first, second);
    const uint8_t old = first_count;
    first_count = static_cast<uint8_t>(std::min<int>(kMaxCount, second_count + 1));
    second_count = old / 2;
  } else {
    second = first;
    second_count = first_count / 2;
    first = value;
    first_count = 0;
  }
}

Expected* ExpectedTable::Find(uint64_t hash) {
  const size_t place = PlaceOf(hash) & mask_;
  const uint16_t check = CheckOf(hash);
  Expected* entry = &entries_[place];
  if (entry->check == check) return entry;
  Expected* const other = &entries_[place ^ 1];
  if (other->check == check) return other;
  if (other->first_count < entry->first_count) entry = other;
  *entry = Expected();
  entry->check = check;
  return entry;
}

ContextSlot* FlagTable::Find(uint64_t hash) {
  const size_t place = PlaceOf(hash) & mask_;
  const uint16_t check = CheckOf(hash);
  Entry* entry = &entries_[place];
  if (entry->check == check) return &entry->slot;
  Entry* const other = &entries_[place ^ 1];
  if (other->check == check) return &other->slot;
  if (other->slot.count < entry->slot.count) entry = other;
  *entry = Entry();
  entry->check = check;
  return &entry->slot;
}

void CandidateModel::Reset(FlagTable* flags, size_t sources, size_t contexts, int place_bits) {
  assert(sources <= kMaxSources && contexts <= CandidateQuery::kMaxContexts);
  flags_ = flags;
  sources_ = sources;
  contexts_ = contexts;
  const size_t places = size_t{1} << place_bits;
  place_mask_ = static_cast<uint32_t>(places - 1);
  agreement_.assign(sources * 2 * kConfidences, Counter());
  rank_.assign(sources * kConfidences, Counter());
  for (size_t i = 0; i < sources; ++i) {
    for (size_t k = 0; k < kConfidences; ++k) {
      agreement_[(i * 2) * kConfidences + k].one = static_cast<uint16_t>(20000 - k * 1000);
      agreement_[(i * 2 + 1) * kConfidences + k].one = static_cast<uint16_t>(30000 + k * 2000);
      rank_[i * kConfidences + k].one = static_cast<uint16_t>(20000 + k * 2000);
    }
  }
  place_agreement_.assign(places * agreement_.size(), Counter{0, kFresh});
  place_rank_.assign(places * rank_.size(), Counter{0, kFresh});
  history_maps_.assign(contexts, HistoryMap());
  const std::array<size_t, 5> sets = {places, 64, sources * kConfidences, places, 512};
  Mixer::Options options;
  options.inputs = 2 * (sources + contexts) + 1;
  options.contexts = sets;
  options.final_contexts = 64;
  options.first_weight = 0.06f;
  options.rate = 0.01f;
  options.final_rate = 0.003f;
  options.haste = 3.0f;
  mixer_.Reset(options);
  mixer_.SetInput(2 * (sources + contexts), 0.4f);
  first_map_.Reset(64);
  second_map_.Reset(4096);
}

size_t CandidateModel::Rank(const CandidateQuery& query) {
  const std::array<float, 4096>& scores = Scores();
  const size_t base = (query.place & place_mask_) * rank_.size();
  size_t count = 0;
  for (size_t i = 0; i < sources_; ++i) {
    const uint32_t value = query.value[i];
    if (value == kNoValue) continue;
    const size_t at = i * kConfidences + query.confidence[i];
    Counter& local = place_rank_[base + at];
    if (local.count == kFresh) local = {rank_[at].one, 2};
    const float score = scores[local.one >> 4];
    size_t j = 0;
    while (j < count && ranked_[j].value != value) ++j;
    if (j == count) {
      ranked_[count++] = {value, score, static_cast<uint32_t>(i), score};
    } else {
      // Sources that agree are not independent of one another.
      const float half = score * 0.5f;
      ranked_[j].score += half;
      if (score > ranked_[j].top_score) {
        ranked_[j].top_score = score;
        ranked_[j].top = static_cast<uint32_t>(i);
      }
    }
  }
  for (size_t i = 1; i < count; ++i) {
    for (size_t j = i; j > 0 && ranked_[j].score > ranked_[j - 1].score; --j)
      std::swap(ranked_[j], ranked_[j - 1]);
  }
  return count;
}

void CandidateModel::Learn(const CandidateQuery& query, uint32_t actual) {
  constexpr uint32_t kLimit = 60;
  const size_t base = (query.place & place_mask_) * rank_.size();
  for (size_t i = 0; i < sources_; ++i) {
    if (query.value[i] == kNoValue) continue;
    const size_t at = i * kConfidences + query.confidence[i];
    const uint32_t right = query.value[i] == actual ? 1 : 0;
    rank_[at].Update(right, 255);
    place_rank_[base + at].Update(right, kLimit);
  }
}

}  // namespace logpress::mix
