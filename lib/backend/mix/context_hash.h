// Hashes of contexts. Their values choose the places in the model's tables and are part of the
// format.
#ifndef LOGPRESS_BACKEND_MIX_CONTEXT_HASH_H_
#define LOGPRESS_BACKEND_MIX_CONTEXT_HASH_H_

#include <cstdint>

namespace logpress::backend::mix {

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

}  // namespace logpress::backend::mix

#endif  // LOGPRESS_BACKEND_MIX_CONTEXT_HASH_H_
