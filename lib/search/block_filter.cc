#include "search/block_filter.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "codec/escape.h"
#include "ir/number_format.h"
#include "search/value_reach.h"

namespace logpress::search {
namespace {

// Literals of which every value is compared with all: each takes four bytes a value.
constexpr int kMaxOpen = 8;
// Dictionaries of no more values are read together: judging after each would take as long.
constexpr uint32_t kFewValues = 2048;

}  // namespace

BlockFilter::BlockFilter(const Plan& plan, const codec::BlockTables& tables)
    : plan_(plan),
      table_(tables.table()),
      open_(table_.templates.size(), 0),
      chances_(table_.templates.size()) {
  for (size_t t = 0; t < table_.templates.size(); ++t) {
    const codec::DecodedTemplate& entry = table_.templates[t];
    for (uint32_t i = 0; i <= entry.column_count; ++i) {
      ByteView literal = table_.literals[entry.literal_begin + i];
      if (i == entry.column_count) {
        open_[t] = !literal.ends_with('\n');
        if (open_[t] == 0) literal.remove_suffix(1);
      }
      if (literal.find('\n') != ByteView::npos) newline_inside_ = true;
    }
    if (open_[t] != 0) open_rows_ += tables.RowsOf(static_cast<uint32_t>(t));
  }
  const size_t automata = plan.automata().size();
  numbers_.reserve(automata * table_.numbers.size());
  literals_.reserve(automata * table_.literals.size());
  for (const Automaton& automaton : plan.automata()) {
    NumberReaches& numbers = reaches_.emplace_back(automaton);
    for (const codec::NumberKind& kind : table_.numbers) numbers_.push_back(numbers.Of(kind));
    for (size_t i = 0; i < table_.literals.size(); ++i)
      literals_.push_back(automaton.StepOf(table_.literals[i]));
  }
}

// Where any number of rows may lead, one behind the other, of any templates.
template <typename Lead>
States BlockFilter::Closure(States states, const Lead& lead) const {
  for (States before = 0; before != states;) {
    before = states;
    for (uint32_t t = 0; t < table_.templates.size(); ++t) states |= lead(t, before);
  }
  return states;
}

// The states that rows in a line may begin with, and those at their ends from which the rows behind
// may reach the literal's end.
std::pair<States, States> BlockFilter::AroundRows(size_t k) const {
  return {Closure(kStart, [&](uint32_t t, States at) { return RunAny(k, t, at); }),
          Closure(plan_.automata()[k].found(),
                  [&](uint32_t t, States at) { return RunBack(k, t, at); })};
}

void BlockFilter::Judge(const Vector<codec::ListOutline>& lists) {
  dictionaries_.clear();
  for (NumberReaches& numbers : reaches_) {
    for (size_t d = 0; d < lists.size(); ++d)
      dictionaries_.push_back(ReachOf(&numbers, table_.dictionaries[d].head, lists[d]));
  }
  Judge();
}

bool BlockFilter::NewlineInside(const Vector<codec::ListOutline>& lists) {
  constexpr char kEscaped[] = {codec::kEscape, '\n' + codec::kEscapedOffset};
  for (const codec::ListOutline& list : lists) {
    if (list.text.find(ByteView(kEscaped, sizeof(kEscaped))) != ByteView::npos) return true;
    if (list.table == nullptr) continue;
    const codec::DecodedTable& rows = list.table->table;
    if (rows.literals.bytes.find('\n') != ByteBuffer::npos || NewlineInside(list.table->lists)) {
      return true;
    }
  }
  return false;
}

// Those that a template's rows may have and that some of them have not.
Literals BlockFilter::OpenLiterals(uint32_t t) const {
  return Never(t) ? 0 : chances_[t].maybe & ~chances_[t].always;
}

bool BlockFilter::OpenValues() {
  Literals open = lines_;
  for (uint32_t t = 0; t < chances_.size() && rows_are_lines(); ++t) open |= OpenLiterals(t);
  if (std::popcount(open) > kMaxOpen) return false;
  open_literals_ = open;
  values_.resize(plan_.automata().size() * table_.dictionaries.size());
  known_.assign(table_.dictionaries.size(), 0);
  return true;
}

Vector<uint8_t> BlockFilter::NextToRead() {
  Decide();
  const size_t dictionaries = table_.dictionaries.size();
  Vector<uint8_t> next(dictionaries, 0);
  bool few = false;
  size_t least = dictionaries;
  for (size_t d = 0; d < dictionaries; ++d) {
    if (known_[d] != 0 || !Decides(d)) continue;
    const uint32_t count = table_.dictionaries[d].head.count;
    next[d] = static_cast<uint8_t>(count <= kFewValues);
    few = few || next[d] != 0;
    if (least == dictionaries || count < table_.dictionaries[least].head.count) least = d;
  }
  if (few) return next;
  next.assign(least == dictionaries ? 0 : dictionaries, 0);
  if (!next.empty()) next[least] = 1;
  return next;
}

bool BlockFilter::Decides(size_t d) const {
  for (size_t i = d; i < decides_.size(); i += table_.dictionaries.size()) {
    if (decides_[i] != 0) return true;
  }
  return false;
}

bool BlockFilter::Wants(size_t d, const codec::DecodedTable& rows) {
  if (known_[d] != 0 || table_.dictionaries[d].head.count <= kFewValues) return true;
  for (Literals open = open_literals_; open != 0; open &= open - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(open));
    const size_t i = k * table_.dictionaries.size() + d;
    if (decides_[i] != 0) dictionaries_[i] = ReachOf(&reaches_[k], rows);
  }
  Decide();
  return Decides(d);
}

