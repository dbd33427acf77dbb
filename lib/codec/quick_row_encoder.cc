#include "codec/quick_row_encoder.h"

#include <algorithm>

#include "base/memory.h"
#include "codec/byte_planes.h"

namespace logpress::codec {
namespace {

using ir::Column;

// How many values of a column ahead its memory is asked for: a cache line.
constexpr size_t kIdsAhead = 16;

// Makes at least `count` empty lists of *lists.
template <typename T>
void Empty(size_t count, Vector<Vector<T>>* lists) {
  if (lists->size() < count) lists->resize(count);
  for (size_t i = 0; i < count; ++i) (*lists)[i].clear();
}

}  // namespace

void QuickRowEncoder::EncodeNumbers(std::span<const int64_t> values, NumberCoder numbers,
                                    ByteBuffer* meta, ByteBuffer* coded) {
  residuals_.clear();
  for (const int64_t value : values) {
    residuals_.push_back(numbers.ResidualOf(value));
    numbers.Learn(value);
  }
  PutPlanes(std::span<const uint64_t>(residuals_), meta, coded);
}

void QuickRowEncoder::Prepare(const ir::Table& table, std::span<const ColumnState> columns,
                              std::span<const DictionaryState> dictionaries,
                              const Vector<uint32_t>& next) {
  dictionaries_.assign(dictionaries.size(), QuickDictionary());
  for (size_t d = 0; d < dictionaries.size(); ++d) {
    dictionaries_[d].key = dictionaries[d].key;
    dictionaries_[d].known = dictionaries[d].known;
  }
  sources_.clear();
  for (size_t c = 0; c < columns.size(); ++c) {
    const Column& column = table.columns[c];
    sources_.push_back({column.numbers.values.data(),
                        column.ids.data(),
                        next[c],
                        column.dictionary,
                        {columns[c].key, columns[c].ids.coding, 0}});
  }
  slots_.clear();
  slot_begin_.assign(1, 0);
  mask_begin_.assign(1, 0);
  for (const ir::Template& entry : table.templates) {
    for (const uint32_t c : entry.columns) {
      const Column& column = table.columns[c];
      const bool number = column.kind == Column::Kind::kNumbers;
      if (number || dictionaries[column.dictionary].distinct > 1) slots_.push_back({c, number});
    }
    const auto slots = static_cast<uint32_t>(slots_.size()) - slot_begin_.back();
    slot_begin_.push_back(static_cast<uint32_t>(slots_.size()));
    mask_begin_.push_back(mask_begin_.back() +
                          (slots + QuickRowModel::kMaskBits - 1) / QuickRowModel::kMaskBits);
  }
  Empty(mask_begin_.back(), &masks_);
  Empty(columns.size(), &missed_ids_);
  Empty(columns.size(), &missed_numbers_);
}

void QuickRowEncoder::EncodeRows(const ir::Table& table, std::span<const uint32_t> row_template,
                                 Models* models, uint64_t key, std::span<ColumnState> columns,
                                 std::span<const DictionaryState> dictionaries,
                                 Vector<uint32_t>* next, ByteBuffer* meta, ByteBuffer* coded) {
  QuickRowModel rows(&models->quick, key);
  Prepare(table, columns, dictionaries, *next);
  for (const uint32_t t : row_template) {
    rows.StartRow(t);
    EncodeRow(std::span(slots_).subspan(slot_begin_[t], slot_begin_[t + 1] - slot_begin_[t]),
              mask_begin_[t], &rows, columns);
  }
  for (size_t c = 0; c < columns.size(); ++c) (*next)[c] = sources_[c].next;
  if (table.templates.size() > 1) PutPlanes(row_template, meta, coded);
  for (uint32_t m = 0; m < mask_begin_.back(); ++m)
    PutPlanes(std::span<const uint8_t>(masks_[m]), meta, coded);
  for (size_t c = 0; c < columns.size(); ++c) {
    if (table.columns[c].kind == Column::Kind::kNumbers) {
      PutPlanes(std::span<const uint64_t>(missed_numbers_[c]), meta, coded);
    } else {
      PutPlanes(std::span<const uint32_t>(missed_ids_[c]), meta, coded);
    }
  }
}

void QuickRowEncoder::EncodeRow(std::span<const Slot> slots, uint32_t mask, QuickRowModel* rows,
                                std::span<ColumnState> columns) {
  for (size_t begin = 0; begin < slots.size(); begin += QuickRowModel::kMaskBits) {
    uint32_t missed = 0;
    const size_t end = std::min(slots.size(), begin + QuickRowModel::kMaskBits);
    for (size_t i = begin; i < end; ++i) {
      const Slot slot = slots[i];
      const uint32_t bit = uint32_t{1} << (i - begin);
      Source& source = sources_[slot.column];
      if (slot.number) {
        NumberCoder& numbers = columns[slot.column].numbers;
        numbers.Enter(rows->left());
        const int64_t value = source.numbers[source.next++];
        if (value != numbers.Expected()) {
          missed |= bit;
          missed_numbers_[slot.column].push_back(numbers.ResidualOf(value));
        }
        numbers.Learn(value);
      } else {
        const uint32_t* const next = source.ids + source.next++;
        // Thousands of columns are more streams than a processor sees by itself.
        __builtin_prefetch(next + kIdsAhead);
        const uint32_t id = *next;
        QuickDictionary& dictionary = dictionaries_[source.dictionary];
        const QuickRowModel::Expected expected = rows->Expect(source.model);
        if (expected.id != id) {
          missed |= bit;
          missed_ids_[slot.column].push_back(
              dictionary.CodeOf(id, source.model.coding, source.model.last));
        }
        rows->Learn(expected, id, &dictionary, &source.model);
      }
    }
    masks_[mask++].push_back(static_cast<uint8_t>(missed));
  }
}

}  // namespace logpress::codec
