#include "memory/failing_new.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<bool> armed{false};
std::atomic<uint64_t> requests{0};
std::atomic<uint64_t> failed{0};
std::atomic<int64_t> in_use{0};
std::atomic<uint64_t> first_failure{0};
std::atomic<bool> only_one{false};

bool Fails() {
  if (!armed.load()) return false;
  const uint64_t number = requests.fetch_add(1);
  if (number < first_failure.load() || (only_one.load() && number > first_failure.load()))
    return false;
  failed.fetch_add(1);
  return true;
}

void* Take(size_t size, size_t alignment) noexcept {
  if (Fails()) return nullptr;
  void* block = nullptr;
  if (alignment <= alignof(std::max_align_t)) {
    block = std::malloc(size == 0 ? 1 : size);
  } else if (posix_memalign(&block, alignment, size) != 0) {
    block = nullptr;
  }
  if (block != nullptr) in_use.fetch_add(1);
  return block;
}

void* TakeOrThrow(size_t size, size_t alignment) {
  void* const block = Take(size, alignment);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

void Give(void* block) noexcept {
  if (block == nullptr) return;
  in_use.fetch_sub(1);
  std::free(block);
}

constexpr size_t kPlain = alignof(std::max_align_t);
size_t Of(std::align_val_t alignment) { return static_cast<size_t>(alignment); }

}  // namespace

// The forms for arrays call these.
void* operator new(size_t size) { return TakeOrThrow(size, kPlain); }
void* operator new(size_t size, std::align_val_t alignment) {
  return TakeOrThrow(size, Of(alignment));
}
void* operator new(size_t size, const std::nothrow_t&) noexcept { return Take(size, kPlain); }
void* operator new(size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return Take(size, Of(alignment));
}
void operator delete(void* block) noexcept { Give(block); }
void operator delete(void* block, size_t) noexcept { Give(block); }
void operator delete(void* block, std::align_val_t) noexcept { Give(block); }
void operator delete(void* block, size_t, std::align_val_t) noexcept { Give(block); }

namespace logpress::testing {

FailingNew::FailingNew(uint64_t count, bool once) {
  requests = 0;
  failed = 0;
  in_use = 0;
  first_failure = count;
  only_one = once;
  armed = true;
}

FailingNew::~FailingNew() { armed = false; }

uint64_t FailingNew::failures() const { return failed.load(); }
int64_t FailingNew::held() const { return in_use.load(); }

const logpress_allocator* FailingNew::Allocator() {
  static const logpress_allocator allocator = {
      [](void*, size_t size) { return ::operator new(size, std::nothrow); },
      [](void*, void* block) { ::operator delete(block); }, nullptr};
  return &allocator;
}

}  // namespace logpress::testing
