// The rows of a block that are equal once what is variable in their values is masked, as numbers.
//
// Each distinct value is masked once; a row is then its template and, for each slot with text, the
// number of a mask.
#ifndef LOGPRESS_STATEMENT_MASK_GROUPS_H_
#define LOGPRESS_STATEMENT_MASK_GROUPS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/row_table.h"
#include "statement/value_masks.h"

namespace logpress::statement {

// One thread at a time.
class MaskGroups {
 public:
  // Forgets all groups. Borrows `table` until the next call.
  void Begin(const RowTable& table);

  // The group of a row: one more than the largest before if it is the first of its kind.
  uint32_t GroupOf(uint32_t t, std::span<const int64_t> values);
  uint32_t TemplateOf(uint32_t group) const { return groups_[group].t; }
  // Replaces *masks by one for each slot; those of numbers say nothing.
  void MasksOf(uint32_t group, Vector<ByteView>* masks) const;

 private:
  struct Group {
    size_t masks;  // their place in masks_
    uint32_t t;
  };
  // Of a template, the slots whose masks tell its rows apart, in text_slots_.
  struct Template {
    uint32_t begin;
    uint32_t end;
    uint32_t last_group;  // of the row before; kNone
  };
  struct TextSlot {
    uint32_t slot;
    uint32_t first_value;  // of its dictionary, in known_masks_
  };
  // Bytes of masks, and of what they are of, that are kept for the next block.
  static constexpr size_t kMostMaskBytes = size_t{8} << 20;
  static constexpr uint32_t kNone = ~uint32_t{0};

  std::span<const TextSlot> TextSlotsOf(const Template& entry) const {
    return std::span(text_slots_).subspan(entry.begin, entry.end - entry.begin);
  }
  uint32_t MaskOf(const TextSlot& slot, std::span<const int64_t> values) const {
    return known_masks_[slot.first_value + static_cast<size_t>(values[slot.slot])];
  }
  uint32_t OnlyMask(size_t first) const;
  void Grow();

  const RowTable* table_ = nullptr;
  Vector<Template> templates_;
  Vector<TextSlot> text_slots_;   // of templates
  Vector<uint32_t> known_masks_;  // of the values of one dictionary behind the other
  Vector<uint32_t> only_masks_;   // of all values of a dictionary; kNone if they have several
  ValueMasks value_masks_;
  Vector<Group> groups_;
  Vector<uint32_t> masks_;   // of groups
  Vector<uint64_t> hashes_;  // of groups
  Vector<uint32_t> slots_;   // a hash table of groups: one more than the number; 0: free
  Vector<uint32_t> row_masks_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_MASK_GROUPS_H_
