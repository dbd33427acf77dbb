#include "backend/mix/value_store.h"

#include "backend/mix/pattern.h"
#include "base/hash.h"
#include "base/memory.h"
#include "codec/mix/context_hash.h"

namespace logpress::mix {
namespace {

// The hash of a slot's kind and of what stands before it, from the last two words on.
uint64_t KindColumn(uint8_t kind, ByteView literal) {
  size_t begin = literal.size();
  for (int words = 0; begin > 0 && words < 2;) {
    --begin;
    const bool word = IsLetter(literal[begin]) || IsDigit(literal[begin]);
    if (!word && begin + 1 < literal.size() && IsLetter(literal[begin + 1])) ++words;
  }
  return HashBytes(literal.data() + begin, literal.size() - begin, ContextHash(7, kind));
}

uint64_t HashOf(ByteView bytes, uint8_t kind) {
  return HashBytes(bytes.data(), bytes.size(), kind);
}

}  // namespace

void TemplateStore::Reset(const Sizes& sizes, size_t formats) {
  max_templates_ = sizes.max_templates;
  max_slots_ = sizes.max_slots;
  max_literals_ = sizes.max_pattern_bytes;
  formats_ = formats;
  templates_.clear();
  slots_.clear();
  literals_.clear();
  // At once: growing would take twice as much for a while. Pages that are not used cost nothing.
  templates_.reserve(max_templates_);
  slots_.reserve(max_slots_);
  literals_.reserve(max_literals_);
}

bool TemplateStore::Add(ByteView pattern) {
  if (templates_.size() >= max_templates_ || literals_.size() + pattern.size() > max_literals_)
    return false;
  Template entry = {static_cast<uint32_t>(slots_.size()), 0,
                    static_cast<uint32_t>(literals_.size()), 0,
                    HashBytes(pattern.data(), pattern.size(), 0)};
  size_t literal = literals_.size();
  for (size_t p = 0; p < pattern.size(); ++p) {
    if (pattern[p] != kMark) {
      literals_.push_back(pattern[p]);
      continue;
    }
    if (++p == pattern.size()) return false;
    const auto code = static_cast<uint8_t>(pattern[p]);
    if (code <= kSlotBase) {
      literals_.push_back(static_cast<char>(code - 1));
      continue;
    }
    const auto kind = static_cast<uint8_t>(code - kSlotBase);
    if (!IsKind(kind, formats_) || slots_.size() >= max_slots_ || entry.slots >= 65535)
      return false;
    slots_.push_back({KindColumn(kind, ByteView{literals_}.substr(literal)),
                      static_cast<uint32_t>(literals_.size()), kind});
    literal = literals_.size();
    ++entry.slots;
  }
  entry.last_literal = static_cast<uint32_t>(literals_.size());
  templates_.push_back(entry);
  return true;
}

ByteView TemplateStore::Literal(const Template& entry, uint32_t slot) const {
  const uint32_t begin =
      slot == 0 ? entry.first_literal : slots_[entry.first_slot + slot - 1].literal;
  const uint32_t end =
      slot == entry.slots ? entry.last_literal : slots_[entry.first_slot + slot].literal;
  return ByteView{literals_}.substr(begin, end - begin);
}

void ValueStore::Reset(const Sizes& sizes) {
  max_values_ = sizes.max_values;
  max_children_ = sizes.max_children;
  values_.reserve(max_values_);
  values_.assign(1, Value());
  children_.clear();
  children_.reserve(max_children_);
  index_.assign(1024, 0);
}

uint32_t ValueStore::Intern(ByteView text, const Value& value, std::span<const uint32_t> children) {
  const ByteView bytes = text.substr(value.offset, value.size);
  const size_t mask = index_.size() - 1;
  size_t place = (HashOf(bytes, value.kind) >> 20) & mask;
  for (; index_[place] != 0; place = (place + 1) & mask) {
    const Value& other = values_[index_[place]];
    if (other.kind == value.kind && other.size == value.size &&
        text.substr(other.offset, other.size) == bytes) {
      return index_[place];
    }
  }
  if (values_.size() >= max_values_ || children_.size() + children.size() > max_children_) return 0;
  const auto id = static_cast<uint32_t>(values_.size());
  values_.push_back(value);
  values_.back().first_child = static_cast<uint32_t>(children_.size());
  values_.back().children = static_cast<uint16_t>(children.size());
  children_.insert(children_.end(), children.begin(), children.end());
  index_[place] = id;
  if (values_.size() * 2 > index_.size()) Grow(text);
  return id;
}

void ValueStore::Grow(ByteView text) {
  const size_t size = index_.size() * 2;
  index_ = Vector<uint32_t>();
  index_.resize(size);
  const size_t mask = index_.size() - 1;
  for (uint32_t id = 1; id < values_.size(); ++id) {
    const Value& value = values_[id];
    size_t place = (HashOf(text.substr(value.offset, value.size), value.kind) >> 20) & mask;
    while (index_[place] != 0) place = (place + 1) & mask;
    index_[place] = id;
  }
}

}  // namespace logpress::mix
