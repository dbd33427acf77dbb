// Waiting for more of an input that may pause: a pipe, a terminal, a socket. What is read from one
// is nowhere else, so an interrupt ends the reading and not the program.
#ifndef LOGPRESS_CLI_STREAM_WAIT_H_
#define LOGPRESS_CLI_STREAM_WAIT_H_

#include <cstdint>
#include <optional>

#include "cli/input_file.h"

namespace logpress::cli {

// What is to be done next.
enum class Then {
  kRead,
  kFlush,  // the time is over
  kEnd,    // interrupted, and what was there by then has been read
};

// One a process, one thread at a time. While it lives, interrupts of a stream are held: see
// HoldInterrupts(). An input that is a regular file is always ready, and interrupts end the run.
class StreamWait {
 public:
  // Borrows `input`.
  explicit StreamWait(const InputFile& input);
  ~StreamWait();
  StreamWait(const StreamWait&) = delete;
  StreamWait& operator=(const StreamWait&) = delete;

  // Waits until there is something to read, or `flush` milliseconds have passed, or an interrupt
  // came. After that, kRead is for what was in the pipe.
  Then Wait(std::optional<uint64_t> flush);
  // So many bytes were read.
  void Read(size_t size);

 private:
  const int fd_;
  const bool stream_;
  bool interrupted_ = false;
  // What may still be read after an interrupt: as much as the largest pipe holds, so that a writer
  // who does not stop does not keep us.
  uint64_t rest_ = uint64_t{1} << 20;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_STREAM_WAIT_H_
