#include "codec/number_coder.h"

#include <algorithm>
#include <array>

#include "base/log2.h"

namespace logpress::codec {
namespace {

constexpr size_t kSample = 4096;
// Numbers without signs are coded as they are if that costs fewer per cent of the best.
constexpr uint64_t kMaxUnsigned = 99;

// What the residuals would cost, in units of 2^-12 bits: the entropy of their widths and the bits
// below the leading ones.
uint64_t EstimateCost(std::span<const int64_t> values, Transform transform) {
  std::array<uint32_t, 65> widths{};
  uint64_t cost = 0;
  uint64_t last = 0;
  uint64_t delta = 0;
  for (const int64_t value : values) {
    const auto v = static_cast<uint64_t>(value);
    uint64_t prediction = 0;
    if (transform == Transform::kDelta) prediction = last;
    if (transform == Transform::kDeltaOfDelta) prediction = last + delta;
    const uint64_t residual =
        transform == Transform::kUnsigned ? v : ZigZag(static_cast<int64_t>(v - prediction));
    const auto width = static_cast<int>(std::bit_width(residual));
    ++widths[static_cast<size_t>(width)];
    cost += static_cast<uint64_t>(std::max(0, width - 1)) << kLog2FractionBits;
    delta = v - last;
    last = v;
  }
  if (values.empty()) return 0;
  const uint64_t log_total = Log2Fixed(values.size());
  for (const uint32_t count : widths) {
    if (count != 0) cost += count * (log_total - Log2Fixed(count));
  }
  return cost;
}

}  // namespace

Transform ChooseTransform(std::span<const int64_t> values) {
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
  return cost * 100 < best_cost * kMaxUnsigned ? Transform::kUnsigned : best;
}

}  // namespace logpress::codec
