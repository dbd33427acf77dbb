// Integers as they are written in logs, exact in both directions.
#ifndef LOGPRESS_IR_NUMBER_FORMAT_H_
#define LOGPRESS_IR_NUMBER_FORMAT_H_

#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "ir/ir.h"

namespace logpress::ir {

// Room that Render may use.
inline constexpr size_t kMaxNumberSize = 24;

// Whether the format is one that Parse and Render know; to be asked of a format that was read from
// an archive.
bool IsValid(NumberFormat format);

// The value of `bytes` in `format`; false unless Render gives back exactly these bytes.
bool Parse(NumberFormat format, ByteView bytes, int64_t* value);

// Writes `value` to `out`, which has room for kMaxNumberSize bytes, and returns the size. Any value
// renders to something, so that a damaged archive cannot do harm; only values that Parse returned
// render to what was parsed.
size_t Render(NumberFormat format, int64_t value, char* out);

// Finds a format that fits every value, all without a point or all with one, and replaces *numbers
// by what they are in it; false if there is none. Stops at the first value that fits nothing.
bool ParseIntegers(ByteView text, std::span<const Slice> values, NumberFormat* format,
                   Vector<int64_t>* numbers);
bool ParsePoints(ByteView text, std::span<const Slice> values, NumberFormat* format,
                 Vector<int64_t>* numbers);

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_NUMBER_FORMAT_H_
