// Distinct texts, numbered in order of first occurrence.
#ifndef LOGPRESS_STATEMENT_TEXT_SET_H_
#define LOGPRESS_STATEMENT_TEXT_SET_H_

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/text_arena.h"

namespace logpress::statement {

// A hash table with open addressing over an arena. One thread at a time.
class TextSet {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  TextSet() { Clear(); }
  // Its place is part of its hashes.
  TextSet(const TextSet&) = delete;
  TextSet& operator=(const TextSet&) = delete;

  // The number of the text; kNone if it is not there.
  uint32_t Find(ByteView text) const;
  // The same; a new text is copied, and gets the number that size() was.
  uint32_t Add(ByteView text);

  size_t size() const { return texts_.size(); }
  // Of all texts together.
  size_t bytes() const { return bytes_; }
  // Lives as long as the set, or until Clear().
  ByteView operator[](uint32_t number) const { return texts_[number]; }
  void Clear();

 private:
  struct Slot {
    uint32_t hash;
    uint32_t number;
  };

  uint32_t HashOf(ByteView text) const;
  // Where the text is in slots_, or would be.
  size_t SlotOf(ByteView text, uint32_t hash) const;
  void Grow();

  TextArena arena_;
  size_t bytes_ = 0;
  Vector<ByteView> texts_;
  Vector<Slot> slots_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEXT_SET_H_
