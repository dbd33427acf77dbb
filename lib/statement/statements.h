// The statements of logs: what a program wrote its lines with.
//
//   PatternCollector collector;                       // of any number of blocks, archives, logs
//   ...
//   const StatementSet statements(collector);
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
#include "statement/text_set.h"
#include "statement/value_types.h"
#include "time/line_times.h"

namespace logpress::statement {

// The id of a template: twelve hexadecimal digits that its text alone decides, so that it is the
// same wherever the template is. That of a statement is that of its first.
std::string IdOf(ByteView text);

// A template of a statement.
struct Form {
  std::string id;  // IdOf(text)
  TemplateText text;
  Vector<ValueType> types;  // one a slot; kOther where nothing was looked at
};

struct Statement {
  // That of nearly all lines; then those of lines with other values than any that was looked at.
  Vector<Form> forms;
  const Form* any = nullptr;  // of lines that none of these fits
  // Of the first form, some values of each slot, the first that were seen.
  Vector<Vector<ByteBuffer>> examples;
  uint64_t lines = 0;
  time::LineTime first;  // of the earliest and the latest line that has a time
  time::LineTime last;

  const Form& form() const { return forms[0]; }
  const std::string& id() const { return forms[0].id; }
  ByteView text() const { return forms[0].text.text(); }
  // The form of a line of the statement, and its values: put into the text they are the content,
  // byte for byte.
  const Form& FormOf(ByteView content, Vector<ByteView>* values) const;
};

// What is made of statements: only their texts, counts and times; or also what rows need, examples
// of values, and the types of these.
enum class StatementDetail : uint8_t { kCounts, kAll };

class StatementSet {
 public:
  static constexpr size_t kShownExamples = 3;

  explicit StatementSet(const PatternCollector& collector,
                        StatementDetail detail = StatementDetail::kAll,
                        const MergeOptions& options = {});
  StatementSet(const StatementSet&) = delete;
  StatementSet& operator=(const StatementSet&) = delete;

  // In order of first occurrence.
  const Vector<Statement>& statements() const { return statements_; }
  // The statement of lines whose content is `masked`, as by AppendMasked(): one of statements(),
  // or, if it is no pattern that was seen, that of any line.
  const Statement& OfMasked(ByteView masked) const;

 private:
  Vector<Statement> statements_;
  Statement any_;
  TextSet masked_;  // of patterns
  Vector<uint32_t> of_masked_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_STATEMENTS_H_