void BlockFilter::Decide() {
  decides_.assign(plan_.automata().size() * table_.dictionaries.size(), 0);
  by_numbers_.assign(chances_.size(), 0);
  const auto templates = static_cast<uint32_t>(chances_.size());
  if (rows_are_lines()) {
    for (uint32_t t = 0; t < templates; ++t) {
      for (Literals open = OpenLiterals(t); open != 0; open &= open - 1) {
        const auto k = static_cast<size_t>(std::countr_zero(open));
        MarkDeciding(k, t, kStart, plan_.automata()[k].found());
      }
    }
    return;
  }
  for (Literals open = lines_; open != 0; open &= open - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(open));
    const auto [before, after] = AroundRows(k);
    for (uint32_t t = 0; t < templates; ++t) MarkDeciding(k, t, before, after);
  }
}

// A dictionary decides if a way to the literal's end goes through it: one that its states lead to
// from the left, and from which the end is reached on the right.
void BlockFilter::MarkDeciding(size_t k, uint32_t t, States before, States after) {
  const Automaton& automaton = plan_.automata()[k];
  const codec::DecodedTemplate& entry = table_.templates[t];
  const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
  const Step* const literals = &literals_[k * table_.literals.size() + entry.literal_begin];
  Vector<States> to_column;
  States states = automaton.Run(before, literals[0]);
  for (size_t i = 0; i < columns.size(); ++i) {
    to_column.push_back(states);
    states = automaton.Run(states, ReachOfColumn(k, table_.columns[columns[i]]));
    states = automaton.Run(states, literals[i + 1]);
  }
  for (size_t i = columns.size(); i-- > 0;) {
    const codec::DecodedColumn& column = table_.columns[columns[i]];
    const Reach& reach = ReachOfColumn(k, column);
    after = automaton.Before(after, literals[i + 1]);
    if (automaton.Crosses(to_column[i], reach, after)) {
      uint8_t& decides = column.numeric ? by_numbers_[t]
                                        : decides_[k * table_.dictionaries.size() + column.source];
      decides = 1;
    }
    after = automaton.Before(after, reach);
  }
}

void BlockFilter::JudgeValues() {
  const size_t dictionaries = table_.dictionaries.size();
  for (size_t d = 0; d < dictionaries; ++d) {
    if (known_[d] != 0 || !Decides(d) || table_.dictionaries[d].values.offsets.empty()) continue;
    known_[d] = 1;
    for (Literals open = open_literals_; open != 0; open &= open - 1) {
      const auto k = static_cast<size_t>(std::countr_zero(open));
      const size_t i = k * dictionaries + d;
      if (decides_[i] == 0) continue;
      values_[i] = StepsOf(plan_.automata()[k], table_.dictionaries[d].values);
      dictionaries_[i] = ReachOf(plan_.automata()[k], values_[i]);
    }
  }
  Judge();
}

