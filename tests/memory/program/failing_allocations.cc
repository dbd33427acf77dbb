// To be loaded before a program (LD_PRELOAD), whose requests for memory fail as the environment
// says: number FAIL_AT, counted from 0, and those behind it, or with FAIL_ONCE that one alone. At
// the end the number of all requests is written to the descriptor FAIL_COUNT.
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

extern "C" {
void* __libc_malloc(size_t size);                      // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(size_t count, size_t size);        // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void* block, size_t size);        // NOLINT(bugprone-reserved-identifier)
void* __libc_memalign(size_t alignment, size_t size);  // NOLINT(bugprone-reserved-identifier)
}

namespace {

std::atomic<long> requests{0};
long first_failure = -1;  // none
bool once = false;

bool Fails() {
  const long number = requests.fetch_add(1);
  if (first_failure < 0 || number < first_failure) return false;
  if (once && number > first_failure) return false;
  errno = ENOMEM;
  return true;
}

__attribute__((constructor)) void Begin() {
  requests = 0;  // those of the loader are not the program's
  once = getenv("FAIL_ONCE") != nullptr;
  if (const char* const number = getenv("FAIL_AT")) first_failure = atol(number);
}

__attribute__((destructor)) void End() {
  const char* const fd = getenv("FAIL_COUNT");
  if (fd == nullptr) return;
  char text[32];
  const int size = snprintf(text, sizeof(text), "%ld\n", requests.load());
  if (write(atoi(fd), text, static_cast<size_t>(size)) != size) _exit(99);
}

}  // namespace

extern "C" {

void* malloc(size_t size) noexcept { return Fails() ? nullptr : __libc_malloc(size); }
void* calloc(size_t count, size_t size) noexcept {
  return Fails() ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* block, size_t size) noexcept {
  return Fails() ? nullptr : __libc_realloc(block, size);
}
void* memalign(size_t alignment, size_t size) noexcept {
  return Fails() ? nullptr : __libc_memalign(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** block, size_t alignment, size_t size) noexcept {
  *block = memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
void* mmap(void* place, size_t size, int protection, int flags, int fd, off_t offset) noexcept {
  if ((flags & MAP_ANONYMOUS) != 0 && Fails()) return MAP_FAILED;
  // The call itself returns an address, or -1 as MAP_FAILED is.
  return std::bit_cast<void*>(syscall(SYS_mmap, place, size, protection, flags, fd, offset));
}

}  // extern "C"
