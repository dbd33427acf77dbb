// What is expected in a slot: values that stood there before in one context or another, and those
// that the row or another one has in a place that was right before.
#include <algorithm>
#include <cstdint>
#include <initializer_list>

#include "backend/mix/row_model.h"
#include "codec/mix/context_hash.h"

namespace logpress::mix {
namespace {

// A value is asked for at most so many times.
constexpr uint32_t kMaxCandidates = 8;
// Other rows are searched for a value so far.
constexpr uint32_t kMaxSearch = 64;

}  // namespace

RowModel::Neighbours RowModel::Near() const {
  constexpr uint32_t kMaxSteps = 6;
  Neighbours near;
  near.leaf = rows_.leaf_count() - rows_.row_begin();
  size_t found = 0;
  for (uint32_t back = 1; back <= std::min(near.leaf, kMaxSteps) && found < near.left.size();
       ++back) {
    // Values whose parts are being coded are not known yet.
    if (const uint32_t value = rows_.Leaf(rows_.leaf_count() - back); value != 0)
      near.left[found++] = value;
  }
  return near;
}

void RowModel::AskSources(const Place& at, const Neighbours& near, CandidateQuery* query) {
  const ColumnState& column = columns_[at.column];
  const auto& left = near.left;
  const int64_t before = RecentTemplate(1);
  const int64_t before2 = RecentTemplate(2);
  source_hashes_ = {
      ContextHash(at.column, 101),
      ContextHash(at.column, 102, left[0]),
      ContextHash(at.column, 103, left[0], left[1]),
      ContextHash(at.column, 104, column.above),
      ContextHash(at.column, 105, left[0], column.above),
      ContextHash(at.kind_column, 106),
      ContextHash(at.kind_column, 107, left[0]),
      ContextHash(at.column, 108, left[2], left[1], left[0]),
      ContextHash(at.column, 109, recent_hashes_[0], left[0]),
      ContextHash(at.kind_column, 110, key_),
      ContextHash(at.column, 111, column.above, column.above2),
  };
  for (const uint64_t hash : source_hashes_) expected_.Prefetch(hash);
  size_t n = 2 * kSlotContexts;
  const uint32_t row = rows_.row();
  const RowLog::Row linked = rows_.At(linked_row_);
  copy_rows_ = {row >= 1 ? row - 1 : kNoRow, row, row >= 2 ? row - 2 : kNoRow, linked_row_};
  copy_hashes_ = {ContextHash(201, before, at.column, near.leaf), ContextHash(202, at.column),
                  ContextHash(203, before2, at.column, near.leaf),
                  ContextHash(204, TemplateNumber(linked.model_template), at.column, near.leaf)};
  for (size_t i = 0; i < kCopySources; ++i) {
    const CopySource& source = copies_[copy_hashes_[i]];
    uint32_t value = kNoValue;
    if (source.leaf != kNoValue && copy_rows_[i] != kNoRow) {
      if (copy_rows_[i] != row) {
        value = rows_.ValueAt(copy_rows_[i], source.leaf);
      } else if (source.leaf < near.leaf) {
        value = rows_.Leaf(rows_.row_begin() + source.leaf);
        if (value == 0) value = kNoValue;
      }
    }
    query->value[n] = value;
    query->confidence[n++] = static_cast<uint8_t>(source.confidence);
  }
  query->value[n] = similar_row_ != kNoRow ? rows_.ValueAt(similar_row_, near.leaf) : kNoValue;
  query->confidence[n++] = similar_row_ != kNoRow ? 1 : 0;
  for (size_t i = 0; i < kSlotContexts; ++i) {
    const Expected* const entry = source_entries_[i] = expected_.Find(source_hashes_[i]);
    query->value[2 * i] = entry->first;
    query->confidence[2 * i] = entry->first_count;
    query->value[2 * i + 1] = entry->second;
    query->confidence[2 * i + 1] = entry->second_count;
  }
  if (left_out_.Any()) DropSources(query);
  // A slot holds values of its kind only.
  for (size_t i = 0; i < n; ++i) {
    uint32_t& value = query->value[i];
    if (value != kNoValue && (value >= values_.size() || values_[value].kind != at.kind))
      value = kNoValue;
  }
  query->contexts = {ContextHash(at.column, 302, left[0]), ContextHash(at.column, 305, before),
                     ContextHash(at.column, 306, left[0], left[1]),
                     ContextHash(at.column, 307, column.misses & 0xff)};
  if (left_out_.Has(Family::kDecisions)) query->contexts.fill(ContextHash(at.column, 308));
  query->place = static_cast<uint32_t>(ContextHash(at.column, 5));
  query->state = static_cast<uint32_t>(ContextHash(at.kind_column, column.misses & 3));
  query->limit = kMaxCandidates;
}

// The sources of a family expect nothing; the numbers are places in source_hashes_.
void RowModel::DropSources(CandidateQuery* query) const {
  const auto drop = [&](Family family, std::initializer_list<size_t> contexts) {
    if (!left_out_.Has(family)) return;
    for (const size_t i : contexts) query->value[2 * i] = query->value[2 * i + 1] = kNoValue;
  };
  drop(Family::kLeft, {1, 2, 4, 6, 7, 8});
  drop(Family::kAbove, {3, 4, 8, 10});
  drop(Family::kShared, {5, 6, 9});
  if (left_out_.Has(Family::kRows)) {
    for (size_t i = 0; i <= kCopySources; ++i) query->value[2 * kSlotContexts + i] = kNoValue;
  }
}

void RowModel::LearnSources(const Neighbours& near, const CandidateQuery& query, uint32_t value,
                            bool refind) {
  // Values inside this one may have taken the entries over.
  for (size_t i = 0; i < kSlotContexts; ++i) {
    Expected* const entry = refind ? expected_.Find(source_hashes_[i]) : source_entries_[i];
    entry->Update(value);
  }
  for (size_t i = 0; i < kCopySources; ++i) {
    if (copy_rows_[i] == kNoRow) continue;
    CopySource& source = copies_[copy_hashes_[i]];
    if (query.value[2 * kSlotContexts + i] == value) {
      source.confidence = std::min(source.confidence + 1, 15u);
    } else if (source.confidence > 1) {
      source.confidence /= 2;
    } else {
      // Find another place that would have been right.
      const bool same_row = copy_rows_[i] == rows_.row();
      const RowLog::Row row = rows_.At(copy_rows_[i]);
      const uint32_t begin = same_row ? rows_.row_begin() : row.begin;
      const uint32_t size = std::min(kMaxSearch, same_row ? near.leaf : row.end - row.begin);
      for (uint32_t leaf = 0; leaf < size; ++leaf) {
        if (rows_.Leaf(begin + leaf) != value) continue;
        source.leaf = leaf;
        source.confidence = 0;
        break;
      }
    }
  }
}

}  // namespace logpress::mix
