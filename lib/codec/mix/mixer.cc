#include "codec/mix/mixer.h"

#include <algorithm>
#include <cassert>

namespace logpress::mix {
namespace {

// After so many bits under the same weights half of their haste is gone.
constexpr float kHasteBits = 200;

float Bound(float stretched) { return std::clamp(stretched, -kMaxStretch, kMaxStretch); }

}  // namespace

void Mixer::Reset(const Options& options) {
  assert(options.inputs < kMaxInputs && options.contexts.size() <= kMaxSets);
  logistic_ = &LogisticTables();
  kernels_ = options.kernels != nullptr ? options.kernels : &BestMixerKernels();
  sets_ = options.contexts.size();
  count_ = options.inputs;
  lines_ = count_ / kMixerLanes + 1;
  rate_ = options.rate;
  final_rate_ = options.final_rate;
  haste_ = options.haste;
  inputs_.fill(0);
  size_t total = 0;
  for (size_t set = 0; set < sets_; ++set) {
    first_line_[set] = total;
    total += options.contexts[set] * lines_;
  }
  Lanes lanes;
  lanes.lane.fill(options.first_weight);
  weights_.assign(total, lanes);
  lanes.lane[count_ % kMixerLanes] = 0;
  for (size_t line = lines_ - 1; line < total; line += lines_) weights_[line] = lanes;
  final_weights_.assign(options.final_contexts * kMaxSets, 1.0f / static_cast<float>(sets_));
  for (size_t set = 0; set < sets_; ++set) Select(set, 0);
  SelectFinal(0);
}

float Mixer::Predict() {
  float sum = 0;
  kernels_->dot(inputs_.data(), chosen_.data(), sets_, lines_ * kMixerLanes, sums_.data());
  for (size_t set = 0; set < sets_; ++set) {
    sums_[set] = Bound(sums_[set]);
    const float product = sums_[set] * final_chosen_[set];
    sum += product;
  }
  prediction_ = Bound(sum);
  return prediction_;
}

void Mixer::Update(uint32_t bit) {
  const float target = bit != 0 ? 65536.0f : 0.0f;
  const auto error = [&](float stretched) {
    return (target - static_cast<float>(logistic_->Squash(stretched))) * (1.0f / 65536);
  };
  const float final_step = error(prediction_) * final_rate_;
  std::array<float, kMaxSets> steps;
  for (size_t set = 0; set < sets_; ++set) {
    // Exact up to 2^24, and stays there.
    float& count = chosen_[set][count_];
    const float haste = 1.0f + haste_ * (kHasteBits / (kHasteBits + count));
    count += 1.0f;
    steps[set] = error(sums_[set]) * (rate_ * haste);
    const float product = final_step * sums_[set];
    final_chosen_[set] += product;
  }
  kernels_->train(inputs_.data(), chosen_.data(), sets_, lines_ * kMixerLanes, steps.data());
}

}  // namespace logpress::mix
