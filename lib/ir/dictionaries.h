// The distinct values of a table's columns, and which columns hold the same ones.
//
// The address that one statement logs is the address that the next statement logs: columns that
// share values share a dictionary, so that a value is stored once and one column can predict
// another.
#ifndef LOGPRESS_IR_DICTIONARIES_H_
#define LOGPRESS_IR_DICTIONARIES_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/arena.h"
#include "base/bytes.h"
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
  // The distinct values of a dictionary, numbered in the order in which rows first use them.
  std::span<const text::Slice> Distinct(uint32_t dictionary) const {
    return dictionaries_[dictionary].distinct;
  }
  // Values in all columns of a dictionary.
  uint64_t ValuesIn(uint32_t dictionary) const { return dictionaries_[dictionary].values; }

 private:
  struct ColumnEntry {
    std::span<uint32_t> ids;
    std::span<const text::Slice> distinct;  // of the column alone
    uint32_t dictionary;
  };
  struct Dictionary {
    std::span<const text::Slice> distinct;
    uint64_t values = 0;
    uint32_t columns = 0;
  };

  void Group(ByteView text, uint64_t seed);
  void Renumber(ByteView text, uint64_t seed, const TableDraft& draft, Arena* arena);
  uint32_t Root(uint32_t column);

  std::vector<ColumnEntry> columns_;
  std::vector<Dictionary> dictionaries_;
  std::vector<std::unique_ptr<Interner>> interners_;  // one a column
  Interner owners_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_DICTIONARIES_H_
