// The distinct values of a table's columns, and which columns hold the same ones.
//
// The address that one statement logs is the address that the next statement logs: columns that
// share values share a dictionary, so that a value is stored once and one column can predict
// another.
#ifndef LOGPRESS_IR_DICTIONARIES_H_
#define LOGPRESS_IR_DICTIONARIES_H_

#include <cstdint>
#include <span>
#include <utility>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "ir/interner.h"
#include "ir/table_draft.h"

namespace logpress::ir {

// Reused table after table. One thread at a time. The spans it returns live in the arena.
class Dictionaries {
 public:
  // Numbers the values of all columns of `draft`. `seed`: see Interner::Reset.
  void Build(ByteView text, uint64_t seed, const TableDraft& draft, Arena* arena);

  // Per value of the column, its number in the column's dictionary.
  std::span<const uint32_t> IdsOf(uint32_t column) const { return columns_[column].ids; }
  // The dictionary that the column uses: a number below the count of columns.
  uint32_t DictionaryOf(uint32_t column) const { return columns_[column].dictionary; }
  // Whether the column shares its dictionary.
  bool IsGrouped(uint32_t column) const {
    return dictionaries_[columns_[column].dictionary].columns > 1;
  }
  // Whether most values of the column came first in another one, which has the same dictionary.
  bool Repeats(uint32_t column) const {
    const ColumnEntry& entry = columns_[column];
    return IsGrouped(column) && entry.came_first * size_t{2} < entry.distinct_count;
  }
  // The distinct values of a dictionary, numbered in the order in which rows first use them.
  std::span<const text::Slice> Distinct(uint32_t dictionary) const {
    return dictionaries_[dictionary].distinct;
  }
  // Values in all columns of a dictionary.
  uint64_t ValuesIn(uint32_t dictionary) const { return dictionaries_[dictionary].values; }

 private:
  struct ColumnEntry {
    std::span<uint32_t> ids;
    size_t distinct_begin;  // of its values, in distinct_
    size_t distinct_count;
    uint32_t dictionary;
    uint32_t came_first;  // values that no other column of its dictionary had before
  };
  struct Dictionary {
    std::span<const text::Slice> distinct;
    uint64_t values = 0;
    uint32_t columns = 0;
  };
  // Where the next id of a column goes, and what it had last.
  struct Cursor {
    uint32_t* next;
    Interner::Last last;
  };
  // What was last said of a value: about which column or dictionary, and which number it has there.
  struct Mark {
    uint32_t of;
    uint32_t number;
  };

  void NumberValues(ByteView text, uint64_t seed, const TableDraft& draft, Arena* arena);
  void CountDistinct();
  void Group();
  void Renumber(const TableDraft& draft, Arena* arena);
  void FindPlaces();
  void RenumberRows(const TableDraft& draft, Arena* arena);

  uint32_t Root(uint32_t column);
  std::span<const uint32_t> DistinctOf(const ColumnEntry& column) const {
    return std::span(distinct_).subspan(column.distinct_begin, column.distinct_count);
  }
  // The value that the column itself calls `id`.
  text::Slice ValueOf(const ColumnEntry& column, size_t id) const {
    return interner_.values()[distinct_[column.distinct_begin + id]];
  }

  Interner interner_;  // all values of all columns
  Vector<ColumnEntry> columns_;
  Vector<Dictionary> dictionaries_;
  Vector<uint32_t> distinct_;  // the interner's numbers of each column's values, column by column
  Vector<Mark> marks_;         // per value of the interner
  // What the steps need, kept for its memory.
  Vector<Cursor> cursors_;     // per column
  Vector<uint32_t> word_ids_;  // per source of the draft, of words; kNone as long as unknown
  Vector<uint32_t> shared_;
  Vector<uint32_t> owners_;
  Vector<std::pair<uint32_t, uint32_t>> members_;  // dictionary, column
  Vector<uint32_t> place_;                         // beside distinct_
  Vector<uint32_t> number_;                        // per place
  Vector<uint32_t> shared_slots_;
  Vector<uint32_t> shared_slots_begin_;
  Vector<Vector<text::Slice>> common_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_DICTIONARIES_H_
