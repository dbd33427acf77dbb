// Memory that is taken piece by piece and given back all at once, block after block.
#ifndef LOGPRESS_BASE_ARENA_H_
#define LOGPRESS_BASE_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

#include "base/memory.h"

namespace logpress {

// A bump allocator. Reset() keeps the chunks, so that a context that codes block after block stops
// asking the system for memory after the first one. Spans stay valid until Reset() or destruction.
// One thread at a time.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `count` values of T, not initialised. T must not need a destructor.
  template <typename T>
  std::span<T> Alloc(size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlignment);
    // T may well be a pointer.
    // NOLINTNEXTLINE(bugprone-sizeof-expression)
    return {static_cast<T*>(AllocBytes(count * sizeof(T))), count};
  }

  // The same, every byte zero.
  template <typename T>
  std::span<T> AllocZeroed(size_t count) {
    const std::span<T> result = Alloc<T>(count);
    if (count != 0) std::memset(static_cast<void*>(result.data()), 0, result.size_bytes());
    return result;
  }

  // A copy of `values` that lives as long as the arena's contents.
  template <typename T>
  std::span<T> Copy(std::span<const T> values) {
    const std::span<T> result = Alloc<T>(values.size());
    std::copy(values.begin(), values.end(), result.begin());
    return result;
  }

  // Forgets everything that was handed out and keeps the memory for the next block.
  void Reset() {
    chunk_ = 0;
    used_ = 0;
  }

  // Bytes held, used or not.
  size_t capacity() const {
    size_t total = 0;
    for (const Chunk& chunk : chunks_) total += chunk.size;
    return total;
  }

 private:
  struct Free {
    void operator()(char* bytes) const { FreeMemory(bytes); }
  };
  struct Chunk {
    std::unique_ptr<char[], Free> bytes;
    size_t size;
  };
  static constexpr size_t kAlignment = 16;
  static constexpr size_t kChunkSize = size_t{1} << 20;
  static constexpr size_t kLargeChunkSize = size_t{8} << 20;

  void* AllocBytes(size_t size) {
    size = (size + kAlignment - 1) & ~(kAlignment - 1);
    while (chunk_ < chunks_.size()) {
      if (chunks_[chunk_].size - used_ >= size) {
        char* result = chunks_[chunk_].bytes.get() + used_;
        used_ += size;
        return result;
      }
      ++chunk_;
      used_ = 0;
    }
    // As much again as there is, so that little is taken in vain.
    const size_t chunk_size = std::max(size, std::clamp(capacity(), kChunkSize, kLargeChunkSize));
    Chunk chunk = {nullptr, chunk_size};
    chunk.bytes.reset(static_cast<char*>(AllocateMemory(chunk_size)));
    chunks_.push_back(std::move(chunk));
    used_ = size;
    return chunks_.back().bytes.get();
  }

  Vector<Chunk> chunks_;
  size_t chunk_ = 0;
  size_t used_ = 0;
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_ARENA_H_
