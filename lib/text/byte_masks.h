// What kind of byte stands where in a row, one bit a byte.
//
// Finding the tokens of a row byte by byte takes a branch a byte; with one bit a byte for each
// class, the end of a token is one count of trailing zeros away. The classes are found 16 or 32
// bytes at a time (G. Langdale and D. Lemire, "Parsing Gigabytes of JSON per Second", 2019,
// section 3.1: classes by looking up the halves of a byte).
#ifndef LOGPRESS_TEXT_BYTE_MASKS_H_
#define LOGPRESS_TEXT_BYTE_MASKS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::text {

// Delimiters divide a line; digits and letters (every byte above ASCII is one, so that UTF-8 words
// stay whole) make words. What is neither, like ':' or '/', divides words inside a value but not a
// line. A quote is a delimiter too.
enum class ByteClass : uint8_t { kDelimiter = 0, kDigit = 1, kWord = 2, kQuote = 3 };
inline constexpr size_t kByteClasses = 4;

// The classes of 64 bytes: bit i of mask[c] tells whether byte i is of class c.
struct MaskBlock {
  uint64_t mask[kByteClasses];
};

// Classifies `count` blocks of 64 bytes from `bytes` on.
struct ClassifyKernel {
  const char* name;
  void (*classify)(const char* bytes, size_t count, MaskBlock* blocks);
};

// The implementation in plain C++, the reference.
const ClassifyKernel& ScalarClassifyKernel();
// The fastest that this processor runs, found at the first call. Thread-safe.
const ClassifyKernel& BestClassifyKernel();
// All that this processor runs, the scalar one first.
std::span<const ClassifyKernel* const> AvailableClassifyKernels();

// The masks of one row at a time. Reused row after row; one thread at a time.
class RowMasks {
 public:
  explicit RowMasks(const ClassifyKernel& kernel = BestClassifyKernel()) : kernel_(kernel) {}

  // Classifies bytes[0, size). The bytes up to `readable_end`, at or behind the end of the row, may
  // be read too; they are faster to read than to avoid.
  void Set(const char* bytes, size_t size, const char* readable_end);

  size_t size() const { return size_; }

  // 64 bits of a class from position `at` <= size() on, that position's the lowest. Behind the row
  // stand zeros.
  uint64_t Window(ByteClass byte_class, size_t at) const {
    const auto c = static_cast<size_t>(byte_class);
    const MaskBlock* const block = &blocks_[at / 64];
    const size_t shift = at % 64;
    return block[0].mask[c] >> shift | block[1].mask[c] << 1 << (63 - shift);
  }

  // The first position from `at` on that is of the class, or size().
  size_t Find(ByteClass byte_class, size_t at) const {
    for (;;) {
      const uint64_t window = Window(byte_class, at);
      if (window != 0) return at + static_cast<size_t>(std::countr_zero(window));
      if (size_ - at <= 64) return size_;
      at += 64;
    }
  }

  // The first position from `at` on that is not of the class, or size().
  size_t FindOther(ByteClass byte_class, size_t at) const {
    for (;;) {
      const uint64_t window = ~Window(byte_class, at);
      if (window != 0) {
        at += static_cast<size_t>(std::countr_zero(window));
        return at < size_ ? at : size_;
      }
      if (size_ - at <= 64) return size_;
      at += 64;
    }
  }

  // Whether a byte of [from, to) is of the class.
  bool Any(ByteClass byte_class, size_t from, size_t to) const {
    for (; to - from > 64; from += 64)
      if (Window(byte_class, from) != 0) return true;
    return to != from && Window(byte_class, from) << (64 - (to - from)) != 0;
  }

 private:
  const ClassifyKernel& kernel_;
  size_t size_ = 0;
  Vector<MaskBlock> blocks_;
};

}  // namespace logpress::text

#endif  // LOGPRESS_TEXT_BYTE_MASKS_H_
