// The content of a line as words, delimiters and values.
//
// A value is what a program filled in, as far as its form tells: a word with a digit, a path, an
// address, true or null, with what belongs to it (a unit, a zone, the name of a month). Values that
// are joined, and values in a row, are one. What else varies is found by comparing lines
// (merge.h).
#ifndef LOGPRESS_STATEMENT_TOKENS_H_
#define LOGPRESS_STATEMENT_TOKENS_H_

#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/words.h"

namespace logpress::statement {

enum class TokenKind : uint8_t {
  kBlank,      // a run of blanks
  kDelimiter,  // one mark; or a run of points
  kWord,
  kValue,
};

// Bytes [begin, end) of the content.
struct Token {
  TokenKind kind;
  uint32_t begin;
  uint32_t end;
};

// How texts of statements show a value. In a line it is one itself.
inline constexpr ByteView kSlot = "<*>";

// What is looked at of a line; the rest is a value.
inline constexpr size_t kMostContent = 4096;
inline constexpr size_t kMostTokens = 512;

// Divides content without blanks around it. Replaces *tokens, which cover it.
void Tokenize(ByteView content, Vector<Token>* tokens);

// Whether the byte is a delimiter of one mark.
inline constexpr ByteSet kDelimiters("=:,;()[]{}\"'|<>");
constexpr bool IsDelimiter(char byte) { return kDelimiters(byte); }

// The mark that closes what `mark` opens, or 0.
char Closing(char mark);

// Appends the text of the tokens with kValueMark for each value, and one blank for a run beside
// one, whose width follows that of the value: equal for two lines that differ in values alone.
inline constexpr char kValueMark = '\0';
void AppendMasked(ByteView content, const Vector<Token>& tokens, ByteBuffer* out);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TOKENS_H_
