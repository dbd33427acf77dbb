// The shapes that a log takes in practice, and shapes that no log should have.
#ifndef LOGPRESS_TESTS_SUPPORT_LOG_SHAPES_H_
#define LOGPRESS_TESTS_SUPPORT_LOG_SHAPES_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "support/random.h"

namespace logpress::testing {

enum class LogShape : uint8_t {
  kTemplates,       // a few to hundreds of templates behind a common header
  kJson,            // one object a line; keys are optional and change places
  kTabSeparated,    // a table, with a line of names now and then
  kKeyValue,        // key=value key="a value"
  kStackTraces,     // records of several lines
  kManySlots,       // thousands of numbers in a line
  kNewTemplates,    // no line looks like another
  kUniqueTokens,    // no token comes twice
  kDelimiters,      // lines of nothing but spaces, tabs and punctuation
  kLongLines,       // a line takes most of the bytes
  kRepeats,         // the same few lines again and again
  kOddNumbers,      // every way to write a number wrong
  kPlaceholders,    // text that looks like somebody's template syntax
  kFewBytes,        // arbitrary bytes from a tiny alphabet
  kArbitraryBytes,  // arbitrary bytes
};
inline constexpr uint64_t kLogShapes = 15;
inline constexpr uint64_t kOrdinaryLogShapes = 5;  // the first ones

// A log of this shape, about `size` bytes, well formed in itself.
std::string GenerateShape(Random* random, LogShape shape, size_t size);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_LOG_SHAPES_H_
