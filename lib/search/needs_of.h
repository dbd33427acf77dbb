// What a line must hold to match a pattern: literals out of a walk over the expression.
#ifndef LOGPRESS_SEARCH_NEEDS_OF_H_
#define LOGPRESS_SEARCH_NEEDS_OF_H_

#include "search/expression.h"
#include "search/needs.h"

namespace logpress::search {

// Every line with a match of `expression` meets the result. With `ignore_case`, which the
// expression was parsed with, its literals are in lower case.
Needs NeedsOf(const Expression& expression, bool ignore_case);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_NEEDS_OF_H_
