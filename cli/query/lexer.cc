#include "cli/query/lexer.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "base/status.h"
#include "cli/text.h"

namespace logpress::cli::query {
namespace {

constexpr std::string_view kMarks[] = {"|=", "|~", "!=", "!~", "=~", "==", ">=", "<=", "{", "}",
                                       "(",  ")",  "[",  "]",  ",",  "|",  "=",  ">",  "<"};

bool IsNameByte(char byte) {
  return absl::ascii_isalnum(static_cast<unsigned char>(byte)) || byte == '_';
}

absl::Status Wrong(size_t at, std::string_view what) {
  return absl::InvalidArgumentError(Cat("at byte ", at + 1, ": ", what));
}

// The string that begins at query[at], a quote; *end is behind it.
absl::StatusOr<std::string> ReadString(std::string_view query, size_t at, size_t* end) {
  const char quote = query[at];
  size_t i = at + 1;
  while (i < query.size() && query[i] != quote) i += query[i] == '\\' && quote == '"' ? 2 : 1;
  if (i >= query.size()) return Wrong(at, Cat("a string that does not end; close it with ", quote));
  *end = i + 1;
  const std::string_view inside = query.substr(at + 1, i - at - 1);
  if (quote == '`') return std::string(inside);
  std::string text;
  std::string error;
  const absl::string_view escaped(inside.data(), inside.size());
  if (!absl::CUnescape(escaped, &text, &error))
    return Wrong(at, Cat("a string with an unknown escape; write it in ` ` instead"));
  return text;
}

}  // namespace

absl::StatusOr<std::vector<Token>> Lex(std::string_view query) {
  std::vector<Token> tokens;
  for (size_t at = 0;;) {
    while (at < query.size() && absl::ascii_isspace(static_cast<unsigned char>(query[at]))) ++at;
    if (at == query.size()) break;
    const std::string_view rest = query.substr(at);
    const auto byte = static_cast<unsigned char>(rest[0]);
    if (byte == '"' || byte == '`') {
      size_t end = 0;
      LOGPRESS_ASSIGN_OR_RETURN(std::string text, ReadString(query, at, &end));
      tokens.push_back({TokenKind::kString, std::move(text), at});
      at = end;
      continue;
    }
    const bool number =
        absl::ascii_isdigit(byte) || (byte == '-' && rest.size() > 1 &&
                                      absl::ascii_isdigit(static_cast<unsigned char>(rest[1])));
    size_t size = number ? 1 : 0;
    while (size < rest.size() && (IsNameByte(rest[size]) || (number && rest[size] == '.'))) ++size;
    if (size > 0) {
      tokens.push_back(
          {number ? TokenKind::kNumber : TokenKind::kName, std::string(rest.substr(0, size)), at});
      at += size;
      continue;
    }
    const auto* const mark = std::find_if(std::begin(kMarks), std::end(kMarks),
                                          [&](std::string_view m) { return rest.starts_with(m); });
    if (mark == std::end(kMarks))
      return Wrong(at, Cat("'", rest.substr(0, 1), "' has no meaning; see logpress(1)"));
    tokens.push_back({TokenKind::kMark, std::string(*mark), at});
    at += mark->size();
  }
  tokens.push_back({TokenKind::kEnd, "", query.size()});
  return tokens;
}

}  // namespace logpress::cli::query
