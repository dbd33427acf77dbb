#include "search/parse.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "search/bracket.h"

namespace logpress::search {
namespace {

using Kind = Expression::Kind;

constexpr int kMostRepeat = 32767;  // GNU's
constexpr int kMostRepeats = 8;     // of one part: a**

absl::Status Wrong(const std::string& what) { return absl::InvalidArgumentError(what); }

// What stands at a place of a pattern.
enum class Token {
  kEnd,
  kByte,  // itself, or what an escape stands for
  kAny,   // .
  kBracket,
  kOpen,
  kClose,
  kOr,
  kStar,
  kPlus,
  kOptional,
  kInterval,  // { with what follows
  kBegin,     // ^
  kLineEnd,   // $
  kEscape,    // \w, \<, \1, ...
};

class Parser {
 public:
  Parser(std::string_view pattern, Syntax syntax, bool ignore_case)
      : pattern_(pattern), basic_(syntax == Syntax::kBasic), ignore_case_(ignore_case) {}

  absl::StatusOr<Expression> ParseAll() {
    LOGPRESS_ASSIGN_OR_RETURN(Expression all, ParseAlternatives());
    // Where no group is open, -E takes ')' for a byte, which Next() knows; -G has only this error.
    if (at_ < pattern_.size()) return Wrong("\\) without its \\(; write ) for the byte itself");
    return all;
  }

 private:
  // The token at at_, which takes length_ bytes.
  Token Next() {
    length_ = 1;
    if (at_ == pattern_.size()) return Token::kEnd;
    const char c = pattern_[at_];
    if (c == '\\') return Escaped();
    switch (c) {
      case '.':
        return Token::kAny;
      case '[':
        return Token::kBracket;
      case '*':
        return basic_ && at_start_ ? Token::kByte : Token::kStar;
      case '^':
        return !basic_ || at_start_ ? Token::kBegin : Token::kByte;
      case '$':
        return !basic_ || EndsBranch(at_ + 1) ? Token::kLineEnd : Token::kByte;
      default:
        return basic_ ? Token::kByte : Operator(c);
    }
  }

  // What -E has for operators and -G behind a backslash.
  Token Operator(char c) const {
    switch (c) {
      case '(':
        return Token::kOpen;
      case ')':
        return basic_ || depth_ > 0 ? Token::kClose : Token::kByte;
      case '|':
        return Token::kOr;
      case '+':
        return basic_ && at_start_ ? Token::kByte : Token::kPlus;
      case '?':
        return basic_ && at_start_ ? Token::kByte : Token::kOptional;
      case '{':
        return basic_ && at_start_ ? Token::kByte : Token::kInterval;
      default:
        return Token::kByte;
    }
  }

  Token Escaped() {
    constexpr std::string_view kEscapes = "wWsSbB<>`'123456789";
    if (at_ + 1 == pattern_.size()) return Token::kEscape;
    length_ = 2;
    const char c = pattern_[at_ + 1];
    if (kEscapes.find(c) != std::string_view::npos) return Token::kEscape;
    return basic_ ? Operator(c) : Token::kByte;
  }

  // In -G: whether the branch that is being read ends at `at`.
  bool EndsBranch(size_t at) const {
    const std::string_view rest = pattern_.substr(at);
    return rest.empty() || rest.starts_with("\\)") || rest.starts_with("\\|");
  }

  absl::StatusOr<Expression> ParseAlternatives() {
    std::vector<Expression> branches;
    for (;;) {
      LOGPRESS_ASSIGN_OR_RETURN(Expression branch, ParseBranch());
      branches.push_back(std::move(branch));
      if (Next() != Token::kOr) return Expression::Alternate(std::move(branches));
      at_ += length_;
    }
  }

  absl::StatusOr<Expression> ParseBranch() {
    std::vector<Expression> parts;
    at_start_ = true;
    for (;;) {
      const Token token = Next();
      if (token == Token::kEnd || token == Token::kOr || token == Token::kClose)
        return Expression::Concat(std::move(parts));
      LOGPRESS_ASSIGN_OR_RETURN(Expression atom, ParseAtom(token));
      // Behind its '^' -G is at the start still.
      at_start_ = at_start_ && basic_ && token == Token::kBegin;
      LOGPRESS_ASSIGN_OR_RETURN(atom, ParseRepeats(std::move(atom)));
      parts.push_back(std::move(atom));
    }
  }

  absl::StatusOr<Expression> ParseAtom(Token token) {
    switch (token) {
      case Token::kOpen:
        return ParseGroup();
      case Token::kBracket: {
        LOGPRESS_ASSIGN_OR_RETURN(const ByteSet bytes, ParseBracket(pattern_, ignore_case_, &at_));
        return Expression::Bytes(bytes);
      }
      case Token::kStar:
      case Token::kPlus:
      case Token::kOptional:
      case Token::kInterval: {
        // Where there is nothing to repeat, -E repeats nothing; but half an interval is its bytes.
        if (token != Token::kInterval || IsInterval()) return Expression::Empty();
        return TakeByte();
      }
      case Token::kAny:
        ++at_;
        return Expression::Bytes(ByteSet().set().reset('\n'));
      case Token::kBegin:
        ++at_;
        return Expression::Place(Kind::kLineBegin);
      case Token::kLineEnd:
        ++at_;
        return Expression::Place(Kind::kLineEnd);
      case Token::kEscape:
        return ParseEscape();
      default:
        return TakeByte();
    }
  }

