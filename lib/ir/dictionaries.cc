#include "ir/dictionaries.h"

#include <algorithm>

namespace logpress::ir {
namespace {

using text::Slice;

constexpr uint32_t kNone = ~uint32_t{0};
// Columns of fewer distinct values gain nothing from company.
constexpr size_t kMinGrouped = 16;
// Two columns are put together if they share at least one value in this many of the one that has
// fewer.
constexpr size_t kSharedPart = 4;

}  // namespace

void Dictionaries::Build(ByteView text, uint64_t seed, const TableDraft& draft, Arena* arena) {
  const uint32_t count = draft.column_count();
  while (interners_.size() < count) interners_.push_back(std::make_unique<Interner>());
  columns_.assign(count, ColumnEntry());
  struct Cursor {
    uint32_t* id;
    Interner* interner;
  };
  std::vector<Cursor> cursors(count);
  for (uint32_t c = 0; c < count; ++c) {
    interners_[c]->Reset(text, seed);
    columns_[c].ids = arena->Alloc<uint32_t>(draft.ValuesIn(c));
    columns_[c].dictionary = c;
    cursors[c] = {columns_[c].ids.data(), interners_[c].get()};
  }
  // Row by row, so that each value is read while it is near.
  draft.ForEachValue([&cursors](uint32_t c, Slice value) {
    Cursor& cursor = cursors[c];
    *cursor.id++ = cursor.interner->Intern(value);
  });
  for (uint32_t c = 0; c < count; ++c)
    columns_[c].distinct = arena->Copy(std::span<const Slice>(interners_[c]->values()));
  Group(text, seed);
  dictionaries_.assign(columns_.size(), Dictionary());
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    ColumnEntry& column = columns_[c];
    column.dictionary = Root(c);
    Dictionary& dictionary = dictionaries_[column.dictionary];
    dictionary.distinct = column.distinct;
    dictionary.values += column.ids.size();
    ++dictionary.columns;
  }
  Renumber(text, seed, draft, arena);
}

uint32_t Dictionaries::Root(uint32_t column) {
  while (columns_[column].dictionary != column) column = columns_[column].dictionary;
  return column;
}

// Every distinct value is owned by the first column that has it; a column is put together with the
// owner of most of its values.
void Dictionaries::Group(ByteView text, uint64_t seed) {
  owners_.Reset(text, seed);
  std::vector<uint32_t> owner;
  std::vector<uint32_t> shared(columns_.size(), 0);
  std::vector<uint32_t> owners;
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    const std::span<const Slice> distinct = columns_[c].distinct;
    if (distinct.size() < kMinGrouped) continue;
    owners.clear();
    for (const Slice& value : distinct) {
      const uint32_t id = owners_.Intern(value);
      if (id == owner.size()) owner.push_back(c);
      const uint32_t o = owner[id];
      if (o != c && shared[o]++ == 0) owners.push_back(o);
    }
    uint32_t best = kNone;
    for (const uint32_t o : owners) {
      const size_t fewer = std::min(distinct.size(), columns_[o].distinct.size());
      if (shared[o] * kSharedPart >= fewer && (best == kNone || shared[o] > shared[best])) best = o;
    }
    if (best != kNone) columns_[c].dictionary = Root(best);
    for (const uint32_t o : owners) shared[o] = 0;
  }
}

// Gives the values of columns that share a dictionary common numbers, in row order.
void Dictionaries::Renumber(ByteView text, uint64_t seed, const TableDraft& draft, Arena* arena) {
  std::vector<std::vector<uint32_t>> common(
      columns_.size());  // per column: its number -> the common number
  std::vector<bool> reset(columns_.size(), false);
  bool any = false;
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    const uint32_t dictionary = columns_[c].dictionary;
    if (dictionaries_[dictionary].columns < 2) continue;
    any = true;
    common[c].assign(columns_[c].distinct.size(), kNone);
    if (!reset[dictionary]) interners_[dictionary]->Reset(text, seed);
    reset[dictionary] = true;
  }
  if (!any) return;
  std::vector<uint32_t> next(columns_.size(), 0);
  for (const uint32_t t : draft.row_template()) {
    for (const DraftSlot& slot : draft.templates()[t].slots) {
      std::vector<uint32_t>& numbers = common[slot.column];
      if (numbers.empty()) continue;
      ColumnEntry& column = columns_[slot.column];
      uint32_t& id = column.ids[next[slot.column]++];
      if (numbers[id] == kNone)
        numbers[id] = interners_[column.dictionary]->Intern(column.distinct[id]);
      id = numbers[id];
    }
  }
  for (uint32_t d = 0; d < columns_.size(); ++d) {
    if (!reset[d]) continue;
    dictionaries_[d].distinct = arena->Copy(std::span<const Slice>(interners_[d]->values()));
  }
}

}  // namespace logpress::ir
