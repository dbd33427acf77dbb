// The statements of logs: what a program wrote its lines with.
//
//   PatternCollector collector;                       // of any number of blocks, archives, logs
//   ...
//   const StatementSet statements(collector.patterns());
#ifndef LOGPRESS_STATEMENT_STATEMENTS_H_
#define LOGPRESS_STATEMENT_STATEMENTS_H_

#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/merge.h"
#include "statement/patterns.h"
#include "statement/template_text.h"
#include "statement/value_types.h"
#include "time/line_times.h"

namespace logpress::statement {

// The id of a statement: twelve hexadecimal digits that its text alone decides, so that it is the
// same wherever the statement is.
std::string IdOf(ByteView text);

struct Statement {
  std::string id;
  ByteBuffer text;
  TemplateText form;
  uint64_t lines = 0;
  time::LineTime first;  // of the earliest and the latest line that has a time
  time::LineTime last;
  // Some values of each slot, the first that were seen.
  Vector<Vector<ByteBuffer>> examples;
  Vector<ValueType> types;  // one a slot
};

class StatementSet {
 public:
  static constexpr size_t kShownExamples = 3;
  static constexpr size_t kNone = ~size_t{0};

  explicit StatementSet(const Deque<Pattern>& patterns, const MergeOptions& options = {});

  // In order of first occurrence.
  const Vector<Statement>& statements() const { return statements_; }
  // The place of the statement of patterns[i].
  size_t OfPattern(size_t i) const { return of_pattern_[i]; }
  // The place of the statement to which the content of a line belongs; kNone if it is of no pattern
  // that was seen.
  size_t Find(ByteView content);

 private:
  void NameValues();
  void AddExamples(const Pattern& pattern, Statement* statement);

  Vector<Statement> statements_;
  Vector<size_t> of_pattern_;
  Map<ByteBuffer, size_t> of_masked_;
  Vector<Token> tokens_;
  ByteBuffer masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_STATEMENTS_H_
