// The values that are most of many, in little memory (Misra and Gries, 1982).
#ifndef LOGPRESS_CLI_FREQUENT_VALUES_H_
#define LOGPRESS_CLI_FREQUENT_VALUES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"

namespace logpress::cli {

// Counts a value that occurs n times among m as n, or as less by at most m / (kMost + 1).
class FrequentValues {
 public:
  static constexpr size_t kMost = 32;
  // Longer ones are not counted.
  static constexpr size_t kMostBytes = 256;

  struct Counter {
    uint64_t hash;
    uint64_t count;
    std::string value;
  };

  // *room: how many values all counters together may still keep.
  void Add(ByteView value, size_t* room) {
    ++sum_;
    if (value.size() > kMostBytes) return;
    const uint64_t hash = HashBytes(value.data(), value.size(), 0);
    for (Counter& each : counters_) {
      if (each.hash != hash || each.value != value) continue;
      ++each.count;
      return;
    }
    if (counters_.size() < kMost && *room > 0) {
      --*room;
      counters_.push_back({hash, 1, std::string(value)});
      return;
    }
    const size_t before = counters_.size();
    for (Counter& each : counters_) --each.count;
    std::erase_if(counters_, [](const Counter& each) { return each.count == 0; });
    *room += before - counters_.size();
  }

  // How many were added.
  uint64_t sum() const { return sum_; }
  // Null if there is none; of equal ones the first that came.
  const Counter* Top() const {
    const auto top =
        std::max_element(counters_.begin(), counters_.end(),
                         [](const Counter& a, const Counter& b) { return a.count < b.count; });
    return top == counters_.end() ? nullptr : &*top;
  }

 private:
  std::vector<Counter> counters_;
  uint64_t sum_ = 0;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_FREQUENT_VALUES_H_
