// Patterns as grep takes them, compiled: what lines match, and where.
//
// Lines are bytes. Any pattern takes time linear in what is searched, and bounded memory: RE2's
// automata do the work, or memmem(3) for a plain string. Patterns may be hostile.
#ifndef LOGPRESS_SEARCH_PATTERN_H_
#define LOGPRESS_SEARCH_PATTERN_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "base/bytes.h"
#include "search/needs.h"
#include "search/parse.h"

namespace logpress::search {

struct PatternOptions {
  Syntax syntax = Syntax::kExtended;
  bool ignore_case = false;  // of the letters A to Z
  bool whole_words = false;  // no byte of a word before and behind a match
  bool whole_lines = false;  // goes before whole_words
};

// Where a match stands in a line.
struct Match {
  size_t begin = 0;
  size_t size = 0;
};

// Immutable; any threads.
class Pattern {
 public:
  // Bytes of all patterns together.
  static constexpr size_t kMaxBytes = size_t{1} << 20;

  // Matches what any of `patterns` matches; a newline divides one into several, as in grep. No
  // pattern matches no line, and an empty one all. kInvalidArgument with "what; what to do" for
  // what is no pattern or cannot be searched for, kResourceExhausted when it is too large.
  static absl::StatusOr<Pattern> Compile(std::span<const std::string> patterns,
                                         const PatternOptions& options);
  Pattern(Pattern&& other) noexcept;
  Pattern& operator=(Pattern&& other) noexcept;
  ~Pattern();

  // What a line holds that matches.
  const Query& query() const { return query_; }

  // Goes through `lines` from `from` on, where a line begins, and returns where the first line that
  // matches begins; npos when none does. The last line may lack its newline.
  size_t FindLine(ByteView lines, size_t from) const;

  // The longest of the first matches in `line`, which has no newline, that begin at or behind
  // `from`.
  std::optional<Match> Find(ByteView line, size_t from) const;

  static constexpr size_t npos = ByteView::npos;

 private:
  class Matcher;
  class Literal;
  class Automaton;

  Pattern(Query query, std::unique_ptr<Matcher> matcher);

  Query query_;
  std::unique_ptr<Matcher> matcher_;  // null: no line matches
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_PATTERN_H_
