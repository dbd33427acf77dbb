// Bit histories: what a context has seen, in one byte.
//
// A state counts the zeros and the ones (never both large) and remembers the last bit. A bit that
// contradicts a long run of the other makes that run shorter: what happened lately counts more.
// States say nothing of probability; an adaptive table per context gives each state the probability
// that it turned out to have (indirect modelling: M. Mahoney's paq6 and later, the ICM of zpaq).
// The states and their order are made by a rule, not by hand, and are part of the format.
#ifndef LOGPRESS_CODEC_MIX_BIT_HISTORY_H_
#define LOGPRESS_CODEC_MIX_BIT_HISTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace logpress::mix {

class BitHistory {
 public:
  struct State {
    uint8_t zeros;
    uint8_t ones;
    uint8_t last;  // the last bit; 0 in the first state
    std::array<uint8_t, 2> next;
  };
  static constexpr size_t kStates = 256;  // the rule makes fewer; the rest lead to the first

  BitHistory();

  // State 0 has seen nothing.
  uint8_t Next(uint8_t state, uint32_t bit) const { return states_[state].next[bit & 1]; }
  // Next() of all states.
  const uint32_t* NextTable(uint32_t bit) const { return next_[bit & 1].data(); }
  const State& At(uint8_t state) const { return states_[state]; }
  // The first guess at the probability of a 1 in `state`, in units of 1/65536.
  uint32_t PriorOne(uint8_t state) const;

 private:
  std::array<State, kStates> states_;
  std::array<std::array<uint32_t, kStates>, 2> next_{};
};

// The table, made at the first call. Thread-safe.
const BitHistory& BitHistoryTable();

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_BIT_HISTORY_H_
