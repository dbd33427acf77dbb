#include "statement/statements.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "statement/key.h"
#include "statement/text_maker.h"
#include "statement/tokens.h"

namespace logpress::statement {

std::string IdOf(ByteView text) {
  constexpr int kDigits = 12;
  uint64_t hash = HashBytes(text.data(), text.size(), 0);
  std::string id;
  for (int i = 0; i < kDigits; ++i) {
    id.push_back("0123456789abcdef"[hash >> 60]);
    hash <<= 4;
  }
  return id;
}

namespace {

// Examples of lines from which the text of a statement is made.
constexpr size_t kMostExamples = 256;

// Of all patterns of a statement, in turns.
Vector<ByteView> ExamplesOf(const Deque<Pattern>& patterns, const Vector<size_t>& members) {
  Vector<ByteView> examples;
  for (size_t i = 0; i < PatternCollector::kMostExamples; ++i) {
    for (const size_t member : members) {
      if (examples.size() == kMostExamples) return examples;
      if (i < patterns[member].examples.size()) examples.push_back(patterns[member].examples[i]);
    }
  }
  // Many lines that are all equal have one example, and say as much as two that are not.
  if (examples.size() == 1 && patterns[members[0]].lines >= PatternCollector::kMostExamples)
    examples.push_back(examples[0]);
  return examples;
}

void AddTime(const time::LineTime& time, bool earliest, time::LineTime* kept) {
  if (time.kind == time::TimeKind::kNone) return;
  const bool replaces =
      kept->kind == time::TimeKind::kNone ||
      (kept->kind == time.kind && (earliest ? time.begin < kept->begin : time.begin > kept->begin));
  if (replaces) *kept = time;
}

Form FormOf(TemplateText text) {
  Form form;
  form.id = IdOf(text.text());
  form.types.resize(text.slots(), ValueType::kOther);
  form.text = std::move(text);
  return form;
}

void AddForm(TemplateText text, Statement* statement) {
  const bool known = std::any_of(statement->forms.begin(), statement->forms.end(),
                                 [&](const Form& form) { return form.text.text() == text.text(); });
  if (!known) statement->forms.push_back(FormOf(std::move(text)));
}

void AddExamples(const Pattern& pattern, Statement* statement) {
  const auto shown_enough = [](const auto& shown) {
    return shown.size() >= StatementSet::kShownExamples;
  };
  Vector<ByteView> values;
  for (const ByteView example : pattern.examples) {
    if (std::all_of(statement->examples.begin(), statement->examples.end(), shown_enough)) return;
    if (!statement->form().text.Match(example, /*loose=*/false, &values)) continue;
    for (size_t i = 0; i < values.size(); ++i) {
      Vector<ByteBuffer>& shown = statement->examples[i];
      if (!shown_enough(shown) && std::find(shown.begin(), shown.end(), values[i]) == shown.end())
        shown.emplace_back(values[i]);
    }
  }
}

void NameValues(Statement* statement) {
  Form& form = statement->forms[0];
  std::span<const ByteBuffer> previous;
  for (size_t i = 0; i < form.types.size(); ++i) {
    const std::span<const ByteBuffer> values = statement->examples[i];
    form.types[i] = TypeOf({form.text.piece(i), form.text.piece(i + 1), values, previous});
    previous = values;
  }
}

}  // namespace

StatementSet::StatementSet(const PatternCollector& collector, StatementDetail detail,
                           const MergeOptions& options) {
  const Deque<Pattern>& patterns = collector.patterns();
  const bool all = detail == StatementDetail::kAll;
  any_.forms.push_back(FormOf(TemplateText::OfAny()));
  any_.any = &any_.form();
  Vector<KeyView> keys;
  keys.reserve(patterns.size());
  for (const Pattern& pattern : patterns) keys.push_back(pattern.key);
  MergedKeys merged;
  MergePatterns(std::move(keys), collector.symbols(), options, &merged);

  Vector<Vector<size_t>> members(merged.keys.size());
  Vector<uint32_t> order;
  for (size_t i = 0; i < patterns.size(); ++i) {
    Vector<size_t>& of_key = members[merged.of[i]];
    if (of_key.empty()) order.push_back(merged.of[i]);
    of_key.push_back(i);
  }
  // Statements that look the same are the same.
  TextSet texts;
  TextMaker maker(collector.symbols());
  for (const uint32_t key : order) {
    const Vector<size_t>& of_key = members[key];
    maker.Begin(merged.keys[key], ExamplesOf(patterns, of_key));
    TemplateText text = maker.Fine();
    const uint32_t number = texts.Add(text.text());
    if (number == statements_.size()) {
      Statement& statement = statements_.emplace_back();
      statement.forms.push_back(FormOf(std::move(text)));
      statement.examples.resize(statement.form().types.size());
      statement.any = &any_.form();
    }
    Statement& statement = statements_[number];
    if (all) AddForm(maker.Coarse(), &statement);
    for (const size_t member : of_key) {
      const Pattern& pattern = patterns[member];
      statement.lines += pattern.lines;
      AddTime(pattern.first, true, &statement.first);
      AddTime(pattern.last, false, &statement.last);
      if (!all) continue;
      AddExamples(pattern, &statement);
      masked_.Add(pattern.masked);
      of_masked_.push_back(number);
    }
  }
  if (!all) return;
  for (Statement& statement : statements_) NameValues(&statement);
}

const Form& Statement::FormOf(ByteView content, Vector<ByteView>* values) const {
  for (const Form& form : forms)
    if (form.text.Match(content, /*loose=*/false, values)) return form;
  values->assign(1, content);
  return *any;
}

const Statement& StatementSet::OfMasked(ByteView masked) const {
  uint32_t pattern = masked_.Find(masked);
  if (pattern == TextSet::kNone) pattern = masked_.Find(ByteView(&kValueMark, 1));
  return pattern == TextSet::kNone ? any_ : statements_[of_masked_[pattern]];
}

}  // namespace logpress::statement
