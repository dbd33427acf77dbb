#include "base/pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace logpress {
namespace {

// How many bytes lie before the first multiple of kHugePage.
size_t BeforeHugePage(const char* bytes) {
  return (~reinterpret_cast<uintptr_t>(bytes) + 1) % kHugePage;
}

char* Map(char* place, size_t size) {
  void* const pages = mmap(place, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return pages == MAP_FAILED ? nullptr : static_cast<char*>(pages);
}

}  // namespace

char* MapPages(size_t size) {
  char* const pages = Map(nullptr, size + kHugePage);
  // Where address space is short, anywhere.
  if (pages == nullptr) return Map(nullptr, size);
  const size_t before = BeforeHugePage(pages);
  UnmapPages(pages, before);
  UnmapPages(pages + before + size, kHugePage - before);
  AdviseHugePages(pages + before, size);
  return pages + before;
}

char* MapPagesBelow(char* end, size_t size) {
  if (size > reinterpret_cast<uintptr_t>(end)) return nullptr;
  // The place is a wish, which the system grants if nothing is there.
  char* const pages = Map(end - size, size);
  if (pages == nullptr) return nullptr;
  if (pages != end - size) {
    UnmapPages(pages, size);
    return nullptr;
  }
  AdviseHugePages(pages, size);
  return pages;
}

void UnmapPages(char* pages, size_t size) {
  if (size > 0) munmap(pages, size);
}

void ForgetPages(char* pages, size_t size) {
  if (size > 0) madvise(pages, size, MADV_DONTNEED);
}

void AdviseHugePages(char* bytes, size_t size) {
#if defined(MADV_HUGEPAGE)
  const size_t before = BeforeHugePage(bytes);
  if (size < before + kHugePage) return;
  // It is advice: where it is not taken, small pages do.
  madvise(bytes + before, (size - before) / kHugePage * kHugePage, MADV_HUGEPAGE);
#else
  static_cast<void>(bytes);
  static_cast<void>(size);
#endif
}

}  // namespace logpress
