#include "search/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "base/status.h"
#include "search/needs_of.h"
#include "search/word_edges.h"

namespace logpress::search {
namespace {

// For RE2's program and the states that it keeps; when these are full it makes them anew.
constexpr int64_t kMaxMemory = int64_t{32} << 20;
// A literal shorter than that is everywhere.
constexpr size_t kMinLiteral = 2;

constexpr size_t kNone = ByteView::npos;

size_t FindLiteral(ByteView bytes, size_t from, const std::string& literal) {
  const void* const found =
      memmem(bytes.data() + from, bytes.size() - from, literal.data(), literal.size());
  return found == nullptr ? kNone
                          : static_cast<size_t>(static_cast<const char*>(found) - bytes.data());
}

size_t LineBegin(ByteView lines, size_t at) {
  const void* const newline = at == 0 ? nullptr : memrchr(lines.data(), '\n', at);
  return newline == nullptr
             ? 0
             : static_cast<size_t>(static_cast<const char*>(newline) - lines.data()) + 1;
}

// Where the newline of the line at `at` stands, or where the lines end.
size_t LineEnd(ByteView lines, size_t at) { return std::min(lines.find('\n', at), lines.size()); }

bool WordBefore(ByteView line, size_t at) { return at > 0 && IsWordByte(line[at - 1]); }
bool WordAt(ByteView line, size_t at) { return at < line.size() && IsWordByte(line[at]); }

re2::StringPiece Piece(ByteView bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

class Pattern::Matcher {
 public:
  virtual ~Matcher() = default;
  virtual size_t FindLine(ByteView lines, size_t from) const = 0;
  virtual std::optional<Match> Find(ByteView line, size_t from) const = 0;
};

// A plain string, by memmem.
class Pattern::Literal : public Matcher {
 public:
  Literal(std::string literal, const PatternOptions& options)
      : literal_(std::move(literal)), options_(options) {}

  size_t FindLine(ByteView lines, size_t from) const override {
    while (from < lines.size()) {
      const size_t found = FindLiteral(lines, from, literal_);
      if (found == kNone) return kNone;
      const size_t begin = LineBegin(lines, found);
      if (!options_.whole_lines && !options_.whole_words) return begin;
      const size_t end = LineEnd(lines, found);
      if (Find(lines.substr(begin, end - begin), 0)) return begin;
      from = end + 1;
    }
    return kNone;
  }

  std::optional<Match> Find(ByteView line, size_t from) const override {
    for (; from <= line.size(); ++from) {
      from = FindLiteral(line, from, literal_);
      if (from == kNone) break;
      const bool fits = options_.whole_lines
                            ? line.size() == literal_.size()
                            : !options_.whole_words || (!WordBefore(line, from) &&
                                                        !WordAt(line, from + literal_.size()));
      if (fits) return Match{from, literal_.size()};
    }
    return std::nullopt;
  }

 private:
  const std::string literal_;
  const PatternOptions options_;
};

// Anything else, by RE2.
class Pattern::Automaton : public Matcher {
 public:
  static absl::StatusOr<std::unique_ptr<Matcher>> Make(const Expression& expression,
                                                       const PatternOptions& options,
                                                       const Needs& needs) {
    auto made = std::make_unique<Automaton>();
    made->whole_words_ = options.whole_words && !options.whole_lines;
    std::string any = absl::StrCat("(?:", Re2Text(expression), ")");
    // RE2 forgets that a prefix which alternatives share is Latin-1, and looks ahead for its UTF-8.
    // It looks for no prefix behind what may be left out.
    if (HasHighByte(expression)) any.insert(0, "(?m:^)?");
    if (options.whole_lines) any = absl::StrCat("(?m:^)", any, "(?m:$)");
    LOGPRESS_ASSIGN_OR_RETURN(made->match_, Make(any));
    if (made->whole_words_) {
      LOGPRESS_ASSIGN_OR_RETURN(
          made->line_, Make(absl::StrCat("(?:(?m:^)|[^\\w\\n])", any, "(?:[^\\w\\n]|(?m:$))")));
      // Where a line was cut its end is none.
      LOGPRESS_ASSIGN_OR_RETURN(
          made->shorter_, Make(absl::StrCat("(?:", Re2Text(WithoutLineEnds(expression)), ")")));
    }
    if (!options.ignore_case) made->required_ = LongestRequired(needs);
    return made;
  }

  size_t FindLine(ByteView lines, size_t from) const override {
    if (required_.size() < kMinLiteral) return FindMatch(lines, from);
    while (from < lines.size()) {
      const size_t found = FindLiteral(lines, from, required_);
      if (found == kNone) return kNone;
      const size_t begin = LineBegin(lines, found);
      const size_t end = LineEnd(lines, found);
      if (FindMatch(lines.substr(begin, end - begin), 0) != kNone) return begin;
      from = end + 1;
    }
    return kNone;
  }

  std::optional<Match> Find(ByteView line, size_t from) const override {
    std::optional<Match> match = First(*match_, line, from);
    if (!whole_words_) return match;
    const size_t began = from;
    while (match) {
      if (!WordBefore(line, match->begin) && !WordAt(line, match->begin + match->size))
        return match;
      const size_t begin = match->begin;
      match = Shorter(line, *match, began);
      if (!match) match = First(*match_, line, begin + 1);
    }
    return std::nullopt;
  }

 private:
  static absl::StatusOr<std::unique_ptr<re2::RE2>> Make(const std::string& text) {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_longest_match(true);
    options.set_log_errors(false);
    options.set_max_mem(kMaxMemory);
    auto made = std::make_unique<re2::RE2>(text, options);
    switch (made->error_code()) {
      case re2::RE2::NoError:
        return made;
      case re2::RE2::ErrorRepeatSize:
        return absl::InvalidArgumentError(
            absl::StrCat("repetitions in one another that make more than ", kMaxRepeat,
                         "; write it with fewer"));
      case re2::RE2::ErrorPatternTooLarge:
        return absl::ResourceExhaustedError(
            "too large once it is compiled; write it with fewer repetitions, or as several "
            "searches");
      default:
        return absl::InvalidArgumentError(made->error());
    }
  }

  // The longest string that a line must hold whatever else.
  static std::string LongestRequired(const Needs& needs) {
    if (needs.kind == Needs::Kind::kLiteral) return needs.literal;
    std::string longest;
    std::string run;
    for (const ByteSet& set : needs.sets) {
      if (set.count() == 1) {
        run += static_cast<char>(set._Find_first());
      } else {
        run.clear();
      }
      if (run.size() > longest.size()) longest = run;
    }
    if (needs.kind != Needs::Kind::kAll) return longest;
    for (const Needs& part : needs.parts) {
      std::string found = LongestRequired(part);
      if (found.size() > longest.size()) longest = std::move(found);
    }
    return longest;
  }

  // Whether some byte beyond ASCII stands there alone.
  static bool HasHighByte(const Expression& expression) {
    constexpr size_t kAscii = 0x80;
    if (expression.kind == Expression::Kind::kBytes && expression.bytes.count() == 1)
      return (expression.bytes >> kAscii).any();
    return std::any_of(expression.parts.begin(), expression.parts.end(), HasHighByte);
  }

  static Expression WithoutLineEnds(Expression expression) {
    if (expression.kind == Expression::Kind::kLineEnd) return Expression::Bytes({});
    for (Expression& part : expression.parts) part = WithoutLineEnds(std::move(part));
    return expression;
  }

  static std::optional<Match> First(const re2::RE2& automaton, ByteView line, size_t from) {
    if (from > line.size()) return std::nullopt;
    re2::StringPiece found;
    if (!automaton.Match(Piece(line), from, line.size(), re2::RE2::UNANCHORED, &found, 1))
      return std::nullopt;
    return Match{static_cast<size_t>(found.data() - line.data()), found.size()};
  }

  size_t FindMatch(ByteView lines, size_t from) const {
    const std::optional<Match> found = First(whole_words_ ? *line_ : *match_, lines, from);
    if (!found || (found->begin == lines.size() && !lines.empty() && lines.back() == '\n'))
      return kNone;
    return LineBegin(lines, found->begin);
  }

  // grep's way to a match that is no word: a shorter one at the same place. That it cuts the line
  // shorter the farther the search `began` in it is grep's too.
  std::optional<Match> Shorter(ByteView line, const Match& match, size_t began) const {
    if (match.size == 0 || match.begin + match.size - 1 < match.begin + began) return std::nullopt;
    const ByteView cut = line.substr(0, match.begin + match.size - 1 - began);
    re2::StringPiece found;
    if (!shorter_->Match(Piece(cut), match.begin, cut.size(), re2::RE2::ANCHOR_START, &found, 1) ||
        found.empty()) {
      return std::nullopt;
    }
    return Match{match.begin, found.size()};
  }

  bool whole_words_ = false;
  std::unique_ptr<re2::RE2> match_;
  std::unique_ptr<re2::RE2> line_;     // with whole_words_: of what the line must have
  std::unique_ptr<re2::RE2> shorter_;  // likewise: of a match in a line that was cut
  std::string required_;               // of which each line that matches has one
};

Pattern::Pattern(Query query, std::unique_ptr<Matcher> matcher)
    : query_(std::move(query)), matcher_(std::move(matcher)) {}
Pattern::Pattern(Pattern&& other) noexcept = default;
Pattern& Pattern::operator=(Pattern&& other) noexcept = default;
Pattern::~Pattern() = default;

namespace {

// The string that the expression is, if it is one.
std::optional<std::string> AsLiteral(const Expression& expression) {
  const std::span<const Expression> parts =
      expression.kind == Expression::Kind::kConcat ? expression.parts : std::span(&expression, 1);
  std::string literal;
  for (const Expression& part : parts) {
    if (part.kind != Expression::Kind::kBytes || part.bytes.count() != 1) return std::nullopt;
    size_t byte = 0;
    while (!part.bytes[byte]) ++byte;
    literal += static_cast<char>(byte);
  }
  return literal;
}

// A string in which each letter may be in both cases, or in one.
bool IsPlain(const Expression& expression, bool ignore_case) {
  const std::span<const Expression> parts =
      expression.kind == Expression::Kind::kConcat ? expression.parts : std::span(&expression, 1);
  return std::all_of(parts.begin(), parts.end(), [ignore_case](const Expression& part) {
    if (part.kind == Expression::Kind::kEmpty) return true;
    if (part.kind != Expression::Kind::kBytes) return false;
    if (part.bytes.count() == 1) return true;
    if (!ignore_case || part.bytes.count() != 2) return false;
    size_t byte = 0;
    while (!part.bytes[byte]) ++byte;
    return byte >= 'A' && byte <= 'Z' && part.bytes[byte | 0x20];
  });
}

std::vector<std::string> SplitLines(std::span<const std::string> patterns) {
  std::vector<std::string> split;
  for (const std::string& pattern : patterns) {
    for (size_t begin = 0; begin <= pattern.size();) {
      const size_t end = std::min(pattern.find('\n', begin), pattern.size());
      split.push_back(pattern.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  // Each once: lists have many twice.
  std::sort(split.begin(), split.end());
  split.erase(std::unique(split.begin(), split.end()), split.end());
  return split;
}

}  // namespace

absl::StatusOr<Pattern> Pattern::Compile(std::span<const std::string> patterns,
                                         const PatternOptions& options) {
  size_t bytes = 0;
  for (const std::string& pattern : patterns) bytes += pattern.size() + 1;
  if (bytes > kMaxBytes) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "patterns of more than ", kMaxBytes, " bytes together; give them in several searches"));
  }
  Query query;
  query.ignore_case = options.ignore_case;
  if (patterns.empty()) {
    query.needs = Needs::Any({});
    query.exact = true;
    return Pattern(std::move(query), nullptr);
  }
  std::vector<Expression> ways;
  query.exact = !options.whole_words && !options.whole_lines;
  for (const std::string& pattern : SplitLines(patterns)) {
    LOGPRESS_ASSIGN_OR_RETURN(Expression way, Parse(pattern, options.syntax, options.ignore_case));
    query.exact = query.exact && IsPlain(way, options.ignore_case);
    ways.push_back(std::move(way));
  }
  Expression all = Expression::Alternate(std::move(ways));
  std::optional<std::string> literal = AsLiteral(all);
  if (literal && !literal->empty()) {
    query.needs = NeedsOf(all, options.ignore_case);
    return Pattern(std::move(query), std::make_unique<Literal>(*std::move(literal), options));
  }
  LOGPRESS_ASSIGN_OR_RETURN(Expression resolved, ResolveWordEdges(all));
  query.needs = NeedsOf(all, options.ignore_case);
  LOGPRESS_ASSIGN_OR_RETURN(auto matcher, Automaton::Make(resolved, options, query.needs));
  // An OR that was too long to be told is not all that there is to know.
  query.exact = query.exact && (query.needs.kind != Needs::Kind::kNothing || MayBeEmpty(all));
  return Pattern(std::move(query), std::move(matcher));
}

size_t Pattern::FindLine(ByteView lines, size_t from) const {
  return matcher_ == nullptr || from >= lines.size() ? npos : matcher_->FindLine(lines, from);
}

std::optional<Match> Pattern::Find(ByteView line, size_t from) const {
  return matcher_ == nullptr ? std::nullopt : matcher_->Find(line, from);
}

}  // namespace logpress::search
