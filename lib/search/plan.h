// A query made ready for searching blocks: its literals as automata, and what finding some of them
// means.
#ifndef LOGPRESS_SEARCH_PLAN_H_
#define LOGPRESS_SEARCH_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "search/automaton.h"
#include "search/needs.h"

namespace logpress::search {

// A set of a plan's literals.
using Literals = uint64_t;

// Immutable; any threads.
class Plan {
 public:
  // More literals than these are not looked for, as if every line had them.
  static constexpr size_t kMaxLiterals = 32;

  explicit Plan(const Query& query);

  const std::vector<Automaton>& automata() const { return automata_; }
  // Of each of these, the letters that a match has, a capital where it may be either, and NUL where
  // it may have others or none.
  const std::vector<std::string>& letters() const { return letters_; }
  // Whether a line that has the literals of `found`, and no other, may match ...
  bool Met(Literals found) const { return Met(needs_, found); }
  // ... and does: what it meets is all that is asked.
  bool exact() const { return exact_; }

 private:
  struct Node {
    Needs::Kind kind = Needs::Kind::kNothing;
    size_t literal = 0;
    std::vector<Node> parts;
  };

  Node Compile(const Needs& needs, bool ignore_case);
  static bool Met(const Node& node, Literals found);

  std::vector<Automaton> automata_;
  std::vector<std::vector<ByteSet>> literals_;  // of automata_
  std::vector<std::string> letters_;            // likewise
  Node needs_;
  bool exact_;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_PLAN_H_
