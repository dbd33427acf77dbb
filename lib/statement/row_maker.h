// Lines with what they were written with: header, statement and values.
#ifndef LOGPRESS_STATEMENT_ROW_MAKER_H_
#define LOGPRESS_STATEMENT_ROW_MAKER_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/header.h"
#include "statement/patterns.h"
#include "statement/statements.h"
#include "statement/tokens.h"
#include "time/line_times.h"

namespace logpress::statement {

// Borrows the line, the headers and the statements.
struct Row {
  uint64_t number = 0;  // lines before it
  const Header* header = nullptr;
  Vector<ByteView> fields;  // of the header, one for each of its names
  time::LineTime time;      // the line's own
  ByteView content;
  const Statement* statement = nullptr;
  // With the values it gives back the content.
  const Form* form = nullptr;
  Vector<ByteView> values;
};

// One thread at a time; any number of makers may use one set.
class RowMaker {
 public:
  // Borrows both, which come from one collector.
  RowMaker(const StatementSet* statements, const Vector<HeaderFrom>* headers)
      : statements_(*statements), headers_(*headers) {
    row_.header = &none_;
  }

  // `line` has no newline, and `number` lines stand before it in the logs that the collector saw;
  // the numbers of calls grow. The row stays until the next call.
  const Row& Make(ByteView line, uint64_t number) {
    Begin(line, number);
    return Finish();
  }
  // The same in two steps, for who wants the times of all lines and the rest of some: the first
  // returns the line's own time. Borrows `line`.
  const time::LineTime& Begin(ByteView line, uint64_t number);
  const Row& Finish();

 private:
  const StatementSet& statements_;
  const Vector<HeaderFrom>& headers_;
  const Header none_;
  size_t next_header_ = 0;
  time::LineClock clock_{{}};
  ByteView line_;
  Row row_;
  Vector<Token> tokens_;
  ByteBuffer masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_ROW_MAKER_H_