  Expression TakeByte() {
    at_ += length_;
    ByteSet bytes;
    bytes.set(static_cast<uint8_t>(pattern_[at_ - 1]));
    if (ignore_case_) AddOtherCase(&bytes);
    return Expression::Bytes(bytes);
  }

  absl::StatusOr<Expression> ParseGroup() {
    at_ += length_;
    if (++depth_ > kMaxGroupDepth)
      return Wrong(absl::StrCat("groups more than ", kMaxGroupDepth, " deep; write it with fewer"));
    LOGPRESS_ASSIGN_OR_RETURN(Expression group, ParseAlternatives());
    if (Next() != Token::kClose) {
      return Wrong(basic_ ? "\\( without its \\); write ( for the byte itself"
                          : "'(' without its ')'; write \\( for the byte itself");
    }
    at_ += length_;
    --depth_;
    at_start_ = false;
    return group;
  }

  absl::StatusOr<Expression> ParseEscape() {
    if (at_ + 1 == pattern_.size())
      return Wrong("a backslash at the end; write \\\\ for the byte itself");
    at_ += 2;
    switch (pattern_[at_ - 1]) {
      case 'w':
        return Expression::Bytes(WordBytes());
      case 'W':
        return Expression::Bytes(WordBytes().flip().reset('\n'));
      case 's':
        return Expression::Bytes(ByteClass("space").reset('\n'));
      case 'S':
        return Expression::Bytes(ByteClass("space").flip());
      case 'b':
        return Expression::Place(Kind::kWordEdge);
      case 'B':
        return Expression::Place(Kind::kNoWordEdge);
      case '<':
        return Expression::Place(Kind::kWordBegin);
      case '>':
        return Expression::Place(Kind::kWordEnd);
      case '`':
        return Expression::Place(Kind::kLineBegin);
      case '\'':
        return Expression::Place(Kind::kLineEnd);
      default:
        return Wrong(
            "back references (\\1) are not supported, as no automaton can search for them; use "
            "lpzcat and grep");
    }
  }

  absl::StatusOr<Expression> ParseRepeats(Expression atom) {
    for (int count = 0;; ++count) {
      int min = 0;
      int max = Expression::kNoMax;
      const Token token = Next();
      if (token == Token::kInterval) {
        if (!IsInterval()) {
          if (basic_) return Wrong("\\{ is no interval; write \\{2\\}, \\{2,\\} or \\{2,5\\}");
          return atom;  // its bytes come next
        }
        LOGPRESS_RETURN_IF_ERROR(ReadInterval(&min, &max));
      } else if (token == Token::kStar || token == Token::kPlus || token == Token::kOptional) {
        at_ += length_;
        if (token == Token::kPlus) min = 1;
        if (token == Token::kOptional) max = 1;
      } else {
        return atom;
      }
      if (count == kMostRepeats) return Wrong("too many repetitions in a row; one is enough");
      atom = Expression::Repeat(std::move(atom), min, max);
    }
  }

  // A number as far as it is of use; -1 without digits.
  int ReadNumber(size_t* at) const {
    int number = -1;
    for (; *at < pattern_.size() && pattern_[*at] >= '0' && pattern_[*at] <= '9'; ++*at)
      number = std::min((number < 0 ? 0 : number * 10) + (pattern_[*at] - '0'), kMostRepeat + 1);
    return number;
  }

  // Whether {2}, {2,}, {,5}, {2,5} or {,} stands at at_, whatever its numbers; and {}, which is
  // none and is refused.
  bool IsInterval() const {
    size_t at = at_ + length_;
    ReadNumber(&at);
    if (at < pattern_.size() && pattern_[at] == ',') ReadNumber(&++at);
    return pattern_.substr(at).starts_with(basic_ ? "\\}" : "}");
  }

  absl::Status ReadInterval(int* min, int* max) {
    at_ += length_;
    *min = ReadNumber(&at_);
    *max = *min;
    if (pattern_[at_] == ',') {
      *min = std::max(*min, 0);
      *max = ReadNumber(&++at_);
    }
    at_ += basic_ ? 2 : 1;
    if (*min < 0 || (*max >= 0 && *max < *min))
      return Wrong("an interval that is none; write {2}, {2,} or {2,5}");
    if (std::max(*min, *max) > kMaxRepeat) {
      return Wrong(absl::StrCat("more than ", kMaxRepeat,
                                " repetitions, which is the most that can be searched for"));
    }
    return absl::OkStatus();
  }

  const std::string_view pattern_;
  const bool basic_;
  const bool ignore_case_;
  size_t at_ = 0;
  size_t length_ = 1;
  int depth_ = 0;
  bool at_start_ = true;  // of a branch
};

}  // namespace

absl::StatusOr<Expression> Parse(std::string_view pattern, Syntax syntax, bool ignore_case) {
  if (syntax != Syntax::kFixed) return Parser(pattern, syntax, ignore_case).ParseAll();
  std::vector<Expression> bytes;
  for (const char c : pattern) {
    ByteSet one;
    one.set(static_cast<uint8_t>(c));
    if (ignore_case) AddOtherCase(&one);
    bytes.push_back(Expression::Bytes(one));
  }
  return Expression::Concat(std::move(bytes));
}

}  // namespace logpress::search
