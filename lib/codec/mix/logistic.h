// The logistic domain, in which predictions are mixed.
//
//   Stretch(p) = ln(p / (1 - p))      Squash is its inverse
//
// Probabilities are in units of 1/65536, stretched ones are floats within +-kMaxStretch. Both
// functions are tables, computed with the four basic operations only: those are exact in IEEE
// arithmetic, so that the tables are the same on every machine, which a libm does not promise.
#ifndef LOGPRESS_CODEC_MIX_LOGISTIC_H_
#define LOGPRESS_CODEC_MIX_LOGISTIC_H_

#include <algorithm>
#include <array>
#include <cfloat>
#include <cstddef>
#include <cstdint>

namespace logpress::mix {

static_assert(FLT_EVAL_METHOD == 0 && FLT_RADIX == 2 && FLT_MANT_DIG == 24,
              "the model needs IEEE single precision without excess precision");

inline constexpr float kMaxStretch = 11.9f;  // 1 / (1 + e^11.9) is 0.45 / 65536

// ln(x), x > 0; the same on every machine.
double NaturalLogarithm(double x);

class Logistic {
 public:
  Logistic();

  // Of a probability 0 to 65535.
  float Stretch(uint32_t probability) const { return stretch_[probability >> kDropped]; }

  // By a probability over 16.
  const float* stretches() const { return stretch_.data(); }

  // 1 to 65535. NaN gives some value in that range.
  uint32_t Squash(float stretched) const {
    // The order of the arguments makes NaN the lower bound.
    const float bounded = std::min(kMaxStretch, std::max(-kMaxStretch, stretched));
    const float place = (bounded + kRange) * kStepsPerUnit;
    const auto index = static_cast<uint32_t>(place);
    const float part = place - static_cast<float>(index);
    const float low = squash_[index];
    return static_cast<uint32_t>(low + (squash_[index + 1] - low) * part);
  }

 private:
  // Sixteen neighbouring probabilities share a stretched value; the tables stay in the first cache.
  static constexpr int kDropped = 4;
  static constexpr float kRange = 12.0f;
  static constexpr float kStepsPerUnit = 64.0f;

  std::array<float, size_t{1} << (16 - kDropped)> stretch_;
  std::array<float, 2 * 12 * 64 + 2> squash_;
};

// The tables, made at the first call. Thread-safe.
const Logistic& LogisticTables();

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_LOGISTIC_H_
