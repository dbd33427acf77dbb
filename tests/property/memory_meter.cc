#include "property/memory_meter.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

// Bytes held by the program, as the allocator counts them, and the most since the last reset.
std::atomic<size_t> held{0};
std::atomic<size_t> peak{0};
// How often it was asked for memory.
std::atomic<size_t> requests{0};

}  // namespace

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LOGPRESS_MEASURES_MEMORY 1

// A program may define these to replace those of glibc ("Replacing malloc" in its manual), for all
// of its libraries. These count and then call glibc's own.
extern "C" {
void* __libc_malloc(size_t size);                      // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(size_t count, size_t size);        // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* block, size_t size);        // NOLINT(bugprone-reserved-identifier)
void* __libc_memalign(size_t alignment, size_t size);  // NOLINT(bugprone-reserved-identifier)
void __libc_free(void* block);                         // NOLINT(bugprone-reserved-identifier)
}

namespace {

void* Taken(void* block) {
  requests.fetch_add(1, std::memory_order_relaxed);
  if (block == nullptr) return nullptr;
  const size_t size = malloc_usable_size(block);
  const size_t now = held.fetch_add(size, std::memory_order_relaxed) + size;
  size_t most = peak.load(std::memory_order_relaxed);
  while (now > most && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed)) {
  }
  return block;
}

void Given(size_t size) { held.fetch_sub(size, std::memory_order_relaxed); }

}  // namespace

extern "C" {

void* malloc(size_t size) noexcept { return Taken(__libc_malloc(size)); }
void* calloc(size_t count, size_t size) noexcept { return Taken(__libc_calloc(count, size)); }
void* realloc(void* block, size_t size) noexcept {
  const size_t before = block == nullptr ? 0 : malloc_usable_size(block);
  void* const moved = __libc_realloc(block, size);
  if (moved != nullptr || size == 0) Given(before);
  return Taken(moved);
}
void* memalign(size_t alignment, size_t size) noexcept {
  return Taken(__libc_memalign(alignment, size));
}
void* aligned_alloc(size_t alignment, size_t size) noexcept {
  return Taken(__libc_memalign(alignment, size));
}
int posix_memalign(void** block, size_t alignment, size_t size) noexcept {
  *block = Taken(__libc_memalign(alignment, size));
  return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) noexcept {
  if (block != nullptr) Given(malloc_usable_size(block));
  __libc_free(block);
}

}  // extern "C"
#endif

namespace logpress::testing {

MemoryMeter::MemoryMeter() : held_before_(held.load()), requests_before_(requests.load()) {
  peak.store(held_before_);
}

size_t MemoryMeter::Peak() const { return peak.load() - held_before_; }

size_t MemoryMeter::Requests() const { return requests.load() - requests_before_; }

bool MemoryMeter::Measures() {
#if defined(LOGPRESS_MEASURES_MEMORY)
  return true;
#else
  return false;
#endif
}

}  // namespace logpress::testing
