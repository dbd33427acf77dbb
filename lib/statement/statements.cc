#include "statement/statements.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "statement/key.h"
#include "statement/tokens.h"

namespace logpress::statement {
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
  return examples;
}

void AddTime(const time::LineTime& time, bool earliest, time::LineTime* kept) {
  if (time.kind == time::TimeKind::kNone) return;
  const bool replaces =
      kept->kind == time::TimeKind::kNone ||
      (kept->kind == time.kind && (earliest ? time.begin < kept->begin : time.begin > kept->begin));
  if (replaces) *kept = time;
}

}  // namespace

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

StatementSet::StatementSet(const Deque<Pattern>& patterns, const MergeOptions& options) {
  Symbols symbols;
  Vector<Key> keys;
  for (const Pattern& pattern : patterns) {
    Tokenize(pattern.examples[0], &tokens_);
    keys.push_back(symbols.KeyOf(pattern.examples[0], tokens_));
  }
  const Vector<Key> merged = MergePatterns(keys, symbols, options);

  KeyMap<Vector<size_t>> members;
  Vector<const Key*> order;
  for (size_t i = 0; i < merged.size(); ++i) {
    const auto [entry, added] = members.try_emplace(merged[i]);
    if (added) order.push_back(&entry->first);
    entry->second.push_back(i);
  }
  of_pattern_.resize(patterns.size());
  // Statements that look the same are the same.
  Map<ByteBuffer, size_t> of_text;
  for (const Key* const key : order) {
    const Vector<size_t>& of_key = members[*key];
    TemplateText form = MakeText(*key, symbols, ExamplesOf(patterns, of_key));
    ByteBuffer text = form.Text();
    const auto [entry, added] = of_text.try_emplace(text, statements_.size());
    if (added) {
      Statement& statement = statements_.emplace_back();
      statement.id = IdOf(text);
      statement.text = std::move(text);
      statement.form = std::move(form);
      statement.examples.resize(statement.form.slots());
    }
    Statement& statement = statements_[entry->second];
    for (const size_t member : of_key) {
      const Pattern& pattern = patterns[member];
      statement.lines += pattern.lines;
      AddTime(pattern.first, true, &statement.first);
      AddTime(pattern.last, false, &statement.last);
      AddExamples(pattern, &statement);
      of_masked_.emplace(pattern.masked, entry->second);
      of_pattern_[member] = entry->second;
    }
  }
  NameValues();
}

void StatementSet::NameValues() {
  for (Statement& statement : statements_) {
    for (size_t i = 0; i < statement.form.slots(); ++i) {
      statement.types.push_back(
          TypeOf({statement.form.piece(i), statement.form.piece(i + 1), statement.examples[i]}));
    }
  }
}

void StatementSet::AddExamples(const Pattern& pattern, Statement* statement) {
  Vector<ByteView> values;
  for (const ByteBuffer& example : pattern.examples) {
    if (!statement->form.Match(example, /*loose=*/true, &values)) continue;
    for (size_t i = 0; i < values.size(); ++i) {
      Vector<ByteBuffer>& shown = statement->examples[i];
      if (shown.size() < kShownExamples &&
          std::find(shown.begin(), shown.end(), values[i]) == shown.end())
        shown.emplace_back(values[i]);
    }
  }
}

size_t StatementSet::Find(ByteView content) {
  Tokenize(content, &tokens_);
  masked_.clear();
  AppendMasked(content, tokens_, &masked_);
  auto found = of_masked_.find(masked_);
  if (found == of_masked_.end()) found = of_masked_.find(ByteBuffer(1, kValueMark));
  return found == of_masked_.end() ? kNone : found->second;
}

}  // namespace logpress::statement
