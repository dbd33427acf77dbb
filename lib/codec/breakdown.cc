#include "codec/breakdown.h"

#include <numeric>

#include "base/apportion.h"

namespace logpress::codec {
namespace {

uint64_t Sum(const Breakdown::Sizes& sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), uint64_t{0});
}

}  // namespace

void Breakdown::Add(const Breakdown& other) {
  for (size_t i = 0; i < units_.size(); ++i) {
    units_[i] += other.units_[i];
    counts_[i] += other.counts_[i];
  }
}

void Breakdown::AddScaled(const Breakdown& other, uint64_t bytes) {
  Breakdown scaled = other;
  if (Sum(scaled.units_) == 0) scaled.units_[Place(Part::kPayloadHeaders, 0)] = 1;
  Apportion(bytes << kUnitBits, scaled.units_);
  Add(scaled);
}

Breakdown::Sizes Breakdown::Bytes() const {
  Sizes bytes = units_;
  Apportion(Sum(units_) >> kUnitBits, bytes);
  return bytes;
}

}  // namespace logpress::codec
