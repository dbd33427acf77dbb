// Pieces of any size out of a few large regions.
//
// What is freed joins what is free beside it, so that the scratch of one stage becomes that of the
// next, whatever sizes they ask for, and pages that were written to once are written to again.
#ifndef LOGPRESS_BASE_HEAP_H_
#define LOGPRESS_BASE_HEAP_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace logpress {

// One thread at a time.
class Heap {
 public:
  // Where regions come from. Like malloc and free: aligned for any scalar, null when there is none.
  // Without functions they are pages of the system, large ones where it has them.
  struct Source {
    void* (*allocate)(void* opaque, size_t size) = nullptr;
    void (*release)(void* opaque, void* address) = nullptr;
    void* opaque = nullptr;
  };

  // Stands in front of every piece.
  struct PieceHeader {
    void* owner;
    size_t bits;  // the heap's
  };
  static constexpr size_t kAlignment = sizeof(PieceHeader);

  explicit Heap(const Source& source) : source_(source) {}
  // Gives everything back. No piece may be in use any more.
  ~Heap() { Trim(); }
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // Before more than `limit` bytes are taken from the source, what is free goes back to it. It does
  // not keep more from being used. 0: no limit.
  void SetLimit(uint64_t limit) { limit_ = limit; }

  // `size` bytes, not initialised; null when there are none. `alignment` is a power of two, at
  // least kAlignment. The header in front of them keeps `owner`.
  void* Allocate(size_t size, size_t alignment, void* owner);
  void Free(void* address);

  // Gives back to the source what it can: regions of which nothing is in use, and of the system's
  // pages those that are free.
  void Trim();

  // Bytes taken from the source.
  uint64_t held() const { return held_; }

 private:
  // A piece with its header, or what is free between two of them. Blocks follow one another without
  // gaps up to the end of their region.
  struct Block {
    PieceHeader header;
    Block* next;  // of the same class, if it is free; so is the following
    Block* previous;
  };
  // At the end of a region, since one of pages grows at its beginning: what was mapped last is
  // mostly followed by what was mapped before it.
  struct Region {
    PieceHeader end;  // of the last block
    Region* next;
    char* begin;
  };
  // Free blocks are listed by size, in sixteen classes an octave.
  static constexpr int kMinBits = 5;
  static constexpr int kMaxBits = 47;
  static constexpr int kStepBits = 4;
  static constexpr size_t kClasses = size_t{kMaxBits - kMinBits + 1} << kStepBits;

  static size_t ClassOf(size_t size);
  void Insert(Block* block);
  void Remove(Block* block);
  // The class from `first` on that has a free block; kClasses if there is none.
  size_t NextClass(size_t first) const;
  // Makes a free block of bytes[0, size) and what is free around them.
  void AddFree(char* bytes, size_t size);

  // Gets a free block of `need` bytes from the source. False when there is none.
  bool Grow(size_t need);
  // The same; takes `least` bytes at least, and no more than `most`.
  bool GrowWithin(size_t need, size_t least, uint64_t most);
  bool GrowDown(size_t need, size_t least, uint64_t most);
  size_t Step() const;
  void AddRegion(char* begin, size_t size);
  bool uses_pages() const { return source_.allocate == nullptr; }
  void TrimPages();
  // Empties the pages between pieces, which stay in their region.
  void ForgetFree();

  const Source source_;
  uint64_t limit_ = 0;
  uint64_t held_ = 0;
  Region* regions_ = nullptr;  // the newest first
  std::array<Block*, kClasses> free_{};
  std::array<uint64_t, (kClasses + 63) / 64> occupied_{};  // a bit for each class
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_HEAP_H_
