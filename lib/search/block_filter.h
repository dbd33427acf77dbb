// Which rows of a block may match, told from ids and numbers; those are made bytes of, no others.
#ifndef LOGPRESS_SEARCH_BLOCK_FILTER_H_
#define LOGPRESS_SEARCH_BLOCK_FILTER_H_

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "base/memory.h"
#include "codec/decoded_table.h"
#include "codec/decoder.h"
#include "codec/outline.h"
#include "search/plan.h"
#include "search/value_reach.h"

namespace logpress::search {

// What is known of a template's rows: the literals that all of them have, and those that some may
// have beside. Only for rows that are whole lines.
struct TemplateChance {
  Literals always = 0;
  Literals maybe = 0;
};

// The rows of one block against one plan. One thread at a time.
class BlockFilter : public codec::ListGate {
 public:
  // Borrows all; the table is only described yet.
  BlockFilter(const Plan& plan, const codec::BlockTables& tables);

  // Judges the templates by what values are made of.
  void Judge(const Vector<codec::ListOutline>& lists);
  // After that: some dictionaries decide which rows match, as some value of theirs may be part of a
  // match by what is known. False if too many literals would have to be told apart by them.
  bool OpenValues();
  // Those of which values are to be read next, for each whether it is one: all small ones, or the
  // smallest. Empty if no more are to be read.
  Vector<uint8_t> NextToRead();
  // Judges again, by the values that were read.
  void JudgeValues();
  // Whether its rows are still to be read, when a dictionary has been read but for these.
  bool Wants(size_t dictionary, const codec::DecodedTable& rows) override;

  // After Judge, and once no more are to be read: finds out which templates touch a match.
  void FindTouching();
  // Likewise, which slots do.
  void FindDecidingSlots();
  // After that, whether a row of a template may be part of a match.
  bool Touches(uint32_t t) const { return touches_[t] != 0; }

  // Whether some row has a newline before its end, in its template or in one of these values. Rows
  // are then no parts of lines, and nothing below is of use.
  bool newline_inside() const { return newline_inside_; }
  static bool NewlineInside(const Vector<codec::ListOutline>& lists);
  // Whether each row is a line; or else a row of a template ends one.
  bool rows_are_lines() const { return open_rows_ == 0; }
  bool EndsLine(uint32_t t) const { return open_[t] == 0; }

  // Whether a line of the block may match at all.
  bool MayMatch() const;
  // What rows of a template do that are lines.
  bool Never(uint32_t t) const { return !plan_.Met(chances_[t].always | chances_[t].maybe); }
  bool Always(uint32_t t) const { return plan_.Met(chances_[t].always); }

  // Likewise, whether this row may match, which is a line.
  bool MayMatch(uint32_t t, std::span<const int64_t> slots) const;

  // Where the automata are in a line of several rows.
  struct LineState {
    Vector<States> states;  // of each of the plan's automata

    void Start() { std::fill(states.begin(), states.end(), kStart); }
  };
  LineState StartLine() const { return {Vector<States>(plan_.automata().size(), kStart)}; }
  // Likewise: goes over the next row of a line.
  void Run(uint32_t t, std::span<const int64_t> slots, LineState* line) const;
  // Whether the line may match that ends there.
  bool MayMatch(const LineState& line) const;

 private:
  void Judge();
  States RunAny(size_t k, uint32_t t, States states) const;
  States RunBack(size_t k, uint32_t t, States after) const;
  template <typename Lead>
  States Closure(States states, const Lead& lead) const;
  States RunRow(size_t k, uint32_t t, std::span<const int64_t> slots, States states) const;
  States RunNumber(size_t k, const codec::DecodedColumn& column, int64_t value,
                   States states) const;
  void JudgeTemplate(size_t k, uint32_t t);
  Literals OpenLiterals(uint32_t t) const;
  const Reach& ReachOfColumn(size_t k, const codec::DecodedColumn& column) const;
  std::pair<States, States> AroundRows(size_t k) const;
  void Decide();
  bool Decides(size_t d) const;
  bool ValuesMatter(uint32_t t, std::span<const int64_t> slots) const;
  void MarkDeciding(size_t k, uint32_t t, States before, States after);

  const Plan& plan_;
  const codec::DecodedTable& table_;
  bool newline_inside_ = false;     // of some row
  uint64_t open_rows_ = 0;          // that end without a newline
  Vector<uint8_t> open_;            // of each template: whether its rows do
  Vector<TemplateChance> chances_;  // of each template
  Vector<uint8_t> touches_;         // likewise
  Vector<uint8_t> by_numbers_;      // likewise: whether numbers may be part of a match
  Vector<uint8_t> known_;           // of each dictionary: whether it was read
  // Of each template from deciding_begin_ on: its slots with values of dictionaries that decide.
  Vector<uint32_t> deciding_slots_;
  Vector<uint32_t> deciding_begin_;
  Vector<NumberReaches> reaches_;  // of each of the plan's automata
  Vector<Reach> numbers_;          // likewise: of each kind of numbers
  Vector<Reach> dictionaries_;     // likewise
  Vector<Step> literals_;          // likewise: of each literal of a template
  Vector<uint8_t> decides_;        // likewise: whether each dictionary may be part of a match
  Vector<ValueSteps> values_;      // likewise: of each dictionary that was read and decides
  Literals lines_ = 0;             // that rows may have together, where they are not lines
  Literals open_literals_ = 0;     // of which values_ are known
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_BLOCK_FILTER_H_
