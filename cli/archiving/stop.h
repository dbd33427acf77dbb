// When a run is to end early: SIGTERM and its like, and --max-runtime.
#ifndef LOGPRESS_CLI_ARCHIVING_STOP_H_
#define LOGPRESS_CLI_ARCHIVING_STOP_H_

#include <cstdint>
#include <optional>
#include <string>

namespace logpress::cli::archiving {

// Asked between steps and within the long ones. One thread at a time.
class Stop {
 public:
  // The time limit counts from now, on a clock that does not jump.
  explicit Stop(std::optional<int64_t> max_seconds);

  // True from the first signal or the end of the time on.
  bool Requested();
  // True from the first signal on.
  static bool Signalled();
  // "SIGTERM" or "--max-runtime"; empty before.
  const std::string& reason() const { return reason_; }

 private:
  std::optional<int64_t> deadline_;  // nanoseconds of the monotonic clock
  std::string reason_;
};

// SIGTERM, SIGINT and SIGHUP make Stop::Requested() true instead of ending the process; a signal
// that the caller had ignored stays ignored. Writing to a closed pipe or beyond the file size limit
// becomes an error. To be called once, before threads are made.
void CatchStopSignals();

}  // namespace logpress::cli::archiving

#endif  // LOGPRESS_CLI_ARCHIVING_STOP_H_
