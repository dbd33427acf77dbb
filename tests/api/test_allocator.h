// An allocator of the caller's that counts, and fails when it is told to.
#ifndef LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_
#define LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "logpress/logpress.h"

namespace logpress::api {

// The library calls it from one thread at a time, so that it needs no lock.
class TestAllocator {
 public:
  // To be handed to options, while this lives.
  const logpress_allocator* get() const { return &functions_; }

  // The next `count` requests succeed; those behind them fail, or with `once` the next one only.
  void FailAfter(uint64_t count, bool once = false) {
    until_failure_ = count;
    once_ = once;
  }
  void Succeed() { until_failure_ = kNever; }

  uint64_t requests() const { return requests_; }
  uint64_t failures() const { return failures_; }
  uint64_t held() const { return held_; }
  uint64_t peak() const { return peak_; }
  void ResetPeak() { peak_ = held_; }

 private:
  static constexpr uint64_t kNever = ~uint64_t{0};
  static constexpr size_t kFront = alignof(std::max_align_t);

  static void* Allocate(void* opaque, size_t size) {
    auto* const self = static_cast<TestAllocator*>(opaque);
    ++self->requests_;
    if (self->until_failure_ == 0) {
      ++self->failures_;
      if (self->once_) self->until_failure_ = kNever;
      return nullptr;
    }
    if (self->until_failure_ != kNever) --self->until_failure_;
    char* const block = static_cast<char*>(std::malloc(size + kFront));
    if (block == nullptr) return nullptr;
    *reinterpret_cast<size_t*>(block) = size;
    self->held_ += size;
    self->peak_ = std::max(self->peak_, self->held_);
    return block + kFront;
  }
  static void Release(void* opaque, void* address) {
    char* const block = static_cast<char*>(address) - kFront;
    static_cast<TestAllocator*>(opaque)->held_ -= *reinterpret_cast<size_t*>(block);
    std::free(block);
  }

  const logpress_allocator functions_ = {Allocate, Release, this};
  uint64_t until_failure_ = kNever;
  bool once_ = false;
  uint64_t requests_ = 0;
  uint64_t failures_ = 0;
  uint64_t held_ = 0;
  uint64_t peak_ = 0;
};

}  // namespace logpress::api

#endif  // LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_
