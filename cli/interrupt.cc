#include "cli/interrupt.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>

namespace logpress::cli {
namespace {

constexpr int kNoDirectory = -1;

// What the handler may touch: a lock-free flag that says whether the name below is complete.
std::atomic<int> temporary_directory{kNoDirectory};
std::array<char, NAME_MAX + 1> temporary_name{};
static_assert(std::atomic<int>::is_always_lock_free);

// Only async-signal-safe calls. Ends the process here and not after the return, so that no other
// statement of the program runs on without its file.
void RemoveAndDie(int signal_number) {
  const int directory = temporary_directory.load(std::memory_order_acquire);
  if (directory != kNoDirectory) unlinkat(directory, temporary_name.data(), 0);
  signal(signal_number, SIG_DFL);
  sigset_t this_one;
  sigemptyset(&this_one);
  sigaddset(&this_one, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &this_one, nullptr);
  raise(signal_number);
}

}  // namespace

void CatchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = RemoveAndDie;
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
  ForgetTemporary();
  const size_t size = std::min(name.size(), temporary_name.size() - 1);
  std::memcpy(temporary_name.data(), name.data(), size);
  temporary_name[size] = '\0';
  temporary_directory.store(directory_fd, std::memory_order_release);
}

void ForgetTemporary() { temporary_directory.store(kNoDirectory, std::memory_order_release); }

}  // namespace logpress::cli
