// The masks of a text's bytes, for rows that are looked at one after the other.
//
// Masks of each row alone (RowMasks) cost a call, a block that is half empty and one behind it, for
// a row of one hundred bytes as much as the bytes do. Here a window of the text is classified at
// once, and rows begin anywhere in a block of 64 bytes.
#ifndef LOGPRESS_TEXT_TEXT_MASKS_H_
#define LOGPRESS_TEXT_TEXT_MASKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/byte_masks.h"
#include "text/tokenizer.h"

namespace logpress::text {

// Positions are counted from the beginning of the row, so that rows of one template have their
// tokens in the same places of the same blocks: which branches are taken can be foreseen then. One
// thread at a time.
class TextMasks {
 public:
  TextMasks(ByteView text, const ClassifyKernel& kernel) : text_(text), kernel_(kernel) {}

  // Goes to a row of the text.
  void Enter(Slice row) {
    const size_t first = row.offset / 64;
    const size_t behind = (size_t{row.offset} + row.size) / 64 + 1;
    if (first < window_begin_ || behind >= window_end_) Classify(first, behind + 1);
    blocks_ = window_.data() + (first - window_begin_);
    shift_ = row.offset % 64;
    size_ = row.size;
    bytes_ = text_.data() + row.offset;
  }

  // The row.
  const char* bytes() const { return bytes_; }
  size_t size() const { return size_; }

  // 64 bits of a class from position `at` <= size() on, that position's the lowest. Behind the row
  // stands what is there.
  uint64_t Window(ByteClass byte_class, size_t at) const {
    const auto c = static_cast<size_t>(byte_class);
    const MaskBlock* const block = &blocks_[(at + shift_) / 64];
    const size_t shift = (at + shift_) % 64;
    return block[0].mask[c] >> shift | block[1].mask[c] << 1 << (63 - shift);
  }

  bool Is(ByteClass byte_class, size_t at) const {
    at += shift_;
    return (blocks_[at / 64].mask[static_cast<size_t>(byte_class)] >> (at % 64) & 1) != 0;
  }

  // The first position from `at` on that is of the class, or `end`, which is at most size(). A
  // search for what stands in a token ends with it: a line may be one that has none, and long.
  size_t Find(ByteClass byte_class, size_t at, size_t end) const {
    for (; at < end; at += 64) {
      const uint64_t window = Window(byte_class, at);
      if (window != 0) return std::min(end, at + static_cast<size_t>(std::countr_zero(window)));
    }
    return end;
  }

  // The last position before `to` that is of the class. There must be one.
  size_t FindLast(ByteClass byte_class, size_t to) const {
    const auto c = static_cast<size_t>(byte_class);
    const size_t last = to - 1 + shift_;
    size_t block = last / 64;
    uint64_t mask = blocks_[block].mask[c] & ~uint64_t{0} >> (63 - last % 64);
    while (mask == 0) mask = blocks_[--block].mask[c];
    return block * 64 + 63 - static_cast<size_t>(std::countl_zero(mask)) - shift_;
  }

 private:
  // Makes blocks [first, last) of the text the window, and more when rows come in order.
  void Classify(size_t first, size_t last);

  ByteView text_;
  const ClassifyKernel& kernel_;
  const MaskBlock* blocks_ = nullptr;  // of the row
  size_t shift_ = 0;                   // of the row's first byte in its block
  const char* bytes_ = nullptr;
  size_t size_ = 0;
  Vector<MaskBlock> window_;
  size_t window_begin_ = 0;  // blocks of the text
  size_t window_end_ = 0;
};

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_TEXT_MASKS_H_
