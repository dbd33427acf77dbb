// Divides a row or a value into tokens: what is likely to be constant and what is likely to vary.
#ifndef LOGPRESS_BACKEND_MIX_SCANNER_H_
#define LOGPRESS_BACKEND_MIX_SCANNER_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "time/timestamp.h"

namespace logpress::mix {

struct ScannedToken {
  enum Type : uint8_t { kDelimiter = 0, kConstant = 1, kSlot = 2 };
  Type type;
  uint8_t kind;     // of a slot: a Kind
  uint32_t offset;  // in the string; tokens follow one another without gaps
  uint32_t size;    // at least 1
};

// At white space, brackets, quotes and the like; words with digits and quoted strings vary.
// Replaces *tokens.
void ScanCoarsely(ByteView string, std::span<const time::TimestampFormat> formats,
                  Vector<ScannedToken>* tokens);
// At everything that is no letter or digit, and between letters and digits. Replaces *tokens.
void ScanFinely(ByteView string, std::span<const time::TimestampFormat> formats,
                Vector<ScannedToken>* tokens);
// Whether ScanCoarsely divides the string.
bool HasSeparator(ByteView string);

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_SCANNER_H_
