// Numbers of one column that count by themselves, apart by what stands to their left.
//
// A counter for each processor, or two clocks in the same place of lines that alternate: the number
// to differ from is the last one behind the same value, not the last one of the column.
#ifndef LOGPRESS_CODEC_NUMBER_SERIES_H_
#define LOGPRESS_CODEC_NUMBER_SERIES_H_

#include <array>
#include <cstdint>
#include <memory>

#include "base/memory.h"

namespace logpress::codec {

// The last number and difference of each series of a column. A copy is a state of its own; few
// columns have any, so that it takes no room where it is not started.
class NumberSeries {
 public:
  // More than these are not told apart.
  static constexpr uint32_t kSeries = 64;

  NumberSeries() = default;
  NumberSeries(const NumberSeries& other)
      : state_(other.started() ? std::make_unique<State>(*other.state_) : nullptr) {}
  NumberSeries(NumberSeries&&) = default;
  NumberSeries& operator=(const NumberSeries& other) { return *this = NumberSeries(other); }
  NumberSeries& operator=(NumberSeries&&) = default;
  ~NumberSeries() = default;

  void Start() { state_ = std::make_unique<State>(); }
  bool started() const { return state_ != nullptr; }

  // Goes on with the numbers behind `left`, a hash: *last and *delta are kept for the series that
  // they were of, and become those of the other one.
  void Enter(uint64_t left, uint64_t* last, uint64_t* delta) {
    Series& before = state_->series[state_->current];
    before.last = *last;
    before.delta = *delta;
    state_->current = Find(left);
    const Series& now = state_->series[state_->current];
    *last = now.last;
    *delta = now.delta;
  }

 private:
  static constexpr uint32_t kTries = 4;
  static constexpr int kShift = 58;
  static_assert(kSeries == 1u << (64 - kShift));

  struct Series {
    uint64_t left = 0;  // 0: nobody's
    uint64_t last = 0;
    uint64_t delta = 0;
  };
  struct State : InMemory {
    std::array<Series, kSeries> series;
    uint32_t current = 0;
  };

  uint32_t Find(uint64_t left) {
    const auto home = static_cast<uint32_t>(left >> kShift);
    for (uint32_t i = 0; i < kTries; ++i) {
      const uint32_t place = (home + i) % kSeries;
      Series& series = state_->series[place];
      if (series.left == 0) series.left = left;
      if (series.left == left) return place;
    }
    return home;
  }

  std::unique_ptr<State> state_;

 public:
  // Bytes that one takes once it is started.
  static constexpr uint64_t kMemory = sizeof(State);
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_NUMBER_SERIES_H_
