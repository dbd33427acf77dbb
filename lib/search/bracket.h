// A bracket expression of a pattern: [a-z], [^[:space:]], []x].
#ifndef LOGPRESS_SEARCH_BRACKET_H_
#define LOGPRESS_SEARCH_BRACKET_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"
#include "search/expression.h"

namespace logpress::search {

// Adds to each letter A to Z of the set its other case.
void AddOtherCase(ByteSet* bytes);

// The bytes that [:name:] stands for in the C locale; none for a name that is not known.
ByteSet ByteClass(std::string_view name);

// Reads the bracket expression that begins at (*at), on its '[', and moves *at behind it. In the C
// locale: a backslash is a byte like any other, ranges go by the values of bytes.
absl::StatusOr<ByteSet> ParseBracket(std::string_view pattern, bool ignore_case, size_t* at);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_BRACKET_H_
