// What both sides know of a block so far: its templates and its distinct values, numbered in the
// order in which they were coded.
#ifndef LOGPRESS_BACKEND_MIX_VALUE_STORE_H_
#define LOGPRESS_BACKEND_MIX_VALUE_STORE_H_

#include <cstdint>
#include <span>

#include "backend/mix/sizes.h"
#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::mix {

inline constexpr uint32_t kNoTemplate = ~uint32_t{0};
inline constexpr uint32_t kNoRow = ~uint32_t{0};

// As contexts see a template: -1 is none.
inline int64_t TemplateNumber(uint32_t t) { return t == kNoTemplate ? -1 : int64_t{t}; }

struct Value {
  int64_t number = 0;  // of numbers and timestamps
  uint32_t offset = 0;
  uint32_t size = 0;
  uint32_t model_template = kNoTemplate;
  uint32_t first_child = 0;
  uint32_t last_row = kNoRow;  // that had the value in a slot of its own
  uint16_t children = 0;
  uint8_t kind = 0;
  uint8_t aux = 0;
};
static_assert(sizeof(Value) == 32);

struct Slot {
  uint64_t kind_column;  // hash of its kind and of the words before it
  uint32_t literal;      // bytes before it: where they end, in TemplateStore::literals
  uint8_t kind;
};
static_assert(sizeof(Slot) == 16);

class TemplateStore {
 public:
  struct Template {
    uint32_t first_slot;
    uint32_t slots;
    uint32_t first_literal;  // begin of its literals
    uint32_t last_literal;   // their end
    uint64_t hash;
  };

  void Reset(const Sizes& sizes, size_t formats);
  // Adds the template of a pattern (pattern.h), which may be hostile; false if it is none or there
  // is no room.
  bool Add(ByteView pattern);
  // The longest pattern that Add may take.
  size_t room() const { return max_literals_ - literals_.size(); }

  size_t size() const { return templates_.size(); }
  const Template& operator[](size_t i) const { return templates_[i]; }
  const Slot& SlotOf(const Template& entry, uint32_t slot) const {
    return slots_[entry.first_slot + slot];
  }
  // The bytes before slot `slot`, or behind the last one.
  ByteView Literal(const Template& entry, uint32_t slot) const;

 private:
  uint64_t max_templates_ = 0;
  uint64_t max_slots_ = 0;
  uint64_t max_literals_ = 0;
  size_t formats_ = 0;
  Vector<Template> templates_;
  Vector<Slot> slots_;
  ByteBuffer literals_;
};

class ValueStore {
 public:
  void Reset(const Sizes& sizes);

  size_t size() const { return values_.size(); }
  Value& operator[](size_t i) { return values_[i]; }
  const Value& operator[](size_t i) const { return values_[i]; }
  uint32_t Child(const Value& value, uint32_t i) const { return children_[value.first_child + i]; }

  // The number of the value, which is added if it is new; 0 if there is no room. `text` holds the
  // bytes of all values at their offsets.
  uint32_t Intern(ByteView text, const Value& value, std::span<const uint32_t> children);

 private:
  void Grow(ByteView text);

  uint64_t max_values_ = 0;
  uint64_t max_children_ = 0;
  Vector<Value> values_;  // number 0 is none
  Vector<uint32_t> children_;
  Vector<uint32_t> index_;  // by hash, open addressing
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_VALUE_STORE_H_
