#include "ir/dictionaries.h"

#include <algorithm>

#include "base/memory.h"

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
  columns_.assign(draft.column_count(), ColumnEntry());
  NumberValues(text, seed, draft, arena);
  CountDistinct();
  Group();
  Renumber(draft, arena);
}

// One number for one value, whatever its column, row by row, so that each value is read while it is
// near.
void Dictionaries::NumberValues(ByteView text, uint64_t seed, const TableDraft& draft,
                                Arena* arena) {
  cursors_.clear();
  size_t values = 0;
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    columns_[c].ids = arena->Alloc<uint32_t>(draft.ValuesIn(c));
    cursors_.push_back({columns_[c].ids.data(), {}});
    values += columns_[c].ids.size();
  }
  interner_.Reset(text, seed, values);
  word_ids_.assign(draft.source_count(), kNone);
  draft.ForEachValue(
      [this](uint32_t c, Slice value) {
        Cursor& cursor = cursors_[c];
        __builtin_prefetch(cursor.next + 16, 1);
        *cursor.next++ = interner_.Intern(value, &cursor.last);
      },
      [this](uint32_t c, Slice value, uint32_t word) {
        uint32_t& id = word_ids_[word];
        if (id == kNone) id = interner_.Intern(value);
        *cursors_[c].next++ = id;
      });
}

// Numbers each column's values anew, by themselves.
void Dictionaries::CountDistinct() {
  distinct_.clear();
  marks_.assign(interner_.values().size(), Mark{kNone, 0});
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    ColumnEntry& column = columns_[c];
    column.distinct_begin = distinct_.size();
    for (uint32_t& id : column.ids) {
      Mark& mark = marks_[id];
      if (mark.of != c) {
        mark = {c, static_cast<uint32_t>(distinct_.size() - column.distinct_begin)};
        distinct_.push_back(id);
      }
      id = mark.number;
    }
    column.distinct_count = distinct_.size() - column.distinct_begin;
    column.dictionary = c;
  }
}

uint32_t Dictionaries::Root(uint32_t column) {
  while (columns_[column].dictionary != column) column = columns_[column].dictionary;
  return column;
}

// Every distinct value is owned by the first column that has it; a column is put together with the
// owner of most of its values.
void Dictionaries::Group() {
  marks_.assign(marks_.size(), Mark{kNone, 0});
  shared_.assign(columns_.size(), 0);
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    const std::span<const uint32_t> distinct = DistinctOf(columns_[c]);
    if (distinct.size() < kMinGrouped) continue;
    owners_.clear();
    for (const uint32_t value : distinct) {
      uint32_t& owner = marks_[value].of;
      if (owner == kNone) owner = c;
      if (owner != c && shared_[owner]++ == 0) owners_.push_back(owner);
    }
    uint32_t best = kNone;
    for (const uint32_t o : owners_) {
      const size_t fewer = std::min(distinct.size(), columns_[o].distinct_count);
      if (shared_[o] * kSharedPart >= fewer && (best == kNone || shared_[o] > shared_[best]))
        best = o;
    }
    if (best != kNone) columns_[c].dictionary = Root(best);
    for (const uint32_t o : owners_) shared_[o] = 0;
  }
}

void Dictionaries::Renumber(const TableDraft& draft, Arena* arena) {
  dictionaries_.assign(columns_.size(), Dictionary());
  members_.clear();
  for (uint32_t c = 0; c < columns_.size(); ++c) {
    columns_[c].dictionary = Root(c);
    members_.push_back({columns_[c].dictionary, c});
    Dictionary& dictionary = dictionaries_[columns_[c].dictionary];
    dictionary.values += columns_[c].ids.size();
    ++dictionary.columns;
  }
  std::sort(members_.begin(), members_.end());
  bool any = false;
  for (const auto& [d, c] : members_) {
    Dictionary& dictionary = dictionaries_[d];
    if (dictionary.columns > 1) {
      any = true;
      continue;
    }
    const std::span<Slice> values = arena->Alloc<Slice>(columns_[c].distinct_count);
    for (size_t i = 0; i < values.size(); ++i) values[i] = ValueOf(columns_[c], i);
    dictionary.distinct = values;
  }
  if (!any) return;
  FindPlaces();
  RenumberRows(draft, arena);
}

// Finds a place for every value of a dictionary that columns share, the same from each of them.
void Dictionaries::FindPlaces() {
  marks_.assign(marks_.size(), Mark{kNone, 0});
  place_.resize(distinct_.size());
  uint32_t places = 0;
  for (const auto& [d, c] : members_) {
    if (dictionaries_[d].columns < 2) continue;
    const ColumnEntry& column = columns_[c];
    for (size_t i = 0; i < column.distinct_count; ++i) {
      Mark& mark = marks_[distinct_[column.distinct_begin + i]];
      if (mark.of != d) mark = {d, places++};
      place_[column.distinct_begin + i] = mark.number;
    }
  }
  number_.assign(places, kNone);
}

// Gives the values of columns that share a dictionary common numbers, in row order.
void Dictionaries::RenumberRows(const TableDraft& draft, Arena* arena) {
  const std::span<const DraftTemplate> templates = draft.templates();
  shared_slots_.clear();
  shared_slots_begin_.assign(1, 0);
  for (const DraftTemplate& entry : templates) {
    for (const DraftSlot& slot : entry.slots) {
      if (IsGrouped(slot.column)) shared_slots_.push_back(slot.column);
    }
    shared_slots_begin_.push_back(static_cast<uint32_t>(shared_slots_.size()));
  }
  cursors_.clear();
  for (const ColumnEntry& column : columns_) cursors_.push_back({column.ids.data(), {}});
  if (common_.size() < columns_.size()) common_.resize(columns_.size());
  for (Vector<Slice>& values : common_) values.clear();
  for (const uint32_t t : draft.row_template()) {
    for (uint32_t i = shared_slots_begin_[t]; i < shared_slots_begin_[t + 1]; ++i) {
      const uint32_t c = shared_slots_[i];
      ColumnEntry& column = columns_[c];
      uint32_t*& next = cursors_[c].next;
      __builtin_prefetch(next + 16);
      uint32_t& id = *next++;
      uint32_t& number = number_[place_[column.distinct_begin + id]];
      if (number == kNone) {
        Vector<Slice>& values = common_[column.dictionary];
        number = static_cast<uint32_t>(values.size());
        values.push_back(ValueOf(column, id));
        ++column.came_first;
      }
      id = number;
    }
  }
  for (uint32_t d = 0; d < dictionaries_.size(); ++d) {
    if (dictionaries_[d].columns > 1)
      dictionaries_[d].distinct = arena->Copy(std::span<const Slice>(common_[d]));
  }
}

}  // namespace logpress::ir
