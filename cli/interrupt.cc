#include "cli/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>

namespace logpress::cli {
namespace {

constexpr int kNone = -1;
// Two signals within this time are one event: timeout(1) and a closed terminal send each twice.
constexpr int64_t kOneEvent = 200'000'000;  // nanoseconds

// What the handler may touch: lock-free flags that say whether the rest is complete.
std::atomic<int> temporary_directory{kNone};
std::array<char, NAME_MAX + 1> temporary_name{};
std::atomic<int> appended_file{kNone};
std::atomic<int64_t> appended_size{0};
std::atomic<bool> holding{false};
std::atomic<int> held{0};  // the signal
std::atomic<int64_t> held_at{0};
std::array<int, 2> wake = {kNone, kNone};  // a pipe
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<int64_t>::is_always_lock_free &&
              std::atomic<bool>::is_always_lock_free);

int64_t Now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

void EndBy(int signal_number) {
  signal(signal_number, SIG_DFL);
  sigset_t this_one;
  sigemptyset(&this_one);
  sigaddset(&this_one, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  raise(signal_number);
}

// True when the signal is the first of those that are held.
bool Hold(int signal_number) {
  if (signal_number != SIGINT && signal_number != SIGTERM && signal_number != SIGHUP) return false;
  if (!holding.load(std::memory_order_acquire)) return false;
  if (held.load() != 0) return Now() - held_at.load() < kOneEvent;
  held_at.store(Now());
  held.store(signal_number);
  const int error = errno;
  // A full pipe wakes as well as one that was just written to.
  [[maybe_unused]] const ssize_t written = write(wake[1], "", 1);
  errno = error;
  return true;
}

// Only async-signal-safe calls. Ends the process here and not after the return, so that no other
// statement of the program runs on without its file.
void Handle(int signal_number) {
  if (Hold(signal_number)) return;
  if (!holding.load(std::memory_order_acquire)) RemoveUnfinished();
  EndBy(signal_number);
}

}  // namespace

void CatchInterrupts() {
  if (pipe2(wake.data(), O_CLOEXEC | O_NONBLOCK) != 0) wake = {kNone, kNone};
  struct sigaction action = {};
  action.sa_handler = Handle;
  sigfillset(&action.sa_mask);
  for (const int signal_number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXCPU}) {
    struct sigaction before = {};
    if (sigaction(signal_number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
      sigaction(signal_number, &action, nullptr);
  }
  // A write beyond the file size limit is an error like a full disk, not a death.
  signal(SIGXFSZ, SIG_IGN);
}

void RememberTemporary(int directory_fd, std::string_view name) {
  ForgetUnfinished();
  const size_t size = std::min(name.size(), temporary_name.size() - 1);
  std::memcpy(temporary_name.data(), name.data(), size);
  temporary_name[size] = '\0';
  temporary_directory.store(directory_fd, std::memory_order_release);
}

void RememberAppended(int fd, off_t size) {
  ForgetUnfinished();
  appended_size.store(size);
  appended_file.store(fd, std::memory_order_release);
}

void ForgetUnfinished() {
  temporary_directory.store(kNone, std::memory_order_release);
  appended_file.store(kNone, std::memory_order_release);
}

void RemoveUnfinished() {
  const int directory = temporary_directory.load(std::memory_order_acquire);
  const int appended = appended_file.load(std::memory_order_acquire);
  if (directory != kNone) unlinkat(directory, temporary_name.data(), 0);
  if (appended != kNone && ftruncate(appended, appended_size.load()) != 0) errno = 0;
}

void HoldInterrupts() { holding.store(true, std::memory_order_release); }
void ReleaseInterrupts() { holding.store(false, std::memory_order_release); }
int InterruptFd() { return wake[0]; }
int HeldInterrupt() { return held.load(); }

void EndByHeldInterrupt() {
  if (const int signal_number = held.load(); signal_number != 0) EndBy(signal_number);
}

}  // namespace logpress::cli
