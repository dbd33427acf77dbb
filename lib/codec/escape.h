// Strings with terminators instead of lengths: a byte backend finds the repeated strings, and a
// length would stand in its way.
#ifndef LOGPRESS_CODEC_ESCAPE_H_
#define LOGPRESS_CODEC_ESCAPE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace logpress::codec {

inline constexpr char kSlotMark = '\0';       // a slot of a template
inline constexpr char kTemplateEnd = '\1';    // the end of a template
inline constexpr char kEscape = '\2';         // the next byte stands for one of these five
inline constexpr char kStringEnd = '\n';      // the end of a string
inline constexpr char kEscapedOffset = 0x40;  // what is added to an escaped byte

inline bool IsMark(char c) {
  return c == kSlotMark || c == kTemplateEnd || c == kEscape || c == kStringEnd;
}

// The place of the first mark from `at` on, or the size of `bytes`.
inline size_t FindMark(ByteView bytes, size_t at) {
  // Marks are below 11, and few bytes of logs are: eight are asked at once whether one of them is.
  constexpr uint64_t kOnes = ~uint64_t{0} / 255;
  static_assert(kSlotMark < 11 && kTemplateEnd < 11 && kEscape < 11 && kStringEnd < 11);
  for (; at + sizeof(uint64_t) <= bytes.size(); at += sizeof(uint64_t)) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + at, sizeof(word));
    if (((word - kOnes * 11) & ~word & kOnes * 128) == 0) continue;
    for (size_t i = 0; i < sizeof(uint64_t); ++i) {
      if (IsMark(bytes[at + i])) return at + i;
    }
  }
  while (at < bytes.size() && !IsMark(bytes[at])) ++at;
  return at;
}

// The same for the marks that end a literal of a template, which are mostly near.
inline size_t FindLiteralEnd(ByteView bytes, size_t at) {
  static_assert(kSlotMark == 0 && kTemplateEnd == 1);
  while (at < bytes.size() && static_cast<uint8_t>(bytes[at]) > kTemplateEnd) ++at;
  return at;
}

// Appends `bytes` so that no mark occurs in them unescaped.
inline void PutEscaped(ByteBuffer* out, ByteView bytes) {
  for (size_t begin = 0;;) {
    const size_t mark = FindMark(bytes, begin);
    out->append(bytes, begin, mark - begin);
    if (mark == bytes.size()) return;
    out->push_back(kEscape);
    out->push_back(static_cast<char>(bytes[mark] + kEscapedOffset));
    begin = mark + 1;
  }
}

// Appends what `escaped` stands for. False if it ends in the middle of an escape.
inline bool Unescape(ByteView escaped, ByteBuffer* out) {
  for (size_t begin = 0;;) {
    const size_t escape = escaped.find(kEscape, begin);
    if (escape == ByteView::npos) {
      out->append(escaped, begin);
      return true;
    }
    out->append(escaped, begin, escape - begin);
    if (escape + 1 == escaped.size()) return false;
    out->push_back(static_cast<char>(escaped[escape + 1] - kEscapedOffset));
    begin = escape + 2;
  }
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ESCAPE_H_
