#include "base/memory.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <utility>

namespace logpress {
namespace {

thread_local Memory* current = nullptr;

// Stands in front of every piece that is handed out.
struct alignas(Memory::kAlignment) Header {
  Memory* memory;       // null: operator new
  uint32_t size_class;  // of the piece
  uint32_t offset;      // bytes from where the piece begins to what was handed out
};
static_assert(sizeof(Header) == Memory::kAlignment);

// Bytes that a header and `alignment` take, when what the source gives is aligned for any scalar.
size_t Overhead(size_t alignment) {
  return sizeof(Header) + alignment - std::min(alignment, alignof(std::max_align_t));
}

void* HandOut(void* piece, Memory* memory, size_t size_class, size_t alignment) {
  const auto begin = reinterpret_cast<uintptr_t>(piece);
  const uintptr_t handed = (begin + sizeof(Header) + alignment - 1) & ~(alignment - 1);
  auto* const result = static_cast<char*>(piece) + (handed - begin);
  new (result - sizeof(Header))
      Header{memory, static_cast<uint32_t>(size_class), static_cast<uint32_t>(handed - begin)};
  return result;
}

void* SystemAllocate(void* /*opaque*/, size_t size) { return std::malloc(size); }
void SystemRelease(void* /*opaque*/, void* address) { std::free(address); }

}  // namespace

Memory::Memory() : Memory(Source{SystemAllocate, SystemRelease, nullptr}) {}
Memory::Memory(const Source& source) : source_(source) {}

Memory::~Memory() {
  while (kept_bytes_ > 0) ReleaseLargest();
}

size_t Memory::ClassOf(size_t size) {
  if (size <= size_t{1} << kMinBits) return 0;
  const int bits = static_cast<int>(std::bit_width(size - 1)) - 1;
  if (bits < kLargeBits) return static_cast<size_t>(bits - kMinBits) + 1;
  return kSmallClasses + static_cast<size_t>(bits - kLargeBits) * kSteps +
         ((size - 1) >> (bits - kStepBits)) - kSteps;
}

size_t Memory::BytesOf(size_t size_class) {
  if (size_class < kSmallClasses)
    return (size_t{1} << (kMinBits + static_cast<int>(size_class))) + Overhead(kAlignment);
  const size_t step = size_class - kSmallClasses;
  const int bits = static_cast<int>(step / kSteps) + kLargeBits;
  return ((kSteps + step % kSteps + 1) << (bits - kStepBits)) + Overhead(kMaxAlignment);
}

Memory::Kept* Memory::TakeKept(size_t* size_class) {
  const size_t most = *size_class < kSmallClasses ? 0 : kSteps;
  const size_t end = std::min(*size_class + most, largest_kept_) + 1;
  for (size_t c = *size_class; c < end; ++c) {
    Kept* const found = kept_[c];
    if (found == nullptr) continue;
    kept_[c] = found->next;
    kept_bytes_ -= BytesOf(c);
    *size_class = c;
    return found;
  }
  return nullptr;
}

void* Memory::Allocate(size_t size, size_t alignment) noexcept {
  if (size > size_t{1} << (kMaxBits - 1)) return nullptr;
  size_t size_class = ClassOf(size);
  while (BytesOf(size_class) < size + Overhead(alignment)) ++size_class;
  const std::lock_guard lock(mutex_);
  void* piece = TakeKept(&size_class);
  if (piece == nullptr) {
    const size_t taken = BytesOf(size_class);
    while (limit_ != 0 && kept_bytes_ > 0 && held_ + taken > limit_) ReleaseLargest();
    piece = source_.allocate(source_.opaque, taken);
    while (piece == nullptr && kept_bytes_ > 0) {
      ReleaseLargest();
      piece = source_.allocate(source_.opaque, taken);
    }
    if (piece == nullptr) return nullptr;
    held_ += taken;
  }
  return HandOut(piece, this, size_class, alignment);
}

void Memory::Keep(void* piece, size_t size_class) noexcept {
  const std::lock_guard lock(mutex_);
  kept_[size_class] = new (piece) Kept{kept_[size_class]};
  kept_bytes_ += BytesOf(size_class);
  largest_kept_ = std::max(largest_kept_, size_class);
}

void Memory::ReleaseLargest() {
  while (kept_[largest_kept_] == nullptr) --largest_kept_;
  Kept* const kept = kept_[largest_kept_];
  kept_[largest_kept_] = kept->next;
  kept_bytes_ -= BytesOf(largest_kept_);
  held_ -= BytesOf(largest_kept_);
  source_.release(source_.opaque, kept);
}

MemoryScope::MemoryScope(Memory* memory) : outer_(std::exchange(current, memory)) {}
MemoryScope::~MemoryScope() { current = outer_; }

Memory* CurrentMemory() noexcept { return current; }

void* TryAllocateMemory(size_t size, size_t alignment) noexcept {
  alignment = std::max(alignment, Memory::kAlignment);
  if (current != nullptr) return current->Allocate(size, alignment);
  if (size > SIZE_MAX - Overhead(alignment)) return nullptr;
  void* const piece = ::operator new(size + Overhead(alignment), std::nothrow);
  return piece == nullptr ? nullptr : HandOut(piece, nullptr, 0, alignment);
}

void* AllocateMemory(size_t size, size_t alignment) {
  void* const result = TryAllocateMemory(size, alignment);
  if (result == nullptr) throw std::bad_alloc();
  return result;
}

void FreeMemory(void* address) noexcept {
  if (address == nullptr) return;
  const Header header = *reinterpret_cast<Header*>(static_cast<char*>(address) - sizeof(Header));
  void* const piece = static_cast<char*>(address) - header.offset;
  if (header.memory != nullptr) {
    header.memory->Keep(piece, header.size_class);
  } else {
    ::operator delete(piece);
  }
}

}  // namespace logpress
