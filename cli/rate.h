// How many lines a log has over time.
#ifndef LOGPRESS_CLI_RATE_H_
#define LOGPRESS_CLI_RATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "logpress/time.h"

namespace logpress::cli {

// Lines in spans of time of one width, one behind the other.
struct Rate {
  int kind = LOGPRESS_TIME_NONE;  // a logpress_time_kind
  int64_t begin = 0;              // of the first, in microseconds as `kind` has them
  int64_t width = 0;              // microseconds; 0: no line has a time
  std::vector<uint64_t> lines;

  // When span i begins.
  logpress_time TimeOf(size_t i) const;
};

// Takes the times of lines in any order, in little memory: where the lines are far apart, spans
// become wider.
class RateCounter {
 public:
  // None is not counted.
  void Add(const logpress_time& time);

  // At most `most` spans, at least 2, of a width that people like to read (1 s, 2 s, 5 s, ..., 1 h,
  // ..., 1 d). Of times of several kinds, those that most lines have.
  Rate Spans(size_t most) const;

 private:
  struct Series {
    size_t width = 0;  // its place in a table
    std::map<int64_t, uint64_t> lines;
    uint64_t sum = 0;
  };

  std::array<Series, 4> series_;  // one a kind of time
};

// The rate as columns of blocks, five rows high, with the labels of both axes.
std::string RateText(const Rate& rate);
// The same as a picture, an SVG document or a PNG file; kResourceExhausted where memory is short.
std::string RateSvg(const Rate& rate);
absl::StatusOr<std::string> RatePng(const Rate& rate);

// The most lines of a span, and what spans there are: as labels.
uint64_t MostLines(const Rate& rate);
std::string RateTitle(const Rate& rate);

// "10 s", "2 h", "1 d".
std::string WidthText(int64_t micros);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_RATE_H_
