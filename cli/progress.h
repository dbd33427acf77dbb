// The progress line: what a person who waits wants to know, on a terminal, for work that takes
// longer than a second.
//
//   app.log: 512 of 2048 MiB, 25 %, ratio 24.1, 85.2 MiB/s, 18 s left
#ifndef LOGPRESS_CLI_PROGRESS_H_
#define LOGPRESS_CLI_PROGRESS_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/work_meter.h"

namespace logpress::cli {

// How far the work on one file is.
struct WorkDone {
  uint64_t input = 0;   // bytes of the input that are dealt with
  uint64_t raw = 0;     // of these, or made of these: uncompressed bytes ...
  uint64_t packed = 0;  // ... and compressed ones
  double seconds = 0;   // that it took
};

// `done` as it is when `worked` raw bytes of the input are dealt with, which may be ahead of it,
// and `seconds` have passed. For compression, where input and raw bytes are the same.
WorkDone Ahead(WorkDone done, uint64_t worked, double seconds);

// The line for `done` of `total` input bytes (0: not known) when `waited` seconds have passed since
// that was done, cut to `columns`. The speed is that of uncompressed bytes. Apart from the class so
// that it can be tested.
std::string ProgressLine(std::string_view name, const WorkDone& done, uint64_t total, double waited,
                         size_t columns);

// Draws from a thread of its own, so that the line lives while a large block is worked on. The
// calls are for one thread; they cost nothing when disabled.
class Progress {
 public:
  explicit Progress(bool enabled) : enabled_(enabled) {}
  ~Progress() { End(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // Begins the work on a file of `total` input bytes, 0 when that is not known.
  void Begin(std::string_view name, uint64_t total);
  // `done.seconds` is filled in here.
  void Update(WorkDone done);
  // Where work on a block can be told of before the block is done; from any thread.
  WorkMeter* meter() { return &meter_; }
  // Takes the line away so that something else can be printed; it comes back with the next drawing.
  void Clear();
  // The work is over; the line is gone when this returns.
  void End();

 private:
  void DrawUntilEnd();
  void Erase();
  double SecondsSinceBegin() const;

  const bool enabled_;
  std::thread drawer_;
  std::mutex mutex_;  // guards what follows, and writing to the terminal
  std::condition_variable ended_;
  bool running_ = false;
  bool visible_ = false;
  std::string name_;
  uint64_t total_ = 0;
  WorkDone done_;
  WorkMeter meter_;
  std::chrono::steady_clock::time_point start_;
};

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_PROGRESS_H_
