// Counts the ends of lines.
#ifndef LOGPRESS_BASE_NEWLINES_H_
#define LOGPRESS_BASE_NEWLINES_H_

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace logpress {

// How many '\n' there are. Counts in lanes of one byte, which a compiler turns into vectors: a
// count in a word for each byte takes six times as long.
inline uint64_t CountNewlines(ByteView bytes) {
  constexpr size_t kLanes = 64;
  constexpr size_t kMostInLane = 255;
  uint64_t count = 0;
  const char* p = bytes.data();
  const char* const end = p + bytes.size();
  while (static_cast<size_t>(end - p) >= kLanes) {
    std::array<uint8_t, kLanes> lanes{};
    for (size_t n = 0; n < kMostInLane && static_cast<size_t>(end - p) >= kLanes;
         ++n, p += kLanes) {
      for (size_t i = 0; i < kLanes; ++i)
        lanes[i] = static_cast<uint8_t>(lanes[i] + (p[i] == '\n'));
    }
    for (const uint8_t lane : lanes) count += lane;
  }
  for (; p != end; ++p) count += *p == '\n';
  return count;
}

// Which of the 64 bytes from `bytes` on are '\n': bit i is that of byte i.
inline uint64_t NewlineMask(const char* bytes) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  const __m128i newline = _mm_set1_epi8('\n');
  for (int i = 0; i < 4; ++i) {
    const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i);
    const int bits = _mm_movemask_epi8(_mm_cmpeq_epi8(part, newline));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(bits)) << (16 * i);
  }
#else
  for (int i = 0; i < 64; ++i) mask |= static_cast<uint64_t>(bytes[i] == '\n') << i;
#endif
  return mask;
}

// How many bytes the first `count` lines have, each with its '\n'; npos if there are not so many.
inline size_t SizeOfLines(ByteView bytes, uint64_t count) {
  constexpr size_t kStep = 64;
  size_t at = 0;
  for (; count > 0 && bytes.size() - at >= kStep; at += kStep) {
    uint64_t mask = NewlineMask(bytes.data() + at);
    const auto lines = static_cast<uint64_t>(std::popcount(mask));
    if (lines < count) {
      count -= lines;
      continue;
    }
    while (--count > 0) mask &= mask - 1;
    return at + static_cast<size_t>(std::countr_zero(mask)) + 1;
  }
  for (; count > 0; ++at) {
    if (at == bytes.size()) return ByteView::npos;
    count -= bytes[at] == '\n';
  }
  return at;
}

// Calls on_line(begin, end) for the lines at the front of `bytes`, `count` of them or as many as
// have a '\n', which is at `end`. Returns the place behind the last of them.
template <typename OnLine>
size_t ForEachLine(ByteView bytes, uint64_t count, const OnLine& on_line) {
  constexpr size_t kStep = 64;
  size_t begin = 0;
  size_t at = 0;
  const auto end_at = [&](size_t end) {
    on_line(begin, end);
    begin = end + 1;
    return --count != 0;
  };
  if (count == 0) return 0;
  for (; bytes.size() - at >= kStep; at += kStep) {
    for (uint64_t mask = NewlineMask(bytes.data() + at); mask != 0; mask &= mask - 1) {
      if (!end_at(at + static_cast<size_t>(std::countr_zero(mask)))) return begin;
    }
  }
  for (; at < bytes.size(); ++at) {
    if (bytes[at] == '\n' && !end_at(at)) return begin;
  }
  return begin;
}

}  // namespace logpress

#endif  // LOGPRESS_BASE_NEWLINES_H_
