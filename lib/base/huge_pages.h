// Asks the system to back large buffers with large pages.
#ifndef LOGPRESS_BASE_HUGE_PAGES_H_
#define LOGPRESS_BASE_HUGE_PAGES_H_

#include <cstddef>

namespace logpress {

// Tells the system that bytes[0, size), freshly taken and not yet written to, will be used from one
// end to the other. A page of 2 MiB then takes one fault instead of 512; faults of small pages are
// a tenth of the time of the fast levels. Does nothing for small buffers and on systems without
// large pages. Thread-safe.
void AdviseHugePages(const void* bytes, size_t size);

}  // namespace logpress

#endif  // LOGPRESS_BASE_HUGE_PAGES_H_
