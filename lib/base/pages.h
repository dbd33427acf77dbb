// Memory from the system, in large pages where it has them.
//
// A page of 4 KiB costs a fault when it is first written to, on virtual machines 10 to 14 us: more
// than packing what fits into it. A page of 2 MiB costs one fault too.
#ifndef LOGPRESS_BASE_PAGES_H_
#define LOGPRESS_BASE_PAGES_H_

#include <cstddef>

namespace logpress {

constexpr size_t kHugePage = size_t{2} << 20;

// `size` bytes, zero, in pages of their own that begin at a multiple of kHugePage; null when there
// are none. `size` is a multiple of kHugePage. Nothing is reserved beyond it, and what is not
// written to takes no memory but address space. Thread-safe, like all that follows.
char* MapPages(size_t size);

// The same, but so that they end at `end`; null if something else is there.
char* MapPagesBelow(char* end, size_t size);

// Gives back whole pages, of one call or of several.
void UnmapPages(char* pages, size_t size);

// Gives back what is in whole pages, which stay there and are zero.
void ForgetPages(char* pages, size_t size);

// Asks for large pages in bytes[0, size), which come from elsewhere and are not yet written to.
void AdviseHugePages(char* bytes, size_t size);

}  // namespace logpress

#endif  // LOGPRESS_BASE_PAGES_H_
