// Adaptive probabilities of single bits, and hashed tables of them.
#ifndef LOGPRESS_CODEC_BIT_MODEL_H_
#define LOGPRESS_CODEC_BIT_MODEL_H_

#include <array>
#include <cstdint>

#include "base/memory.h"
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

// The models of a block's streams. Each stream has a window of consecutive models of its own, so
// that what one stream asks for lies together in the processor's cache. When the table is full, new
// windows lie over old ones: streams that meet share probabilities, which costs a little and breaks
// nothing.
template <typename Model>
class ModelWindows {
 public:
  // Forgets everything. At most 2^bits models.
  void Reset(int bits) {
    max_ = size_t{1} << bits;
    models_.clear();
    models_.reserve(max_);  // what is not used takes no memory
    next_ = 0;
  }

  // Makes a window of `size` models, at most as many as the table has, and returns its first place.
  uint32_t NewWindow(uint32_t size) {
    if (next_ + size > max_) next_ = 0;
    const auto place = static_cast<uint32_t>(next_);
    next_ += size;
    if (next_ > models_.size()) models_.resize(next_);
    return place;
  }

  Model& At(uint32_t place) { return models_[place]; }

 private:
  Vector<Model> models_;
  size_t max_ = 0;
  size_t next_ = 0;
};

class ModelTable : public ModelWindows<BitModel> {
 public:
  // Tables have 2^kMinBits models or more.
  static constexpr int kMinBits = 16;

  // Codes one bit with the model at `place` and lets the model learn it.
  template <typename Coder>
  uint32_t Code(Coder& coder, uint32_t place, uint32_t bit) {
    BitModel& model = At(place);
    bit = coder.Code(bit, model.One());
    model.Update(bit);
    return bit;
  }

  // Codes the low `count` bits of `value`, the highest first, each in the context of those before
  // it. Takes 2^count places.
  template <typename Coder>
  uint32_t CodeTree(Coder& coder, uint32_t place, uint32_t value, int count) {
    uint32_t node = 1;
    for (int i = count - 1; i >= 0; --i)
      node = node << 1 | Code(coder, place + node, value >> i & 1);
    return node - (1u << count);
  }
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_BIT_MODEL_H_
