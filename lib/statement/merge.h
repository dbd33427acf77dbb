// Which patterns of lines are one statement.
//
// A place where words vary while all else is equal is a slot, if they vary freely: how many it
// takes depends on what kind of place it is. Behind "name=" a few are enough, for what stands there
// is a value by the intention of who wrote it; at the front of a message, or before ':' and '=', it
// takes more, for that is where programs put the names of what they do. Places that vary in most
// ways come first, since what they merge makes others equal. Before that: texts in quotes that vary
// are values (quoted.h). Then: brackets may be empty or
// missing, and Name(value) may stand for a value.
#ifndef LOGPRESS_STATEMENT_MERGE_H_
#define LOGPRESS_STATEMENT_MERGE_H_

#include <cstdint>
#include <span>

#include "base/memory.h"
#include "statement/key.h"

namespace logpress::statement {

// How many different words make a place a slot.
struct MergeOptions {
  uint32_t words = 5;         // anywhere
  uint32_t identifiers = 3;   // where half of them are names of things (words.h)
  uint32_t after_equals = 4;  // behind "name="
  uint32_t after_cue = 2;     // behind "user", "host"
  uint32_t labels =
      12;  // at the front, or before ':' or '=', if little else is the same; texts in quotes
};

// Which patterns are of one statement.
struct MergedKeys {
  KeySet keys;          // of statements, and others
  Vector<uint32_t> of;  // for each pattern, the number of its statement's key
};

// Of the keys of patterns, which are distinct; fills *merged, which is empty. Deterministic:
// depends on the order of the patterns.
void MergePatterns(Vector<KeyView> patterns, const Symbols& symbols, const MergeOptions& options,
                   MergedKeys* merged);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_MERGE_H_
