// Finds where the last bytes occurred before.
#ifndef LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_
#define LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/memory.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/counter.h"

namespace logpress::mix {

// Looks for the bytes that followed the last occurrence of what was just coded.
class MatchFinder {
 public:
  void Reset(int bits) {
    places_.assign(size_t{1} << bits, 0);
    shift_ = 64 - bits;
    length_ = 0;
  }
  uint32_t length() const { return length_; }
  uint32_t place() const { return place_; }
  void Forget() { length_ = 0; }
  // The place that `hash` was seen at, 0 if none.
  uint32_t Find(uint64_t hash) const { return places_[hash >> shift_]; }
  void Insert(uint64_t hash, uint32_t place) { places_[hash >> shift_] = place; }
  void Start(uint32_t place, uint32_t length) {
    place_ = place;
    length_ = length;
  }
  void Advance(bool right) {
    length_ = right ? std::min(length_ + 1, 2000u) : 0;
    ++place_;
  }
  // Length in 32 steps.
  uint32_t Step() const {
    if (length_ < 16) return length_;
    return length_ < 32 ? 16 + (length_ - 16) / 4 : std::min(31u, 20 + (length_ - 32) / 32);
  }

 private:
  Vector<uint32_t> places_;
  int shift_ = 0;
  uint32_t place_ = 0;
  uint32_t length_ = 0;
};

// The same for a whole stream of bytes, in which a match is one of at least six, with a counter of
// how often the byte that followed then comes now.
class StreamMatches {
 public:
  static constexpr uint64_t kSixBytes = 0xffffffffffff;

  void Reset(int bits) {
    finder_.Reset(bits);
    for (size_t k = 0; k < counters_.size(); ++k)
      counters_[k] = {static_cast<uint16_t>(std::min<size_t>(65000, 40000 + k * 900)), 0};
  }
  uint32_t length() const { return finder_.length(); }
  uint32_t place() const { return finder_.place(); }
  uint32_t Step() const { return finder_.Step(); }
  void Advance(bool right) { finder_.Advance(right); }
  Counter* counter() { return &counters_[finder_.Step()]; }

  // Before byte i: begins a match where none goes on and the bytes before, which `last` ends with,
  // were there before. `at` gives the bytes so far, of which `most` are compared.
  template <typename At>
  void Look(size_t i, uint64_t last, uint32_t most, const At& at) {
    constexpr size_t kFirst = 8;
    constexpr uint32_t kMinMatch = 6;
    if (i < kFirst) return;
    const uint64_t hash = ContextHash(last & kSixBytes, 77);
    if (finder_.length() == 0) {
      const uint32_t place = finder_.Find(hash);
      uint32_t length = 0;
      while (length < most && length < place && at(place - 1 - length) == at(i - 1 - length))
        ++length;
      if (length >= kMinMatch) finder_.Start(place, length);
    }
    finder_.Insert(hash, static_cast<uint32_t>(i));
  }

 private:
  MatchFinder finder_;
  std::array<Counter, 32> counters_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_
