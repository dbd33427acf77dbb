// How much work a block of mix may be.
//
// A decision takes 70 ns in a raw block and 250 ns among rows, whether it costs a bit of the
// payload or the 45,000th part of one. So a hundred bytes could ask for eight decisions a byte of
// the block, where the logs that pack best, of numbers that go up by steps, take 1.5 decisions a
// byte. What is beyond the limit is damage; a writer packs such a block otherwise, which is no
// loss: it repeats itself without end.
#ifndef LOGPRESS_BACKEND_MIX_WORK_H_
#define LOGPRESS_BACKEND_MIX_WORK_H_

#include <cstdint>

#include "codec/metered_decoder.h"
#include "codec/range_coder.h"

namespace logpress::mix {

// Decisions that a block may take, from its size and that of its coded bits.
inline uint64_t MaxDecisions(uint64_t raw_size, uint64_t coded_size) {
  constexpr uint64_t kPerRawByte = 2;
  constexpr uint64_t kPerCodedByte = 4096;
  return kPerRawByte * raw_size + kPerCodedByte * coded_size;
}

// A coder that counts its decisions.
template <typename Base>
class Counting : public Base {
 public:
  using Base::Base;
  uint32_t Code(uint32_t bit, uint32_t one) {
    ++decisions_;
    return Base::Code(bit, one);
  }
  uint64_t decisions() const { return decisions_; }
  void SetMaxDecisions(uint64_t most) { most_ = most; }
  // Whether there were more than that.
  bool Exhausted() const { return decisions_ > most_; }

 private:
  uint64_t decisions_ = 0;
  uint64_t most_ = UINT64_MAX;
};
using Encoder = Counting<codec::RangeEncoder>;
using Decoder = Counting<codec::RangeDecoder>;
using MeteredDecoder = Counting<codec::MeteredDecoder>;

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_WORK_H_
