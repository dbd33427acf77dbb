// The extras of timestamps, value by value.
#ifndef LOGPRESS_IR_EXTRA_CURSOR_H_
#define LOGPRESS_IR_EXTRA_CURSOR_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "ir/ir.h"

namespace logpress::ir {

// Walks over the values of a list or column of timestamps. `runs` are those of its
// Numbers::extras, the same at every call.
class ExtraCursor {
 public:
  using Runs = std::span<const Numbers::ExtraRun>;

  // Goes to value `first`, forwards.
  void Seek(Runs runs, uint32_t first) {
    value_ = first;
    while (next_ < runs.size() && runs[next_].begin < first) extra_ = runs[next_++].extra;
  }
  // The extra of the next value.
  int64_t Next(Runs runs) {
    if (next_ < runs.size() && runs[next_].begin == value_) extra_ = runs[next_++].extra;
    ++value_;
    return extra_;
  }

 private:
  size_t next_ = 0;     // run
  uint32_t value_ = 0;  // how many have passed
  int64_t extra_ = 0;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_IR_EXTRA_CURSOR_H_
