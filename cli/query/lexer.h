// The words and marks of a query.
#ifndef LOGPRESS_CLI_QUERY_LEXER_H_
#define LOGPRESS_CLI_QUERY_LEXER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace logpress::cli::query {

enum class TokenKind {
  kEnd,
  kMark,    // { } ( ) [ ] , | and the operators
  kName,    // of a label or a function
  kNumber,  // with its unit, if there is one
  kString,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;  // of a string what it stands for
  size_t at = 0;     // in the query
};

// All of them, with kEnd behind the last. kInvalidArgument with "what; what to do".
absl::StatusOr<std::vector<Token>> Lex(std::string_view query);

}  // namespace logpress::cli::query

#endif  // LOGPRESS_CLI_QUERY_LEXER_H_
