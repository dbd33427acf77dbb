// Random numbers for tests: the same seed gives the same values with every compiler and library,
// which std::uniform_int_distribution does not promise.
#ifndef LOGPRESS_TESTS_SUPPORT_RANDOM_H_
#define LOGPRESS_TESTS_SUPPORT_RANDOM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace logpress::testing {

// SplitMix64 (Steele, Lea, Flood 2014): any seed is a good seed, and neighbouring seeds differ.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  // 0 to bound - 1; `bound` is not 0. The bias of the modulo does not matter here.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  // `low` to `high`, both included.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low) + 1));
  }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  // 0 to 2^bits - 1, every magnitude as likely as every other: mostly small, sometimes large.
  uint64_t Skewed(int bits) { return Below(uint64_t{1} << Below(static_cast<uint64_t>(bits) + 1)); }
  char Byte() { return static_cast<char>(Next()); }

  template <typename T, size_t N>
  const T& Pick(const std::array<T, N>& from) {
    return from[Below(N)];
  }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  template <typename T>
  void Shuffle(std::vector<T>* items) {
    for (size_t i = items->size(); i > 1; --i) std::swap((*items)[i - 1], (*items)[Below(i)]);
  }

 private:
  uint64_t state_;
};

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_RANDOM_H_
