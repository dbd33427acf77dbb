// An adaptive probability map: corrects a prediction by what came of such predictions before, in
// some small context (secondary symbol estimation; M. Mahoney's paq6 and later).
#ifndef LOGPRESS_CODEC_MIX_APM_H_
#define LOGPRESS_CODEC_MIX_APM_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "codec/mix/counter.h"
#include "codec/mix/logistic.h"

namespace logpress::mix {

class AdaptiveProbabilityMap {
 public:
  // At the beginning every context maps a prediction to itself.
  void Reset(size_t contexts) {
    const Logistic& logistic = LogisticTables();
    std::array<uint16_t, kPoints> identity;
    for (size_t i = 0; i < kPoints; ++i) {
      const float point = static_cast<float>(i) / kPointsPerUnit - kRange;
      identity[i] = static_cast<uint16_t>(logistic.Squash(point));
    }
    map_.resize(contexts * kPoints);
    for (size_t i = 0; i < map_.size(); i += kPoints)
      std::copy_n(identity.begin(), kPoints, map_.begin() + static_cast<std::ptrdiff_t>(i));
    nearest_ = 0;
  }

  // Fetches what Refine() will need.
  void Prefetch(size_t context) const {
    const uint16_t* const points = &map_[context * kPoints];
    __builtin_prefetch(points);
    __builtin_prefetch(points + kPoints - 1);
  }

  // The corrected probability of a 1, 0 to 65535. `stretched` is within +-kMaxStretch and `context`
  // below the number of contexts.
  uint32_t Refine(float stretched, size_t context) {
    const float place = (stretched + kRange) * kPointsPerUnit;
    const auto index = static_cast<size_t>(place);
    const float part = place - static_cast<float>(index);
    const size_t at = context * kPoints + index;
    nearest_ = at + (part > 0.5f ? 1 : 0);
    const auto low = static_cast<float>(map_[at]);
    const auto high = static_cast<float>(map_[at + 1]);
    const float rise = (high - low) * part;
    return static_cast<uint32_t>(low + rise);
  }

  // Learns from the bit that Refine() was asked for.
  void Update(uint32_t bit) { map_[nearest_] = MoveTowards(map_[nearest_], bit, kRate); }

  size_t memory() const { return map_.size() * sizeof(uint16_t); }

 private:
  static constexpr size_t kPoints = 33;
  static constexpr float kRange = 12.0f;
  static constexpr float kPointsPerUnit = static_cast<float>(kPoints - 1) / (2 * kRange);
  static constexpr int32_t kRate = 1300;  // in units of 1/32768

  Vector<uint16_t> map_;
  size_t nearest_ = 0;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_APM_H_
