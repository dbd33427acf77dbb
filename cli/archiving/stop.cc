#include "cli/archiving/stop.h"

#include <csignal>
#include <ctime>

namespace logpress::cli::archiving {
namespace {

volatile std::sig_atomic_t caught_signal = 0;

void Remember(int signal_number) { caught_signal = signal_number; }

int64_t MonotonicNanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

}  // namespace

Stop::Stop(std::optional<int64_t> max_seconds) {
  // Beyond some centuries the time would not fit, and nobody waits for it.
  constexpr int64_t kLongest = 9'000'000'000;
  if (max_seconds && *max_seconds < kLongest / 2)
    deadline_ = MonotonicNanoseconds() + *max_seconds * 1'000'000'000;
}

bool Stop::Requested() {
  if (!reason_.empty()) return true;
  if (caught_signal != 0) {
    reason_ = caught_signal == SIGTERM ? "SIGTERM" : caught_signal == SIGINT ? "SIGINT" : "SIGHUP";
  } else if (deadline_ && MonotonicNanoseconds() >= *deadline_) {
    reason_ = "--max-runtime";
  }
  return !reason_.empty();
}

bool Stop::Signalled() { return caught_signal != 0; }

void CatchStopSignals() {
  struct sigaction action {};
  action.sa_handler = Remember;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (const int signal_number : {SIGTERM, SIGINT, SIGHUP}) {
    struct sigaction before {};
    if (sigaction(signal_number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
      sigaction(signal_number, &action, nullptr);
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

}  // namespace logpress::cli::archiving
