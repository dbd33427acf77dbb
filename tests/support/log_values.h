// The values that logs have in their slots, well formed and not.
#ifndef LOGPRESS_TESTS_SUPPORT_LOG_VALUES_H_
#define LOGPRESS_TESTS_SUPPORT_LOG_VALUES_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "support/random.h"

namespace logpress::testing {

enum class ValueKind : uint8_t {
  kTimestamp,   // one of many formats; sometimes out of order, sometimes no date at all
  kCounter,     // rises by a step that is mostly the same
  kInteger,     // any magnitude
  kPadded,      // leading zeros, mostly of one width
  kSigned,      // -0, +5 and the like among others
  kHuge,        // around 2^31, 2^32, 2^63, 2^64 and beyond
  kDecimal,     // 1.50, .5, 5., 1e-7
  kHex,         // lower, upper and mixed case, with 0x and without
  kAddress,     // IPv4, IPv6, MAC; now and then with parts that are too large
  kUuid,        // both cases
  kWord,        // one of a few
  kIdentifier,  // letters, digits and joints: blk_-1608999687919862906, job-17.a
  kPath,        // file paths and URLs
  kQuoted,      // "..." with escapes, sometimes without the closing quote
  kText,        // several words
  kColour,      // text between ANSI escape sequences
  kUnicode,     // UTF-8 beyond ASCII, and bytes that are no UTF-8
  kBinary,      // any bytes but '\n'
  kEmpty,       // nothing
};
inline constexpr uint64_t kValueKinds = 19;

// The values of one slot, line after line. What distinguishes slots of one kind (format, width,
// vocabulary, how often a value repeats) is drawn when the source is made.
class ValueSource {
 public:
  ValueSource(Random* random, ValueKind kind);

  // Appends the next value. Never writes '\n'.
  void Append(Random* random, std::string* out);

 private:
  void AppendNew(Random* random, std::string* out);
  void AppendTimestamp(Random* random, std::string* out);

  ValueKind kind_;
  uint64_t style_;   // picks one of the forms of the kind
  uint64_t repeat_;  // of 16 values, this many repeat an earlier one
  uint64_t state_;   // the counter, or microseconds since 1970
  uint64_t step_;    // by which it rises
  int width_;        // of padded numbers
  std::vector<std::string> seen_;
};

// A random kind, and a random word of letters: what constants are made of.
ValueKind RandomKind(Random* random);
std::string RandomWord(Random* random);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_LOG_VALUES_H_
