// What values may do to an automaton, by what is known of them without reading them.
#ifndef LOGPRESS_SEARCH_VALUE_REACH_H_
#define LOGPRESS_SEARCH_VALUE_REACH_H_

#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/outline.h"
#include "search/automaton.h"

namespace logpress::search {

// Of numbers or timestamps.
Reach ReachOf(const Automaton& automaton, const codec::NumberKind& kind);
// Of the values of a dictionary.
Reach ReachOf(const Automaton& automaton, const codec::ListHead& head,
              const codec::ListOutline& list);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_VALUE_REACH_H_
