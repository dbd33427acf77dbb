// Has operator new fail, for the whole program and on every thread: what the library takes for
// itself, and not of its caller's allocator.
#ifndef LOGPRESS_TESTS_MEMORY_FAILING_NEW_H_
#define LOGPRESS_TESTS_MEMORY_FAILING_NEW_H_

#include <cstdint>

#include "logpress/logpress.h"

namespace logpress::testing {

// While one lives, the next `count` requests succeed; those behind them fail, or with `once` the
// next one only. One at a time.
class FailingNew {
 public:
  FailingNew(uint64_t count, bool once);
  ~FailingNew();
  FailingNew(const FailingNew&) = delete;
  FailingNew& operator=(const FailingNew&) = delete;

  uint64_t failures() const;
  // Requests that were not freed yet.
  int64_t held() const;
  // Takes from operator new, so that its requests are numbered with the others.
  static const logpress_allocator* Allocator();
};

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_MEMORY_FAILING_NEW_H_
