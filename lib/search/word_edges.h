// RE2 has \b, but no \< and \>, nor a look at what follows. What follows can be told in the pattern
// itself: \<[^ ]+ is \b[0-9A-Za-z_][^ ]*.
#ifndef LOGPRESS_SEARCH_WORD_EDGES_H_
#define LOGPRESS_SEARCH_WORD_EDGES_H_

#include "absl/status/statusor.h"
#include "search/expression.h"

namespace logpress::search {

// The same expression, in which \b may take the place of each \< and \>: a byte of a word stands
// behind the one and before the other. kInvalidArgument with "what; what to do" where that cannot
// be said, because nothing need stand there.
absl::StatusOr<Expression> ResolveWordEdges(Expression expression);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_WORD_EDGES_H_
