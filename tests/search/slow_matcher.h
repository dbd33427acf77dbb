// A second matcher, slow and obviously right: tries every way through an expression.
#ifndef LOGPRESS_TESTS_SEARCH_SLOW_MATCHER_H_
#define LOGPRESS_TESTS_SEARCH_SLOW_MATCHER_H_

#include <algorithm>
#include <set>
#include <string_view>

#include "search/expression.h"

namespace logpress::search {

class SlowMatcher {
 public:
  explicit SlowMatcher(std::string_view line) : line_(line) {}

  // Where matches that begin at `at` may end.
  std::set<size_t> Ends(const Expression& e, size_t at) const {
    using Kind = Expression::Kind;
    switch (e.kind) {
      case Kind::kEmpty:
        return {at};
      case Kind::kBytes:
        if (at < line_.size() && e.bytes[static_cast<unsigned char>(line_[at])]) return {at + 1};
        return {};
      case Kind::kConcat: {
        std::set<size_t> ends{at};
        for (const Expression& part : e.parts) ends = EndsOfAll(part, ends);
        return ends;
      }
      case Kind::kAlternate: {
        std::set<size_t> ends;
        for (const Expression& part : e.parts) ends.merge(Ends(part, at));
        return ends;
      }
      case Kind::kRepeat: {
        std::set<size_t> ends{at};
        for (int i = 0; i < e.min; ++i) ends = EndsOfAll(e.parts[0], ends);
        std::set<size_t> all = ends;
        for (int i = e.min; e.max == Expression::kNoMax || i < e.max; ++i) {
          ends = EndsOfAll(e.parts[0], ends);
          const size_t known = all.size();
          all.insert(ends.begin(), ends.end());
          if (all.size() == known) break;
        }
        return all;
      }
      default:
        return IsPlace(e.kind, at) ? std::set<size_t>{at} : std::set<size_t>{};
    }
  }

 private:
  std::set<size_t> EndsOfAll(const Expression& part, const std::set<size_t>& begins) const {
    std::set<size_t> ends;
    for (const size_t begin : begins) ends.merge(Ends(part, begin));
    return ends;
  }

  bool IsPlace(Expression::Kind kind, size_t at) const {
    using Kind = Expression::Kind;
    const bool before = at > 0 && IsWordByte(line_[at - 1]);
    const bool behind = at < line_.size() && IsWordByte(line_[at]);
    switch (kind) {
      case Kind::kLineBegin:
        return at == 0;
      case Kind::kLineEnd:
        return at == line_.size();
      case Kind::kWordBegin:
        return !before && behind;
      case Kind::kWordEnd:
        return before && !behind;
      case Kind::kWordEdge:
        return before != behind;
      default:
        return before == behind;
    }
  }

  const std::string_view line_;
};

}  // namespace logpress::search

#endif  // LOGPRESS_TESTS_SEARCH_SLOW_MATCHER_H_
