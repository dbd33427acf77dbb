// How long things take.
#ifndef LOGPRESS_CLI_CLOCK_H_
#define LOGPRESS_CLI_CLOCK_H_

#include <ctime>

namespace logpress::cli {

// Of a clock that does not jump, from some moment on.
inline double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_CLOCK_H_
