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

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <unordered_map>
#include <utility>
#include <vector>

namespace logpress {

// Any number of threads.
class Memory {
 public:
  // Like malloc and free: aligned for any scalar, null when there is none.
  struct Source {
    void* (*allocate)(void* opaque, size_t size) = nullptr;
    void (*release)(void* opaque, void* address) = nullptr;
    void* opaque = nullptr;
  };

  // Takes from malloc.
  Memory();
  // `source` is never called by two threads at once.
  explicit Memory(const Source& source);
  // Everything that was taken must have been freed.
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // Gives back what is kept and not used before more than `limit` bytes are taken from the source.
  // It does not keep more from being used. 0: no limit.
  void SetLimit(uint64_t limit) { limit_ = limit; }

  // `size` bytes, not initialised; null when there are none. `alignment` is a power of two from
  // kAlignment to kMaxAlignment.
  void* Allocate(size_t size, size_t alignment) noexcept;

  static constexpr size_t kAlignment = 16;
  static constexpr size_t kMaxAlignment = 64;

 private:
  friend void FreeMemory(void* address) noexcept;

  // A piece that is kept for the next who asks.
  struct Kept {
    Kept* next;
  };
  // Sizes of pieces. Small ones are powers of two, so that there are few of them and what was once
  // enough is so again. Of large ones there are eight to an octave, powers of two among them, so
  // that one is at most an eighth larger than asked for.
  static constexpr int kMinBits = 6;
  static constexpr int kLargeBits = 16;
  static constexpr int kMaxBits = 47;
  static constexpr int kStepBits = 3;
  static constexpr size_t kSteps = size_t{1} << kStepBits;
  static constexpr size_t kSmallClasses = kLargeBits - kMinBits + 1;
  static constexpr size_t kClasses = kSmallClasses + (kMaxBits - kLargeBits) * kSteps;

  static size_t ClassOf(size_t size);
  // What a piece takes from the source: room for a header and, if it is large, any alignment.
  static size_t BytesOf(size_t size_class);
  // A piece of the class or, if that is large, of one up to twice as large: *size_class then says
  // which.
  Kept* TakeKept(size_t* size_class);
  void Keep(void* piece, size_t size_class) noexcept;
  void ReleaseLargest();

  const Source source_;
  uint64_t limit_ = 0;
  std::mutex mutex_;
  std::array<Kept*, kClasses> kept_{};
  uint64_t held_ = 0;        // bytes of the source, in use or kept
  uint64_t kept_bytes_ = 0;  // of them kept
  size_t largest_kept_ = 0;  // no larger class has a kept piece
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
