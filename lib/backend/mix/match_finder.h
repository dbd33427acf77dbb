// Finds where the last bytes occurred before.
#ifndef LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_
#define LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_

#include <algorithm>
#include <cstdint>

#include "base/memory.h"

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

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_MATCH_FINDER_H_
