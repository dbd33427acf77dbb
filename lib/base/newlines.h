// Counts the ends of lines.
#ifndef LOGPRESS_BASE_NEWLINES_H_
#define LOGPRESS_BASE_NEWLINES_H_

#include <array>
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

}  // namespace logpress

#endif  // LOGPRESS_BASE_NEWLINES_H_