void BlockFilter::FindTouching() {
  const auto templates = static_cast<uint32_t>(chances_.size());
  touches_.assign(templates, static_cast<uint8_t>(plan_.Met(0)));
  if (rows_are_lines()) {
    for (uint32_t t = 0; t < templates; ++t) touches_[t] = static_cast<uint8_t>(!Never(t));
    return;
  }
  for (Literals open = lines_; open != 0; open &= open - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(open));
    const auto [before, after] = AroundRows(k);
    const States begun = before & ~plan_.automata()[k].found();
    for (uint32_t t = 0; t < templates; ++t) {
      if ((RunAny(k, t, begun) & after & ~kStart) != 0) touches_[t] = 1;
    }
  }
}

void BlockFilter::Judge() {
  std::fill(chances_.begin(), chances_.end(), TemplateChance());
  for (size_t k = 0; k < plan_.automata().size(); ++k) {
    for (uint32_t t = 0; t < table_.templates.size(); ++t) JudgeTemplate(k, t);
  }
  if (rows_are_lines()) return;
  // A row may go on with what those before it began, in any order.
  lines_ = 0;
  for (size_t k = 0; k < plan_.automata().size(); ++k) {
    const States states = Closure(kStart, [&](uint32_t t, States at) { return RunAny(k, t, at); });
    if (plan_.automata()[k].Found(states)) lines_ |= Literals{1} << k;
  }
}

const Reach& BlockFilter::ReachOfColumn(size_t k, const codec::DecodedColumn& column) const {
  return column.numeric ? numbers_[k * table_.numbers.size() + column.source]
                        : dictionaries_[k * table_.dictionaries.size() + column.source];
}

// What any row of a template may do.
States BlockFilter::RunAny(size_t k, uint32_t t, States states) const {
  const Automaton& automaton = plan_.automata()[k];
  const codec::DecodedTemplate& entry = table_.templates[t];
  const Step* literal = &literals_[k * table_.literals.size() + entry.literal_begin];
  states = automaton.Run(states, *literal);
  for (const uint32_t c : table_.ColumnsOf(entry)) {
    const codec::DecodedColumn& column = table_.columns[c];
    states = automaton.Run(states, ReachOfColumn(k, column));
    states = automaton.Run(states, *++literal);
  }
  return states;
}

// The states from which some row of a template leads to one of `after`.
States BlockFilter::RunBack(size_t k, uint32_t t, States after) const {
  const Automaton& automaton = plan_.automata()[k];
  const codec::DecodedTemplate& entry = table_.templates[t];
  const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
  const Step* const literals = &literals_[k * table_.literals.size() + entry.literal_begin];
  for (size_t i = columns.size(); i-- > 0;) {
    after = automaton.Before(after, literals[i + 1]);
    after = automaton.Before(after, ReachOfColumn(k, table_.columns[columns[i]]));
  }
  return automaton.Before(after, literals[0]);
}

void BlockFilter::JudgeTemplate(size_t k, uint32_t t) {
  const Automaton& automaton = plan_.automata()[k];
  const codec::DecodedTemplate& entry = table_.templates[t];
  for (uint32_t i = 0; i <= entry.column_count; ++i) {
    if (automaton.Found(literals_[k * table_.literals.size() + entry.literal_begin + i].fresh))
      chances_[t].always |= Literals{1} << k;
  }
  if (automaton.Found(RunAny(k, t, kStart))) chances_[t].maybe |= Literals{1} << k;
}

bool BlockFilter::MayMatch() const {
  if (!rows_are_lines()) return plan_.Met(lines_);
  for (uint32_t t = 0; t < chances_.size(); ++t) {
    if (!Never(t)) return true;
  }
  return false;
}

