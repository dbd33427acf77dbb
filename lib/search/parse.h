// Reads the patterns of grep: what `grep -E` and `grep -G` of GNU take in the C locale, byte by
// byte.
#ifndef LOGPRESS_SEARCH_PARSE_H_
#define LOGPRESS_SEARCH_PARSE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "search/expression.h"

namespace logpress::search {

enum class Syntax {
  kExtended,  // -E
  kBasic,     // -G
  kFixed,     // -F: the bytes themselves
};

// One pattern, without a newline. With `ignore_case`, letters A to Z stand for both cases.
// kInvalidArgument with "what; what to do" when it is none, or has back references, or goes beyond
// kMaxGroupDepth groups in one another or kMaxRepeat repetitions.
absl::StatusOr<Expression> Parse(std::string_view pattern, Syntax syntax, bool ignore_case);

inline constexpr int kMaxGroupDepth = 200;
inline constexpr int kMaxRepeat = 1000;  // RE2's

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_PARSE_H_
