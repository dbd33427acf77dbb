#include "cli/stream_wait.h"

#include <poll.h>

#include <algorithm>
#include <climits>

#include "cli/interrupt.h"

namespace logpress::cli {

StreamWait::StreamWait(const InputFile& input) : fd_(input.fd()), stream_(!input.is_regular()) {
  if (stream_) HoldInterrupts();
}

StreamWait::~StreamWait() {
  if (stream_) ReleaseInterrupts();
}

Then StreamWait::Wait(std::optional<uint64_t> flush) {
  if (flush == 0 && !interrupted_) return Then::kFlush;
  if (!stream_) return Then::kRead;
  pollfd waits[] = {{fd_, POLLIN, 0}, {InterruptFd(), POLLIN, 0}};
  while (!interrupted_) {
    const int timeout = flush ? static_cast<int>(std::min<uint64_t>(*flush, INT_MAX)) : -1;
    const int ready = poll(waits, 2, timeout);
    interrupted_ = HeldInterrupt() != 0;
    if (interrupted_) break;
    if (ready == 0) return Then::kFlush;
    // An error of poll shows again when the input is read.
    if (ready > 0 && waits[0].revents != 0) return Then::kRead;
  }
  return rest_ > 0 && poll(waits, 1, 0) == 1 ? Then::kRead : Then::kEnd;
}

void StreamWait::Read(size_t size) {
  if (interrupted_) rest_ -= std::min<uint64_t>(rest_, size);
}

}  // namespace logpress::cli
