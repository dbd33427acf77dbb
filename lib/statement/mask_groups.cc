#include "statement/mask_groups.h"

#include <algorithm>

#include "base/hash.h"

namespace logpress::statement {
namespace {

constexpr size_t kFirstTable = 1024;

}  // namespace

void MaskGroups::Begin(const RowTable& table) {
  table_ = &table;
  if (value_masks_.bytes() > kMostMaskBytes) value_masks_.Clear();
  groups_.clear();
  masks_.clear();
  hashes_.clear();
  slots_.assign(kFirstTable, 0);

  Vector<uint32_t> first_values;
  known_masks_.clear();
  only_masks_.clear();
  for (const auto& dictionary : table.dictionaries) {
    first_values.push_back(static_cast<uint32_t>(known_masks_.size()));
    for (const ByteView value : dictionary) known_masks_.push_back(value_masks_.Of(value));
    only_masks_.push_back(OnlyMask(first_values.back()));
  }
  templates_.clear();
  text_slots_.clear();
  for (const RowTable::Template& entry : table.templates) {
    const auto begin = static_cast<uint32_t>(text_slots_.size());
    const std::span<const uint32_t> columns = table.ColumnsOf(entry);
    for (size_t i = 0; i < columns.size(); ++i) {
      const RowTable::Column& column = table.columns[columns[i]];
      if (column.numeric || only_masks_[column.dictionary] != kNone) continue;
      text_slots_.push_back({static_cast<uint32_t>(i), first_values[column.dictionary]});
    }
    templates_.push_back({begin, static_cast<uint32_t>(text_slots_.size()), kNone});
  }
}

// What all masks from `first` on are; kNone if they differ.
uint32_t MaskGroups::OnlyMask(size_t first) const {
  if (first == known_masks_.size()) return kNone;
  const uint32_t mask = known_masks_[first];
  const auto behind = known_masks_.begin() + static_cast<long>(first);
  return std::all_of(behind, known_masks_.end(), [&](uint32_t each) { return each == mask; })
             ? mask
             : kNone;
}

uint32_t MaskGroups::GroupOf(uint32_t t, std::span<const int64_t> values) {
  Template& entry = templates_[t];
  const std::span<const TextSlot> slots = TextSlotsOf(entry);
  // Most rows are as the one before of their template.
  if (entry.last_group != kNone) {
    const uint32_t* mask = masks_.data() + groups_[entry.last_group].masks;
    if (std::all_of(slots.begin(), slots.end(),
                    [&](const TextSlot& each) { return MaskOf(each, values) == *mask++; }))
      return entry.last_group;
  }
  row_masks_.clear();
  uint64_t hash = t;
  for (const TextSlot& each : slots) {
    row_masks_.push_back(MaskOf(each, values));
    hash = HashMix(hash, row_masks_.back());
  }
  const size_t wrap = slots_.size() - 1;
  size_t slot = HashMix(hash, t) & wrap;
  for (; slots_[slot] != 0; slot = (slot + 1) & wrap) {
    const Group& group = groups_[slots_[slot] - 1];
    if (group.t == t && std::equal(row_masks_.begin(), row_masks_.end(),
                                   masks_.begin() + static_cast<long>(group.masks)))
      return entry.last_group = slots_[slot] - 1;
  }
  entry.last_group = static_cast<uint32_t>(groups_.size());
  groups_.push_back({masks_.size(), t});
  masks_.insert(masks_.end(), row_masks_.begin(), row_masks_.end());
  slots_[slot] = static_cast<uint32_t>(groups_.size());
  hashes_.push_back(HashMix(hash, t));
  if (groups_.size() * 2 > slots_.size()) Grow();
  return entry.last_group;
}

// Twice as many slots.
void MaskGroups::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t wrap = slots_.size() - 1;
  for (size_t i = 0; i < groups_.size(); ++i) {
    size_t slot = hashes_[i] & wrap;
    while (slots_[slot] != 0) slot = (slot + 1) & wrap;
    slots_[slot] = static_cast<uint32_t>(i + 1);
  }
}

void MaskGroups::MasksOf(uint32_t group, Vector<ByteView>* masks) const {
  const Group& each = groups_[group];
  masks->clear();
  for (const uint32_t c : table_->ColumnsOf(table_->templates[each.t])) {
    const RowTable::Column& column = table_->columns[c];
    const uint32_t only = column.numeric ? kNone : only_masks_[column.dictionary];
    masks->push_back(value_masks_.TextOf(only == kNone ? ValueMasks::kVaries : only));
  }
  const uint32_t* mask = masks_.data() + each.masks;
  for (const TextSlot& slot : TextSlotsOf(templates_[each.t]))
    (*masks)[slot.slot] = value_masks_.TextOf(*mask++);
}

}  // namespace logpress::statement
