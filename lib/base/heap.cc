#include "base/heap.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/pages.h"

// So that what is freed, or never was part of a piece, is no more touched unseen than with malloc.
#if defined(__SANITIZE_ADDRESS__)  // g++; where a header has defined __has_feature, it says 0
#define LOGPRESS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOGPRESS_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(LOGPRESS_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) (static_cast<void>(address))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) (static_cast<void>(address))
#endif

namespace logpress {
namespace {

// Flags below the size of a block, which is a multiple of kAlignment.
constexpr size_t kFree = 1;
constexpr size_t kBehindFree = 2;  // its last word before the header is the size of the free one
constexpr size_t kFlags = Heap::kAlignment - 1;

constexpr size_t kHeaderSize = sizeof(Heap::PieceHeader);
// Header, links and size of a free block.
constexpr size_t kMinBlock = 48;
// Pieces from here on begin at a cache line.
constexpr size_t kLargePiece = 1024;
constexpr size_t kCacheLine = 64;
constexpr size_t kMaxSize = size_t{1} << 46;
// From here on a piece is worth that others are emptied for it.
constexpr size_t kMuch = size_t{8} << 20;
// So many blocks of a class are looked at, which need not be large enough.
constexpr int kMaxLooks = 16;

char* AsBytes(void* p) { return static_cast<char*>(p); }
size_t SizeOf(const Heap::PieceHeader& header) { return header.bits & ~kFlags; }
bool IsFree(const Heap::PieceHeader& header) { return (header.bits & kFree) != 0; }
Heap::PieceHeader* At(char* place) { return reinterpret_cast<Heap::PieceHeader*>(place); }
size_t RoundUp(size_t size, size_t multiple) { return (size + multiple - 1) / multiple * multiple; }

// Where `size` bytes stand at the end of block[0, available); null if they do not fit. What is left
// in front of them is nothing or a block.
char* PlaceIn(char* block, size_t available, size_t size, size_t alignment) {
  const auto first = reinterpret_cast<uintptr_t>(block) + kHeaderSize;
  const uintptr_t end = first - kHeaderSize + available;
  if (first + size > end) return nullptr;
  const uintptr_t place = (end - size) & ~(alignment - 1);
  if (place >= first + kMinBlock) return block + (place - first + kHeaderSize);
  return first % alignment == 0 ? block + kHeaderSize : nullptr;
}

}  // namespace

size_t Heap::ClassOf(size_t size) {
  const int bits = static_cast<int>(std::bit_width(size | 1)) - 1;
  const size_t step = (size << kStepBits >> bits) & ((size_t{1} << kStepBits) - 1);
  return (static_cast<size_t>(bits - kMinBits) << kStepBits) + step;
}

void Heap::Insert(Block* block) {
  const size_t c = ClassOf(SizeOf(block->header));
  block->next = free_[c];
  block->previous = nullptr;
  if (block->next != nullptr) block->next->previous = block;
  free_[c] = block;
  occupied_[c / 64] |= uint64_t{1} << c % 64;
}

void Heap::Remove(Block* block) {
  if (block->next != nullptr) block->next->previous = block->previous;
  if (block->previous != nullptr) {
    block->previous->next = block->next;
    return;
  }
  const size_t c = ClassOf(SizeOf(block->header));
  free_[c] = block->next;
  if (block->next == nullptr) occupied_[c / 64] &= ~(uint64_t{1} << c % 64);
}

size_t Heap::NextClass(size_t first) const {
  for (size_t word = first / 64; word < occupied_.size(); ++word) {
    const uint64_t bits =
        occupied_[word] & (word == first / 64 ? ~uint64_t{0} << first % 64 : ~uint64_t{0});
    if (bits != 0) return word * 64 + static_cast<size_t>(std::countr_zero(bits));
  }
  return kClasses;
}

void Heap::AddFree(char* bytes, size_t size) {
  PieceHeader* next = At(bytes + size);
  if (IsFree(*next)) {
    Remove(reinterpret_cast<Block*>(next));
    size += SizeOf(*next);
    next = At(bytes + size);
  }
  if ((At(bytes)->bits & kBehindFree) != 0) {
    size_t before;
    std::memcpy(&before, bytes - sizeof(before), sizeof(before));
    bytes -= before;
    size += before;
    Remove(reinterpret_cast<Block*>(bytes));
  }
  ASAN_UNPOISON_MEMORY_REGION(bytes, size);
  auto* const block = reinterpret_cast<Block*>(bytes);
  block->header = {nullptr, size | kFree};
  Insert(block);
  std::memcpy(bytes + size - sizeof(size), &size, sizeof(size));
  next->bits |= kBehindFree;
  ASAN_POISON_MEMORY_REGION(bytes + sizeof(Block), size - sizeof(Block) - sizeof(size));
}

void* Heap::Allocate(size_t size, size_t alignment, void* owner) {
  if (size > kMaxSize) return nullptr;
  const size_t room = std::max(RoundUp(size, kAlignment), kMinBlock - kHeaderSize);
  if (size >= kLargePiece) alignment = std::max(alignment, kCacheLine);
  for (;;) {
    for (size_t c = NextClass(ClassOf(room + kHeaderSize)); c < kClasses; c = NextClass(c + 1)) {
      int looks = 0;
      for (Block* block = free_[c]; block != nullptr && looks < kMaxLooks;
           block = block->next, ++looks) {
        char* const bytes = AsBytes(block);
        const size_t available = SizeOf(block->header);
        char* const place = PlaceIn(bytes, available, room, alignment);
        if (place == nullptr) continue;
        Remove(block);
        ASAN_UNPOISON_MEMORY_REGION(bytes, available);
        PieceHeader* const header = At(place - kHeaderSize);
        const auto before = static_cast<size_t>(place - kHeaderSize - bytes);
        At(bytes + available)->bits &= ~kBehindFree;
        *header = {owner, available - before};
        if (before > 0) AddFree(bytes, before);
        ASAN_POISON_MEMORY_REGION(place + size, available - before - kHeaderSize - size);
        return place;
      }
    }
    const size_t slack = alignment > kAlignment ? alignment + kMinBlock : 0;
    if (!Grow(kHeaderSize + room + slack)) return nullptr;
  }
}

void Heap::Free(void* address) {
  char* const bytes = AsBytes(address) - kHeaderSize;
  AddFree(bytes, SizeOf(*At(bytes)));
}

size_t Heap::Step() const {
  constexpr uint64_t kLeast = uint64_t{64} << 10;
  constexpr uint64_t kMost = uint64_t{2} << 20;
  const uint64_t step = std::clamp(held_ / 8, kLeast, kMost);
  return static_cast<size_t>(step);
}

bool Heap::Grow(size_t need) {
  constexpr uint64_t kNoLimit = ~uint64_t{0};
  // What is free does not fit what comes, and would be held beside it.
  if (uses_pages() && need >= kMuch) ForgetFree();
  const uint64_t most = limit_ == 0 ? kNoLimit : limit_ - std::min(limit_, held_);
  if (GrowWithin(need, Step(), most) || GrowWithin(need, 0, most)) return true;
  Trim();
  return GrowWithin(need, 0, kNoLimit);
}

bool Heap::GrowWithin(size_t need, size_t least, uint64_t most) {
  if (uses_pages()) {
    if (GrowDown(need, least, most)) return true;
    const size_t size = RoundUp(std::max(need + sizeof(Region), least), kHugePage);
    char* const pages = size > most ? nullptr : MapPages(size);
    if (pages != nullptr) AddRegion(pages, size);
    return pages != nullptr;
  }
  const size_t size = RoundUp(std::max(need + sizeof(Region), least), kAlignment);
  char* const bytes = size > most ? nullptr : AsBytes(source_.allocate(source_.opaque, size));
  if (bytes == nullptr) return false;
  AdviseHugePages(bytes, size);
  AddRegion(bytes, size);
  return true;
}

bool Heap::GrowDown(size_t need, size_t least, uint64_t most) {
  Region* const region = regions_;
  if (region == nullptr) return false;
  const PieceHeader& first = *At(region->begin);
  const size_t have = IsFree(first) ? std::min(SizeOf(first), need) : 0;
  const size_t size = RoundUp(std::max({need - have, least, size_t{1}}), kHugePage);
  char* const pages = size > most ? nullptr : MapPagesBelow(region->begin, size);
  if (pages == nullptr) return false;
  region->begin = pages;
  held_ += size;
  // Written before it is read: a page that is read first is taken twice, empty and then for good.
  At(pages)->bits = 0;
  AddFree(pages, size);
  return true;
}

void Heap::AddRegion(char* begin, size_t size) {
  auto* const region = reinterpret_cast<Region*>(begin + size - sizeof(Region));
  *region = {{nullptr, 0}, regions_, begin};
  regions_ = region;
  held_ += size;
  At(begin)->bits = 0;
  AddFree(begin, size - sizeof(Region));
}

void Heap::Trim() {
  for (Region** link = &regions_; *link != nullptr;) {
    Region* const region = *link;
    char* const begin = region->begin;
    const auto size = static_cast<size_t>(AsBytes(region) - begin);
    if (!IsFree(*At(begin)) || SizeOf(*At(begin)) != size) {
      link = &region->next;
      continue;
    }
    *link = region->next;
    Remove(reinterpret_cast<Block*>(begin));
    held_ -= size + sizeof(Region);
    ASAN_UNPOISON_MEMORY_REGION(begin, size);
    if (uses_pages()) {
      UnmapPages(begin, size + sizeof(Region));
    } else {
      source_.release(source_.opaque, begin);
    }
  }
  if (uses_pages()) TrimPages();
}

void Heap::TrimPages() {
  for (Region* region = regions_; region != nullptr; region = region->next) {
    char* const begin = region->begin;
    if (!IsFree(*At(begin)) || SizeOf(*At(begin)) < kHugePage + kMinBlock) continue;
    const size_t size = SizeOf(*At(begin));
    const size_t cut = (size - kMinBlock) / kHugePage * kHugePage;
    Remove(reinterpret_cast<Block*>(begin));
    ASAN_UNPOISON_MEMORY_REGION(begin, size);
    UnmapPages(begin, cut);
    held_ -= cut;
    region->begin = begin + cut;
    At(region->begin)->bits = 0;
    AddFree(region->begin, size - cut);
  }
  ForgetFree();
}

void Heap::ForgetFree() {
  for (size_t c = NextClass(ClassOf(2 * kHugePage)); c < kClasses; c = NextClass(c + 1)) {
    for (Block* block = free_[c]; block != nullptr; block = block->next) {
      char* const end = AsBytes(block) + SizeOf(block->header) - sizeof(size_t);
      char* const first = AsBytes(block) + sizeof(Block);
      const size_t skipped = (~reinterpret_cast<uintptr_t>(first) + 1) % kHugePage;
      ForgetPages(first + skipped,
                  static_cast<size_t>(end - first - skipped) / kHugePage * kHugePage);
    }
  }
}

}  // namespace logpress
