// What numbers cost that are told as their widths in bits and the bits below the leading ones.
#ifndef LOGPRESS_CODEC_WIDTH_COST_H_
#define LOGPRESS_CODEC_WIDTH_COST_H_

#include <array>
#include <bit>
#include <cstdint>

#include "base/log2.h"

namespace logpress::codec {

// An estimate in whole numbers, the same on every machine. Not thread-safe.
class WidthCost {
 public:
  void Add(uint64_t value) {
    const auto width = static_cast<uint32_t>(std::bit_width(value));
    ++counts_[width];
    low_bits_ += width > 1 ? width - 1 : 0;
    ++total_;
  }

  // Of all numbers, in units of 2^-12 bits: the entropy of their widths and the bits below.
  uint64_t Bits() const {
    uint64_t bits = low_bits_ << kLog2FractionBits;
    if (total_ == 0) return bits;
    const uint64_t log_total = Log2Fixed(total_);
    for (const uint32_t count : counts_) {
      if (count != 0) bits += count * (log_total - Log2Fixed(count));
    }
    return bits;
  }

 private:
  std::array<uint32_t, 65> counts_{};
  uint64_t low_bits_ = 0;
  uint64_t total_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_WIDTH_COST_H_
