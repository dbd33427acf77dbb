// Adaptive probabilities of a bit.
#ifndef LOGPRESS_CODEC_MIX_COUNTER_H_
#define LOGPRESS_CODEC_MIX_COUNTER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "codec/mix/bit_history.h"

namespace logpress::mix {

// Rates of the first, second, ... update, in units of 1/32768: the estimate begins as the mean of
// what was seen and slowly becomes a moving average. A rate times a distance fits into 32 bits.
inline constexpr std::array<int32_t, 256> kCounterRates = [] {
  std::array<int32_t, 256> rates{};
  for (size_t n = 0; n < rates.size(); ++n) rates[n] = static_cast<int32_t>(327680 / (10 * n + 11));
  return rates;
}();

inline uint16_t MoveTowards(uint16_t probability, uint32_t bit, int32_t rate) {
  const int32_t target = -static_cast<int32_t>(bit) & 65535;
  const int32_t distance = target - static_cast<int32_t>(probability);
  return static_cast<uint16_t>(probability + (distance * rate >> 15));
}

// The largest count of a counter.
inline constexpr uint32_t kCounterLimit = 255;

// A probability as a coder takes it.
inline uint32_t CodedProbability(uint32_t one) { return std::clamp<uint32_t>(one, 1, 65535); }

// One probability of a 1, and how often it was seen.
struct Counter {
  uint16_t one = 32768;  // in units of 1/65536
  uint16_t count = 0;

  // `limit`, at most 255: from that count on the estimate stays as quick as it is.
  void Update(uint32_t bit, uint32_t limit) {
    one = MoveTowards(one, bit, kCounterRates[count]);
    count = static_cast<uint16_t>(count + (count < limit ? 1 : 0));
  }
};

// What a hashed context knows of one bit: a probability of its own, and the history that other
// contexts of its kind share their experience with.
struct ContextSlot {
  uint16_t one = 32768;
  uint8_t history = 0;
  uint8_t count = 0;

  void Update(const BitHistory& histories, uint32_t bit, uint32_t limit) {
    one = MoveTowards(one, bit, kCounterRates[count]);
    history = histories.Next(history, bit);
    count = static_cast<uint8_t>(count + (count < limit ? 1 : 0));
  }
};
static_assert(sizeof(ContextSlot) == 4);

// Appends the probabilities that each history has in one kind of context, before any was seen.
inline void AppendHistoryMap(Vector<Counter>* map) {
  // How many observations the first guess is worth.
  constexpr uint16_t kTrust = 10;
  const BitHistory& histories = BitHistoryTable();
  for (size_t state = 0; state < BitHistory::kStates; ++state)
    map->push_back(
        {static_cast<uint16_t>(histories.PriorOne(static_cast<uint8_t>(state))), kTrust});
}

// The probability that each history turned out to have in one kind of context.
class HistoryMap {
 public:
  HistoryMap() {
    const BitHistory& histories = BitHistoryTable();
    for (size_t state = 0; state < map_.size(); ++state)
      map_[state] = {static_cast<uint16_t>(histories.PriorOne(static_cast<uint8_t>(state))),
                     kTrust};
  }

  uint32_t One(uint8_t history) const { return map_[history].one; }
  void Update(uint8_t history, uint32_t bit) { map_[history].Update(bit, 255); }

 private:
  // How many observations the first guess is worth.
  static constexpr uint16_t kTrust = 10;

  std::array<Counter, BitHistory::kStates> map_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_COUNTER_H_
