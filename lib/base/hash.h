// Hashing of short byte runs and of contexts. The values are part of what an archive means (they
// choose the models that its bits were coded with), so they are the same on every machine.
#ifndef LOGPRESS_BASE_HASH_H_
#define LOGPRESS_BASE_HASH_H_

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace logpress {

// Mixes `value` into `seed`; every bit of both reaches the upper half of the result.
inline uint64_t HashMix(uint64_t seed, uint64_t value) {
  uint64_t x = (seed ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
  x ^= x >> 32;
  x = (x + value) * 0xD6E8FEB86659FD93u;
  return x ^ (x >> 29);
}

// Eight bytes as a little-endian number, whatever the machine.
inline uint64_t LoadWord(const char* p) {
  uint64_t word;
  std::memcpy(&word, p, sizeof(word));
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Up to seven bytes likewise, the missing ones zero.
inline uint64_t LoadPartialWord(const char* p, size_t size) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i)
    word |= static_cast<uint64_t>(static_cast<uint8_t>(p[i])) << (8 * i);
  return word;
}

inline uint64_t HashBytes(const char* p, size_t size, uint64_t seed) {
  const uint64_t length = size;
  for (; size >= 8; p += 8, size -= 8) seed = HashMix(seed, LoadWord(p));
  if (size != 0) seed = HashMix(seed, LoadPartialWord(p, size));
  return HashMix(seed, length);
}

}  // namespace logpress

#endif  // LOGPRESS_BASE_HASH_H_
