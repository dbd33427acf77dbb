// Mixes predictions into one: a small network that learns while it codes.
//
// Each set of weights is chosen by a context of its own and gives a prediction, squash(sum of
// weight * stretched input); every set is trained on its own error, in large steps where its
// weights are new. A second layer mixes the sets' predictions the same way (the gated logistic
// mixing of M. Mahoney's paq7 and later, two layers as in paq8).
#ifndef LOGPRESS_CODEC_MIX_MIXER_H_
#define LOGPRESS_CODEC_MIX_MIXER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/memory.h"
#include "codec/mix/logistic.h"
#include "codec/mix/mixer_kernels.h"

namespace logpress::mix {

class Mixer {
 public:
  static constexpr size_t kMaxInputs = 96;
  static constexpr size_t kMaxSets = 6;

  struct Options {
    size_t inputs = 0;                      // below kMaxInputs
    std::span<const size_t> contexts;       // per set of weights its number of contexts
    size_t final_contexts = 1;              // contexts of the second layer
    float first_weight = 0.1f;              // of every input at the beginning
    float rate = 0.006f;                    // step of the first layer
    float final_rate = 0.0025f;             // step of the second
    float haste = 4.0f;                     // how much larger the first steps of weights are
    const MixerKernels* kernels = nullptr;  // null: the best
  };

  void Reset(const Options& options);

  // Set inputs before Predict(); those not set keep their value. Stretched probabilities.
  void SetInput(size_t index, float stretched) { inputs_[index] = stretched; }
  float* inputs() { return inputs_.data(); }
  // Chooses the weights of one set; `context` is below the number of its contexts.
  void Select(size_t set, size_t context) { chosen_[set] = Weights(set, context); }
  void SelectFinal(size_t context) { final_chosen_ = &final_weights_[context * kMaxSets]; }

  // The stretched probability of a 1, within +-kMaxStretch.
  float Predict();
  // Learns from the bit that Predict() was asked for.
  void Update(uint32_t bit);

  size_t memory() const {
    return weights_.size() * sizeof(float) + final_weights_.size() * sizeof(float);
  }

 private:
  struct alignas(32) Lanes {
    std::array<float, kMixerLanes> lane;
  };

  float* Weights(size_t set, size_t context) {
    return weights_[first_line_[set] + context * lines_].lane.data();
  }

  const Logistic* logistic_ = nullptr;
  const MixerKernels* kernels_ = nullptr;
  size_t sets_ = 0;
  size_t lines_ = 0;  // of kMixerLanes inputs and a count
  size_t count_ = 0;  // the lane of the count: how often these weights have learned; its input is 0
  float rate_ = 0;
  float final_rate_ = 0;
  float haste_ = 0;
  alignas(32) std::array<float, kMaxInputs> inputs_{};
  std::array<float*, kMaxSets> chosen_{};
  std::array<float, kMaxSets> sums_{};
  float* final_chosen_ = nullptr;
  float prediction_ = 0;
  std::array<size_t, kMaxSets> first_line_{};
  Vector<Lanes> weights_;
  Vector<float> final_weights_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_MIXER_H_
