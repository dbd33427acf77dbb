// Adaptive probabilities of single bits, and hashed tables of them.
#ifndef LOGPRESS_CODEC_BIT_MODEL_H_
#define LOGPRESS_CODEC_BIT_MODEL_H_

#include <array>
#include <cstdint>
#include <vector>

#include "codec/range_coder.h"

namespace logpress::codec {

// The probability that a bit is 1 and how often it was seen. The first bits move the estimate far
// and later ones less and less: a context that occurs ten times is as useful as one that occurs ten
// thousand times (the adaptive StateMap of M. Mahoney's lpaq1).
class BitModel {
 public:
  // Probability of a 1 in units of 1/65536, never 0 and never 65536.
  uint32_t One() const { return (state_ >> (32 - kProbabilityBits)) | 1; }

  void Update(uint32_t bit) {
    const uint32_t count = state_ & kCountMask;
    const int64_t p = state_ >> kCountBits;
    const int64_t target = bit != 0 ? kMaxProbability : 0;
    const int64_t moved = p + ((target - p) * kRates[count] >> 16);
    state_ = static_cast<uint32_t>(moved) << kCountBits | (count + (count < kLimit));
  }

 private:
  static constexpr int kCountBits = 10;
  static constexpr uint32_t kCountMask = (1u << kCountBits) - 1;
  static constexpr int64_t kMaxProbability = (int64_t{1} << (32 - kCountBits)) - 1;
  // After this many bits the estimate stays as quick as it is. Logs drift; 255 was the best of 127,
  // 255 and 1023.
  static constexpr uint32_t kLimit = 255;
  static constexpr std::array<int32_t, kLimit + 1> kRates = [] {
    std::array<int32_t, kLimit + 1> rates{};
    for (size_t n = 0; n <= kLimit; ++n) rates[n] = static_cast<int32_t>(65536 * 2 / (2 * n + 3));
    return rates;
  }();

  uint32_t state_ = uint32_t{1} << 31;
};

// A fixed number of models shared by all contexts: a context's models lie at consecutive places
// that begin at its hash. Contexts that meet share a probability, which costs a little and breaks
// nothing.
class ModelTable {
 public:
  // 2^bits models, all as at the beginning.
  void Reset(int bits) {
    models_.assign(size_t{1} << bits, BitModel());
    mask_ = models_.size() - 1;
  }

  BitModel& At(uint64_t place) { return models_[place & mask_]; }

  // Codes one bit with the model at `place` and lets the model learn it.
  template <typename Coder>
  uint32_t Code(Coder& coder, uint64_t place, uint32_t bit) {
    BitModel& model = At(place);
    bit = coder.Code(bit, model.One());
    model.Update(bit);
    return bit;
  }

  // Codes the low `count` bits of `value`, the highest first, each in the context of those before
  // it. Takes 2^count places.
  template <typename Coder>
  uint32_t CodeTree(Coder& coder, uint64_t place, uint32_t value, int count) {
    uint32_t node = 1;
    for (int i = count - 1; i >= 0; --i)
      node = node << 1 | Code(coder, place + node, value >> i & 1);
    return node - (1u << count);
  }

 private:
  std::vector<BitModel> models_;
  uint64_t mask_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BIT_MODEL_H_
