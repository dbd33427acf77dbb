// What a pattern says, once its syntax is read: the common ground of the parser, of what is asked
// of a line before it is read (needs_of.h), and of the text that RE2 is given.
#ifndef LOGPRESS_SEARCH_EXPRESSION_H_
#define LOGPRESS_SEARCH_EXPRESSION_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "search/needs.h"

namespace logpress::search {

// The bytes of words: letters, digits and '_'.
ByteSet WordBytes();
inline bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

struct Expression {
  enum class Kind {
    kEmpty,
    kBytes,      // one byte of `bytes`, which never holds the newline; none of them: no match
    kConcat,     // `parts` one behind the other; none is a kConcat
    kAlternate,  // one of `parts`
    kRepeat,     // the only one of `parts`, `min` to `max` times
    // Places, of no width:
    kLineBegin,
    kLineEnd,
    kWordBegin,   // \<
    kWordEnd,     // \>
    kWordEdge,    // \b: either
    kNoWordEdge,  // \B
  };
  static constexpr int kNoMax = -1;

  static Expression Place(Kind kind) { return {kind, {}, {}, 0, 0}; }
  static Expression Empty() { return Place(Kind::kEmpty); }
  static Expression Bytes(const ByteSet& bytes) { return {Kind::kBytes, bytes, {}, 0, 0}; }
  static Expression Concat(std::vector<Expression> parts);
  static Expression Alternate(std::vector<Expression> parts);
  static Expression Repeat(Expression part, int min, int max);

  bool is_place() const { return kind >= Kind::kLineBegin; }

  Kind kind = Kind::kEmpty;
  ByteSet bytes;
  std::vector<Expression> parts;
  int min = 0;
  int max = 0;  // kNoMax: any number
};

// Whether it may match without taking a byte.
bool MayBeEmpty(const Expression& expression);

// The expression in the syntax of RE2, for the encoding Latin-1.
std::string Re2Text(const Expression& expression);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_EXPRESSION_H_
