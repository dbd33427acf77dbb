#include "codec/mix/bit_history.h"

#include <algorithm>
#include <cassert>

namespace logpress::mix {
namespace {

// The larger count's limit, by the smaller count: long runs are told apart finely, mixed histories
// coarsely.
constexpr std::array<int, 6> kLimit = {41, 24, 12, 8, 6, 5};

void Bound(int* zeros, int* ones) {
  while (true) {
    int* const larger = *zeros > *ones ? zeros : ones;
    const int smaller = std::min(*zeros, *ones);
    const int limit =
        smaller < static_cast<int>(kLimit.size()) ? kLimit[static_cast<size_t>(smaller)] : 0;
    if (*larger <= limit) return;
    --*larger;
  }
}

// What remains of a count when the other bit comes.
int Forget(int count) {
  if (count <= 2) return count;
  if (count <= 4) return 2 + (count - 2) / 2;
  if (count <= 8) return 3 + (count - 4) / 4;
  if (count <= 16) return 4 + (count - 8) / 8;
  return 5;
}

}  // namespace

BitHistory::BitHistory() {
  states_.fill(State{});
  size_t count = 1;  // state 0 is the empty history
  for (size_t i = 0; i < count; ++i) {
    for (uint32_t bit = 0; bit < 2; ++bit) {
      int zeros = states_[i].zeros;
      int ones = states_[i].ones;
      if (bit != 0) {
        ++ones;
        zeros = Forget(zeros);
      } else {
        ++zeros;
        ones = Forget(ones);
      }
      Bound(&zeros, &ones);
      const auto last = static_cast<uint8_t>(zeros == 0 ? 1 : ones == 0 ? 0 : bit);
      size_t found = 1;
      while (found < count && !(states_[found].zeros == zeros && states_[found].ones == ones &&
                                states_[found].last == last)) {
        ++found;
      }
      if (found == count) {
        assert(count < kStates);
        states_[count++] = {static_cast<uint8_t>(zeros), static_cast<uint8_t>(ones), last, {}};
      }
      states_[i].next[bit] = static_cast<uint8_t>(found);
      next_[bit][i] = static_cast<uint32_t>(found);
    }
  }
}

uint32_t BitHistory::PriorOne(uint8_t state) const {
  const uint32_t zeros = states_[state].zeros;
  const uint32_t ones = states_[state].ones;
  // (ones + k) / (zeros + ones + 2 k) with k = 0.35 for runs and 0.5 for mixed histories.
  const uint32_t k = zeros == 0 || ones == 0 ? 35 : 50;
  return 65535 * (100 * ones + k) / (100 * (zeros + ones) + 2 * k);
}

const BitHistory& BitHistoryTable() {
  static const BitHistory table;
  return table;
}

}  // namespace logpress::mix
