// Hashes of what stands near a value: the contexts in which it is coded. They choose what is
// expected, so they are part of what an archive means.
#ifndef LOGPRESS_CODEC_ROW_HASH_H_
#define LOGPRESS_CODEC_ROW_HASH_H_

#include <cstdint>

namespace logpress::codec {

// Odd numbers that set the parts of a context apart: a context is the sum of its parts, each times
// one of these.
inline constexpr uint64_t kFirst = 0x9E3779B97F4A7C15u;
inline constexpr uint64_t kSecond = 0xD6E8FEB86659FD93u;
inline constexpr uint64_t kThird = 0xA0761D6478BD642Fu;
inline constexpr uint64_t kFourth = 0xE7037ED1A0B428DBu;

// Spreads a sum of parts over the upper bits.
inline uint64_t FinishContext(uint64_t sum) {
  sum = (sum ^ sum >> 32) * kSecond;
  return sum ^ sum >> 29;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_HASH_H_
