// Copies of texts that live together.
#ifndef LOGPRESS_STATEMENT_TEXT_ARENA_H_
#define LOGPRESS_STATEMENT_TEXT_ARENA_H_

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "base/bytes.h"
#include "base/memory.h"

namespace logpress::statement {

// Unlike an Arena it is small while little is in it: there are several of them for one log. One
// thread at a time.
class TextArena {
 public:
  // A copy, aligned as numbers are, that lives as long as the arena or until Clear().
  ByteView Copy(ByteView text) {
    const size_t size = (text.size() + kAlignment - 1) & ~(kAlignment - 1);
    if (chunks_.empty() || size > chunks_.back().size() - used_) {
      const size_t more = chunks_.empty() ? kFirst : std::min(2 * chunks_.back().size(), kMost);
      chunks_.emplace_back(std::max(size, more));
      used_ = 0;
    }
    char* const copy = chunks_.back().data() + used_;
    used_ += size;
    if (!text.empty()) std::memcpy(copy, text.data(), text.size());
    return {copy, text.size()};
  }

  void Clear() { chunks_.clear(); }

 private:
  static constexpr size_t kAlignment = 8;
  static constexpr size_t kFirst = size_t{16} << 10;
  static constexpr size_t kMost = size_t{256} << 10;

  Vector<Vector<char>> chunks_;
  size_t used_ = 0;  // of the last
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_TEXT_ARENA_H_
