#include "codec/number_coder.h"

#include <algorithm>

#include "codec/width_cost.h"

namespace logpress::codec {
namespace {

constexpr size_t kSample = 4096;
// Numbers without signs are coded as they are if that costs fewer per cent of the best.
constexpr uint64_t kMaxUnsigned = 99;

// What the residuals would cost.
uint64_t EstimateCost(std::span<const int64_t> values, Transform transform) {
  WidthCost cost;
  uint64_t last = 0;
  uint64_t delta = 0;
  for (const int64_t value : values) {
    const auto v = static_cast<uint64_t>(value);
    uint64_t prediction = 0;
    if (transform == Transform::kDelta) prediction = last;
    if (transform == Transform::kDeltaOfDelta) prediction = last + delta;
    cost.Add(transform == Transform::kUnsigned ? v : ZigZag(static_cast<int64_t>(v - prediction)));
    delta = v - last;
    last = v;
  }
  return cost.Bits();
}

}  // namespace

Transform ChooseTransform(std::span<const int64_t> values, uint64_t* bits) {
  // The middle: the first values of a block are often unlike the rest.
  if (values.size() > kSample) values = values.subspan((values.size() - kSample) / 2, kSample);
  Transform best = Transform::kPlain;
  uint64_t best_cost = EstimateCost(values, best);
  for (const Transform transform : {Transform::kDelta, Transform::kDeltaOfDelta}) {
    const uint64_t cost = EstimateCost(values, transform);
    if (cost < best_cost) {
      best_cost = cost;
      best = transform;
    }
  }
  // Differences that cost no more repeat what other columns hold more often.
  const uint64_t cost = EstimateCost(values, Transform::kUnsigned);
  if (bits != nullptr) *bits = std::min(cost, best_cost) / std::max<size_t>(values.size(), 1);
  return cost * 100 < best_cost * kMaxUnsigned ? Transform::kUnsigned : best;
}

}  // namespace logpress::codec
