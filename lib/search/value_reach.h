// What values may do to an automaton: by what is known of them without reading them, and by
// themselves.
#ifndef LOGPRESS_SEARCH_VALUE_REACH_H_
#define LOGPRESS_SEARCH_VALUE_REACH_H_

#include <cstdint>
#include <string>

#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/outline.h"
#include "search/automaton.h"

namespace logpress::search {

// Of numbers or timestamps.
Reach ReachOf(const Automaton& automaton, const codec::NumberKind& kind);
// The same of many columns of few kinds. One thread at a time.
class NumberReaches {
 public:
  // Borrows the automaton.
  explicit NumberReaches(const Automaton& automaton) : automaton_(&automaton) {}

  const Automaton& automaton() const { return *automaton_; }
  const Reach& Of(const codec::NumberKind& kind);

 private:
  const Automaton* automaton_;
  Map<uint32_t, Reach> numbers_;        // by radix and width
  Map<std::string, Reach> timestamps_;  // by their patterns
};

// Of the values of a dictionary.
Reach ReachOf(NumberReaches* numbers, const codec::ListHead& head, const codec::ListOutline& list);
// Of the rows of a table whose dictionaries have their values.
Reach ReachOf(NumberReaches* numbers, const codec::DecodedTable& table);

// Which step each of some values makes: most the first, which is that of values that have nothing
// to do with the literal.
struct ValueSteps {
  Vector<uint32_t> step_of;
  Vector<Step> steps;
};
ValueSteps StepsOf(const Automaton& automaton, const codec::StringList& values);
Reach ReachOf(const Automaton& automaton, const ValueSteps& values);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_VALUE_REACH_H_
