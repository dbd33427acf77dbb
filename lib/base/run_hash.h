// Hashing and comparing short runs of bytes in memory, fast.
//
// Unlike hash.h, nothing that is written may depend on these values.
#ifndef LOGPRESS_BASE_RUN_HASH_H_
#define LOGPRESS_BASE_RUN_HASH_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace logpress {

namespace run_hash_internal {

inline uint64_t Load8(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
  return word;
}

inline uint64_t Load4(const char* p) {
  uint32_t word;
  std::memcpy(&word, p, sizeof(word));
  return word;
}

// The halves of the product of two words, folded (Y. Wang's wyhash, "MUM").
inline uint64_t Fold(uint64_t a, uint64_t b) {
  __extension__ using Product = unsigned __int128;
  const Product product = static_cast<Product>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

}  // namespace run_hash_internal

// A hash of bytes[0, size) and `seed`; all of its bits are good.
inline uint64_t HashRun(const char* bytes, size_t size, uint64_t seed) {
  using run_hash_internal::Fold;
  using run_hash_internal::Load4;
  using run_hash_internal::Load8;
  constexpr uint64_t kFirst = 0xa0761d6478bd642fu;
  constexpr uint64_t kSecond = 0xe7037ed1a0b428dbu;
  const char* const end = bytes + size;
  uint64_t a = 0;
  uint64_t b = 0;
  if (size > 16) {
    for (; end - bytes > 16; bytes += 16)
      seed = Fold(Load8(bytes) ^ kFirst ^ seed, Load8(bytes + 8) ^ (seed >> 1));
    a = Load8(end - 16);
    b = Load8(end - 8);
  } else if (size >= 8) {
    a = Load8(bytes);
    b = Load8(end - 8);
  } else if (size >= 4) {
    a = Load4(bytes);
    b = Load4(end - 4);
  } else if (size > 0) {
    a = static_cast<uint64_t>(static_cast<uint8_t>(bytes[0])) << 16 |
        static_cast<uint64_t>(static_cast<uint8_t>(bytes[size / 2])) << 8 |
        static_cast<uint8_t>(bytes[size - 1]);
  }
  return Fold(a ^ kSecond ^ seed, b ^ (seed + size * kFirst));
}

// Whether two runs of `size` bytes are equal.
inline bool SameRun(const char* a, const char* b, size_t size) {
  using run_hash_internal::Load4;
  using run_hash_internal::Load8;
  if (size > 128) return std::memcmp(a, b, size) == 0;
  if (size > 16) {
    uint64_t different = 0;
    for (size_t i = 0; i < size - 16; i += 16)
      different |= (Load8(a + i) ^ Load8(b + i)) | (Load8(a + i + 8) ^ Load8(b + i + 8));
    a += size - 16;
    b += size - 16;
    return (different | (Load8(a) ^ Load8(b)) | (Load8(a + 8) ^ Load8(b + 8))) == 0;
  }
  if (size >= 8) {
    return ((Load8(a) ^ Load8(b)) | (Load8(a + size - 8) ^ Load8(b + size - 8))) == 0;
  }
  if (size >= 4) {
    return ((Load4(a) ^ Load4(b)) | (Load4(a + size - 4) ^ Load4(b + size - 4))) == 0;
  }
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

// A run of at most 16 bytes in two words, zeros behind it. Takes no branch on its size, which in a
// column of values is hard to predict.
struct ShortRun {
  static constexpr size_t kMaxSize = 16;

  uint64_t low;
  uint64_t high;

  // Reads 16 bytes, whatever `size`.
  ShortRun(const char* bytes, size_t size) {
    static constexpr std::array<uint64_t, 2 * kMaxSize + 1> kKept = [] {
      std::array<uint64_t, 2 * kMaxSize + 1> kept{};
      for (size_t i = 0; i < kept.size(); ++i) {
        const size_t n = i < 8 ? 0 : i - 8;  // bytes kept of a word
        kept[i] = n >= 8 ? ~uint64_t{0} : (uint64_t{1} << (8 * n)) - 1;
      }
      return kept;
    }();
    low = run_hash_internal::Load8(bytes) & Keep(kKept[size + 8]);
    high = run_hash_internal::Load8(bytes + 8) & Keep(kKept[size]);
  }

  bool operator==(const ShortRun& other) const {
    return ((low ^ other.low) | (high ^ other.high)) == 0;
  }

  uint64_t Hash(size_t size, uint64_t seed) const {
    return run_hash_internal::Fold(low ^ 0xe7037ed1a0b428dbu ^ seed,
                                   high ^ (seed + size * 0xa0761d6478bd642fu));
  }

 private:
  // The bytes of a word in memory, the first `n` of them kept.
  static uint64_t Keep(uint64_t mask) {
    if constexpr (std::endian::native == std::endian::big) return __builtin_bswap64(mask);
    return mask;
  }
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_RUN_HASH_H_
