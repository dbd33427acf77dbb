// Lines of JSON whose members come in any order.
//
// A writer that keeps its objects in a hash map puts their members in another order in every line,
// and every order would be a template of its own. Members are rows then, instead of lines: each has
// its template, however they are put together.
#ifndef LOGPRESS_TEXT_JSON_MEMBERS_H_
#define LOGPRESS_TEXT_JSON_MEMBERS_H_

#include "base/bytes.h"
#include "base/memory.h"
#include "text/tokenizer.h"

namespace logpress::text {

// Whether a sample of the lines of `text` consists mostly of objects whose members are in many
// orders, which members that are not always there make too. Takes time for the sample only.
bool HasManyOrders(ByteView text);

// Divides `text` into rows and appends them to *rows: lines, and these behind the opening brace of
// an object and behind the comma of each of its members. Text in strings divides nothing.
void SplitMembers(ByteView text, Vector<Slice>* rows);

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_JSON_MEMBERS_H_
