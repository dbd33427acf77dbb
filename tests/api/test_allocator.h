// An allocator of the caller's that counts, and fails when it is told to; and what tests do with
// it.
#ifndef LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_
#define LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "api/api_test_util.h"
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

// Has `work` run with an allocator that fails its n-th request, for every n, until none fails; from
// there on or only that one. work(allocator) returns the first code that is not OK, and leaves no
// handle behind.
template <typename Work>
void FailEveryRequest(const Work& work) {
  for (const bool once : {false, true}) {
    bool failed = true;
    for (uint64_t n = 0; failed; ++n) {
      TestAllocator allocator;
      allocator.FailAfter(n, once);
      const logpress_code code = work(&allocator);
      failed = allocator.failures() > 0;
      // One failure may be mended by giving back what is kept.
      const bool expected =
          code == LOGPRESS_OUT_OF_MEMORY || (code == LOGPRESS_OK && (once || !failed));
      if (!expected || allocator.held() != 0) {
        FAIL("request " << n << (once ? " alone" : " and those behind it") << ": code " << code
                        << ", " << allocator.held() << " bytes not given back");
      }
      REQUIRE(n < 100'000);
    }
  }
}

inline logpress_options With(const TestAllocator& allocator, int level) {
  logpress_options options = logpress_default_options();
  options.level = level;
  options.allocator = allocator.get();
  return options;
}

// Packs with a limit and returns the archive; *peak is what was taken of the allocator at most.
inline std::string PackWithin(const std::string& raw, logpress_options options, uint64_t* peak) {
  TestAllocator allocator;
  options.allocator = allocator.get();
  std::string archive = Pack(raw, options);
  CHECK(allocator.held() == 0);
  *peak = allocator.peak();
  return archive;
}

}  // namespace logpress::api

#endif  // LOGPRESS_TESTS_API_TEST_ALLOCATOR_H_
