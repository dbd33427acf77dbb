// Where the memory of a handle comes from, and how it is kept from block to block.
//
// All that a block takes (rows, columns, models, buffers) lives in the containers below. They ask
// the Memory that is current on their thread, and what they give back it keeps and hands out again:
// a context that codes block after block soon asks the system for nothing more. Where no Memory is
// current, they take from operator new and give back to operator delete.
//
// The Memory is found through the thread, and not handed from constructor to constructor, so that a
// container stays as large as one of the standard library (the codec charges blocks for that) and
// no stage needs to know. A piece remembers where it came from: it may be freed on any thread,
// whatever is current there, but not after its Memory is gone. So nothing static may hold any of
// these containers.
#ifndef LOGPRESS_BASE_MEMORY_H_
#define LOGPRESS_BASE_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <new>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/heap.h"

namespace logpress {

// Any number of threads.
class Memory {
 public:
  using Source = Heap::Source;

  // Takes pages from the system.
  Memory() : Memory(Source()) {}
  // `source` is never called by two threads at once.
  explicit Memory(const Source& source) : heap_(source) {}
  // Everything that was taken must have been freed.
  ~Memory() = default;
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // As Heap::SetLimit; before anything is taken.
  void SetLimit(uint64_t limit) { heap_.SetLimit(limit); }

  // `size` bytes, not initialised; null when there are none. `alignment` is a power of two, at
  // least kAlignment.
  void* Allocate(size_t size, size_t alignment) noexcept;
  void Free(void* address) noexcept;

  // As Heap::Trim.
  void Trim() noexcept;

  static constexpr size_t kAlignment = Heap::kAlignment;

 private:
  std::mutex mutex_;
  Heap heap_;
};

// Makes `memory`, which may be null, current on this thread for as long as it lives.
class MemoryScope {
 public:
  explicit MemoryScope(Memory* memory);
  ~MemoryScope();
  MemoryScope(const MemoryScope&) = delete;
  MemoryScope& operator=(const MemoryScope&) = delete;

 private:
  Memory* const outer_;
};

// What is current on this thread, or null.
Memory* CurrentMemory() noexcept;

// `size` bytes of what is current, not initialised; null when there are none.
void* TryAllocateMemory(size_t size, size_t alignment = Memory::kAlignment) noexcept;
// The same; throws std::bad_alloc when there are none.
void* AllocateMemory(size_t size, size_t alignment = Memory::kAlignment);
// Frees what either returned, or nothing if that is null.
void FreeMemory(void* address) noexcept;

// The same for containers.
template <typename T>
class Allocator {
 public:
  using value_type = T;
  using is_always_equal = std::true_type;

  Allocator() = default;
  template <typename U>
  Allocator(const Allocator<U>& /*other*/) {}  // NOLINT(google-explicit-constructor)

  T* allocate(size_t count) {
    constexpr size_t kSize = sizeof(T);  // NOLINT(bugprone-sizeof-expression): T may be a pointer
    if (count > SIZE_MAX / kSize) throw std::bad_array_new_length();
    return static_cast<T*>(AllocateMemory(count * kSize, alignof(T)));
  }
  void deallocate(T* values, size_t /*count*/) { FreeMemory(values); }

  bool operator==(const Allocator& /*other*/) const { return true; }
};

template <typename T>
using Vector = std::vector<T, Allocator<T>>;
template <typename T>
using Deque = std::deque<T, Allocator<T>>;
template <typename Key, typename Value>
using Map = std::map<Key, Value, std::less<Key>, Allocator<std::pair<const Key, Value>>>;
template <typename Key, typename Value>
using HashMap = std::unordered_map<Key, Value, std::hash<Key>, std::equal_to<Key>,
                                   Allocator<std::pair<const Key, Value>>>;

// Objects of a class derived from this are made in the same memory by new.
class InMemory {
 public:
  static void* operator new(size_t size) { return AllocateMemory(size); }
  static void* operator new(size_t size, std::align_val_t alignment) {
    return AllocateMemory(size, static_cast<size_t>(alignment));
  }
  static void* operator new(size_t /*size*/, void* place) { return place; }
  static void operator delete(void* object) { FreeMemory(object); }
  static void operator delete(void* object, std::align_val_t /*alignment*/) { FreeMemory(object); }

 protected:
  InMemory() = default;
  ~InMemory() = default;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_MEMORY_H_
