// Hashes of contexts. Their values choose the places in the model's tables and are part of the
// format.
#ifndef LOGPRESS_CODEC_MIX_CONTEXT_HASH_H_
#define LOGPRESS_CODEC_MIX_CONTEXT_HASH_H_

#include <cstdint>

namespace logpress::mix {

// Mixes `value` into `hash`. One multiplication less than HashMix: this runs dozens of times a
// byte.
inline uint64_t MixContext(uint64_t hash, uint64_t value) {
  const uint64_t h = (hash ^ (value * 0x9E3779B97F4A7C15u)) * 0xD6E8FEB86659FD93u;
  return h ^ (h >> 32);
}

// The hash of a sequence of integers.
template <typename... Values>
uint64_t ContextHash(uint64_t first, Values... values) {
  ((first = MixContext(first, static_cast<uint64_t>(values))), ...);
  return first;
}

// In tables with check bits: the place of a context, in its lower bits, and what tells it from
// others in that place; never 0, which is the check of a place that nobody owns.
inline uint64_t PlaceOf(uint64_t hash) { return hash >> 20; }
inline uint16_t CheckOf(uint64_t hash) {
  const auto check = static_cast<uint16_t>(hash);
  return check != 0 ? check : 1;
}

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_CONTEXT_HASH_H_
