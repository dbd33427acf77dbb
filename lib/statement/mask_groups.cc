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
  Vector<bool> plain;
  uint32_t values = 0;
  for (const auto& dictionary : table.dictionaries) {
    first_values.push_back(values);
    values += static_cast<uint32_t>(dictionary.size());
    plain.push_back(std::all_of(dictionary.begin(), dictionary.end(), IsPlain));
  }
  known_masks_.assign(values, kNone);
  templates_.clear();
  text_slots_.clear();
  for (const RowTable::Template& entry : table.templates) {
    const auto begin = static_cast<uint32_t>(text_slots_.size());
    const std::span<const uint32_t> columns = table.ColumnsOf(entry);
    for (size_t i = 0; i < columns.size(); ++i) {
      const RowTable::Column& column = table.columns[columns[i]];
      if (column.numeric || plain[column.dictionary]) continue;
      text_slots_.push_back(
          {static_cast<uint32_t>(i), column.dictionary, first_values[column.dictionary]});
    }
    templates_.push_back({begin, static_cast<uint32_t>(text_slots_.size()), kNone});
  }
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
  masks->assign(table_->templates[each.t].slots, value_masks_.TextOf(ValueMasks::kVaries));
  const uint32_t* mask = masks_.data() + each.masks;
  for (const TextSlot& slot : TextSlotsOf(templates_[each.t]))
    (*masks)[slot.slot] = value_masks_.TextOf(*mask++);
}

}  // namespace logpress::statement
