// What bytes a line must hold if it is to match a pattern: a necessary condition, and so the means
// to leave out lines, groups and blocks unread.
#ifndef LOGPRESS_SEARCH_NEEDS_H_
#define LOGPRESS_SEARCH_NEEDS_H_

#include <bitset>
#include <string>
#include <utility>
#include <vector>

namespace logpress::search {

using ByteSet = std::bitset<256>;

// A tree of literals under AND and OR, as in "Regular Expression Matching with a Trigram Index"
// (R. Cox, 2012), but of literals of any length. Immutable once made; any threads.
struct Needs {
  enum class Kind {
    kNothing,  // any line may match
    kLiteral,  // the line holds `literal`
    kSets,     // the line holds a byte of each of `sets`, one behind the other
    kAll,      // each of `parts` is met
    kAny,      // at least one of `parts` is met; without parts no line matches
  };

  static Needs Literal(std::string bytes) { return {Kind::kLiteral, std::move(bytes), {}, {}}; }
  static Needs Sets(std::vector<ByteSet> sets) { return {Kind::kSets, {}, std::move(sets), {}}; }
  static Needs All(std::vector<Needs> parts) { return {Kind::kAll, {}, {}, std::move(parts)}; }
  static Needs Any(std::vector<Needs> parts) { return {Kind::kAny, {}, {}, std::move(parts)}; }

  Kind kind = Kind::kNothing;
  std::string literal;  // at least one byte, and no newline; a lower-case one with `ignore_case`
  std::vector<ByteSet> sets;  // at least one; none is empty or has the newline
  std::vector<Needs> parts;
};

// What is known of a query before a line is looked at.
struct Query {
  Needs needs;
  bool ignore_case = false;  // of the letters A to Z in all literals
  // A line matches whenever it meets `needs`: nobody has to look at it for that.
  bool exact = false;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_NEEDS_H_
