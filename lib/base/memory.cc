#include "base/memory.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace logpress {
namespace {

thread_local Memory* current = nullptr;

// Bytes that a header and `alignment` take, of what operator new gives.
size_t Overhead(size_t alignment) {
  return sizeof(Heap::PieceHeader) + alignment - std::min(alignment, alignof(std::max_align_t));
}

// A piece of operator new: its header has no owner, and says how far before it the piece begins.
void* AllocateWithoutMemory(size_t size, size_t alignment) {
  if (size > SIZE_MAX - Overhead(alignment)) return nullptr;
  void* const piece = ::operator new(size + Overhead(alignment), std::nothrow);
  if (piece == nullptr) return nullptr;
  const auto begin = reinterpret_cast<uintptr_t>(piece);
  const size_t offset =
      ((begin + sizeof(Heap::PieceHeader) + alignment - 1) & ~(alignment - 1)) - begin;
  char* const result = static_cast<char*>(piece) + offset;
  new (result - sizeof(Heap::PieceHeader)) Heap::PieceHeader{nullptr, offset};
  return result;
}

}  // namespace

void* Memory::Allocate(size_t size, size_t alignment) noexcept {
  const std::lock_guard lock(mutex_);
  return heap_.Allocate(size, alignment, this);
}

void Memory::Free(void* address) noexcept {
  const std::lock_guard lock(mutex_);
  heap_.Free(address);
}

void Memory::Trim() noexcept {
  const std::lock_guard lock(mutex_);
  heap_.Trim();
}

MemoryScope::MemoryScope(Memory* memory) : outer_(std::exchange(current, memory)) {}
MemoryScope::~MemoryScope() { current = outer_; }

Memory* CurrentMemory() noexcept { return current; }

void* TryAllocateMemory(size_t size, size_t alignment) noexcept {
  alignment = std::max(alignment, Memory::kAlignment);
  if (current != nullptr) return current->Allocate(size, alignment);
  return AllocateWithoutMemory(size, alignment);
}

void* AllocateMemory(size_t size, size_t alignment) {
  void* const result = TryAllocateMemory(size, alignment);
  if (result == nullptr) throw std::bad_alloc();
  return result;
}

void FreeMemory(void* address) noexcept {
  if (address == nullptr) return;
  // Of a piece of a Memory only the owner may be read here: the rest changes with its neighbours,
  // under the lock of that.
  const auto* const header = reinterpret_cast<const Heap::PieceHeader*>(
      static_cast<char*>(address) - sizeof(Heap::PieceHeader));
  if (header->owner != nullptr) {
    static_cast<Memory*>(header->owner)->Free(address);
  } else {
    ::operator delete(static_cast<char*>(address) - header->bits);
  }
}

}  // namespace logpress
