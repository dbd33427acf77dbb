// Texts in quotes that are values.
#ifndef LOGPRESS_STATEMENT_QUOTED_H_
#define LOGPRESS_STATEMENT_QUOTED_H_

#include <cstdint>

#include "base/memory.h"
#include "statement/key.h"

namespace logpress::statement {

// Makes a value of a text in quotes where all else of the line is equal and `least` texts stand, or
// one and a value: what a client calls itself, a query. Not at the front, nor behind ':' and '=',
// for there stand messages. A word stays. New keys are made in the arena.
void MergeQuoted(const Symbols& symbols, uint32_t least, Vector<KeyView>* keys, TextArena* arena);

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_QUOTED_H_
