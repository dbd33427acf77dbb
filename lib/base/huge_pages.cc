#include "base/huge_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace logpress {

void AdviseHugePages(const void* bytes, size_t size) {
#if defined(MADV_HUGEPAGE)
  constexpr size_t kHugePage = size_t{2} << 20;
  // Up to the first whole page.
  const size_t skipped = (~reinterpret_cast<uintptr_t>(bytes) + 1) % kHugePage;
  if (size < skipped + kHugePage) return;
  void* const first = const_cast<char*>(static_cast<const char*>(bytes)) + skipped;
  // It is advice: where it is not taken, small pages do.
  madvise(first, (size - skipped) / kHugePage * kHugePage, MADV_HUGEPAGE);
#else
  static_cast<void>(bytes);
  static_cast<void>(size);
#endif
}

}  // namespace logpress
