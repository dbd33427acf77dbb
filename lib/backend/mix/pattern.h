// What rows and values are divided into.
//
// A pattern is the text of a template as a string without zero bytes: literal bytes as they are,
// but that bytes 0 and 1 become a mark and the byte plus one; a slot is the mark and 2 + its kind.
#ifndef LOGPRESS_BACKEND_MIX_PATTERN_H_
#define LOGPRESS_BACKEND_MIX_PATTERN_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace logpress::mix {

// What kind of value a slot holds; equal bytes of different kinds are different values. From
// kTimestamp on: a timestamp in format kind - kTimestamp.
enum Kind : uint8_t {
  kText = 1,     // anything
  kWord = 2,     // a word that varies where words are constant as a rule
  kInteger = 3,  // at most 18 digits without a leading zero
  kPadded = 4,   // the same with leading zeros
  kDecimal = 5,  // digits with one '.' between them
  kAddress = 6,  // digits with three
  kUuid = 7,
  kTimestamp = 16,
};
inline constexpr size_t kMaxFormats = 16;

inline bool IsTimestamp(uint8_t kind) { return kind >= kTimestamp; }
inline bool IsNumber(uint8_t kind) { return kind >= kInteger && kind <= kDecimal; }
inline bool IsKind(uint32_t kind, size_t formats) {
  return (kind >= kText && kind <= kUuid) || (kind >= kTimestamp && kind < kTimestamp + formats);
}

inline constexpr char kMark = 1;
inline constexpr uint8_t kSlotBase = 2;

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
// Every byte above ASCII is a letter, so that UTF-8 words stay whole.
inline bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<uint8_t>(c) >= 128;
}

inline void AppendEscaped(ByteView bytes, ByteBuffer* out) {
  for (const char c : bytes) {
    if (static_cast<uint8_t>(c) <= 1) {
      out->push_back(kMark);
      out->push_back(static_cast<char>(c + 1));
    } else {
      out->push_back(c);
    }
  }
}

inline void AppendSlot(uint8_t kind, ByteBuffer* out) {
  out->push_back(kMark);
  out->push_back(static_cast<char>(kSlotBase + kind));
}

// False if the bytes are no escaped value.
inline bool Unescape(ByteView escaped, ByteBuffer* out) {
  for (size_t i = 0; i < escaped.size(); ++i) {
    char c = escaped[i];
    if (c == kMark) {
      if (++i == escaped.size() || static_cast<uint8_t>(escaped[i]) > 2 || escaped[i] == 0)
        return false;
      c = static_cast<char>(escaped[i] - 1);
    }
    out->push_back(c);
  }
  return true;
}

// A number without its format: the digits of `bytes` as one integer, and for decimals the digits
// behind the point, for padded numbers the width. Total: gives something for any bytes.
struct NumberParts {
  int64_t value = 0;
  uint8_t aux = 0;
};
NumberParts PartsOf(uint8_t kind, ByteView bytes);
// Room that RenderNumber needs.
inline constexpr size_t kMaxNumber = 48;
// The other way round; the size, at least 1. Total likewise.
size_t RenderNumber(uint8_t kind, NumberParts parts, char* out);
// The kind of a value by its looks: kText, kAddress, kUuid or a number that RenderNumber gives back
// exactly.
uint8_t KindOf(ByteView bytes);

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_PATTERN_H_
