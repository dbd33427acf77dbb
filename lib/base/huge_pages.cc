#include "base/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace logpress {

void AdviseHugePages(const void* bytes, size_t size) {
#if defined(MADV_HUGEPAGE)
  constexpr uintptr_t kHugePage = uintptr_t{2} << 20;
  const auto begin = (reinterpret_cast<uintptr_t>(bytes) + kHugePage - 1) & ~(kHugePage - 1);
  const auto end = (reinterpret_cast<uintptr_t>(bytes) + size) & ~(kHugePage - 1);
  // It is advice: where it is not taken, small pages do.
  if (begin < end) madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
#else
  static_cast<void>(bytes);
  static_cast<void>(size);
#endif
}

}  // namespace logpress
