// Strings with terminators instead of lengths: a byte backend finds the repeated strings, and a
// length would stand in its way.
#ifndef LOGPRESS_CODEC_ESCAPE_H_
#define LOGPRESS_CODEC_ESCAPE_H_

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

// Appends `bytes` so that no mark occurs in them unescaped.
inline void PutEscaped(ByteBuffer* out, ByteView bytes) {
  for (const char c : bytes) {
    if (IsMark(c)) {
      out->push_back(kEscape);
      out->push_back(static_cast<char>(c + kEscapedOffset));
    } else {
      out->push_back(c);
    }
  }
}

// Appends what `escaped` stands for. False if it ends in the middle of an escape.
inline bool Unescape(ByteView escaped, ByteBuffer* out) {
  for (size_t i = 0; i < escaped.size(); ++i) {
    char c = escaped[i];
    if (c == kEscape) {
      if (++i == escaped.size()) return false;
      c = static_cast<char>(escaped[i] - kEscapedOffset);
    }
    out->push_back(c);
  }
  return true;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ESCAPE_H_