// A number itself, or what any timestamp may do.
States BlockFilter::RunNumber(size_t k, const codec::DecodedColumn& column, int64_t value,
                              States states) const {
  const Automaton& automaton = plan_.automata()[k];
  const codec::NumberKind& kind = table_.numbers[column.source];
  const States any = automaton.Run(states, numbers_[k * table_.numbers.size() + column.source]);
  if (kind.timestamps != nullptr || (any & ~(states & automaton.found())) == kStart) return any;
  char bytes[ir::kMaxNumberSize];
  return automaton.Run(states, ByteView(bytes, ir::Render(kind.format, value, bytes)));
}

States BlockFilter::RunRow(size_t k, uint32_t t, std::span<const int64_t> slots,
                           States states) const {
  const Automaton& automaton = plan_.automata()[k];
  const codec::DecodedTemplate& entry = table_.templates[t];
  const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
  const Step* literal = &literals_[k * table_.literals.size() + entry.literal_begin];
  const ValueSteps* const values = values_.data() + k * table_.dictionaries.size();
  states = automaton.Run(states, *literal);
  for (size_t i = 0; i < columns.size(); ++i) {
    const codec::DecodedColumn& column = table_.columns[columns[i]];
    if (column.numeric) {
      states = RunNumber(k, column, slots[i], states);
    } else {
      const ValueSteps& known = values[column.source];
      const uint32_t step =
          known.step_of.empty() ? 0 : known.step_of[static_cast<size_t>(slots[i])];
      states = step == 0 ? kStart | (states & automaton.found())
                         : automaton.Run(states, known.steps[step]);
    }
    states = automaton.Run(states, *++literal);
  }
  return states;
}

void BlockFilter::FindDecidingSlots() {
  deciding_slots_.clear();
  deciding_begin_.assign(1, 0);
  for (const codec::DecodedTemplate& entry : table_.templates) {
    const std::span<const uint32_t> columns = table_.ColumnsOf(entry);
    for (uint32_t i = 0; i < columns.size(); ++i) {
      const codec::DecodedColumn& column = table_.columns[columns[i]];
      if (!column.numeric && Decides(column.source)) deciding_slots_.push_back(i);
    }
    deciding_begin_.push_back(static_cast<uint32_t>(deciding_slots_.size()));
  }
}

// Whether some value of the row has to do with a literal that is to be told apart.
bool BlockFilter::ValuesMatter(uint32_t t, std::span<const int64_t> slots) const {
  if (by_numbers_[t] != 0) return true;
  const uint32_t* const columns = &table_.template_columns[table_.templates[t].column_begin];
  for (uint32_t n = deciding_begin_[t]; n < deciding_begin_[t + 1]; ++n) {
    const uint32_t slot = deciding_slots_[n];
    const size_t d = table_.columns[columns[slot]].source;
    for (Literals open = open_literals_; open != 0; open &= open - 1) {
      const auto k = static_cast<size_t>(std::countr_zero(open));
      const ValueSteps& values = values_[k * table_.dictionaries.size() + d];
      if (!values.step_of.empty() && values.step_of[static_cast<size_t>(slots[slot])] != 0)
        return true;
    }
  }
  return false;
}

bool BlockFilter::MayMatch(uint32_t t, std::span<const int64_t> slots) const {
  Literals found = chances_[t].always;
  if (plan_.Met(found)) return true;
  if (!ValuesMatter(t, slots)) return false;
  for (Literals rest = chances_[t].maybe & ~found; rest != 0; rest &= rest - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(rest));
    if (plan_.automata()[k].Found(RunRow(k, t, slots, kStart))) found |= Literals{1} << k;
  }
  return plan_.Met(found);
}

void BlockFilter::Run(uint32_t t, std::span<const int64_t> slots, LineState* line) const {
  for (Literals rest = open_literals_; rest != 0; rest &= rest - 1) {
    const auto k = static_cast<size_t>(std::countr_zero(rest));
    States& states = line->states[k];
    states =
        Touches(t) ? RunRow(k, t, slots, states) : kStart | (states & plan_.automata()[k].found());
  }
}

bool BlockFilter::MayMatch(const LineState& line) const {
  Literals found = 0;
  for (size_t k = 0; k < line.states.size(); ++k) {
    if (plan_.automata()[k].Found(line.states[k])) found |= Literals{1} << k;
  }
  return plan_.Met(found);
}

}  // namespace logpress::search
