// Matching and rendering runs of timestamps of one format.
//
// From line to line only the time of day changes, as a rule: the date, the weekday, the zone and
// all literals are the bytes of the line before. So a matcher keeps those as a mask of eight-byte
// words and then only has to read a few digits, and a renderer copies them and writes a few digits;
// a new day takes the longer way through TimestampFormat. The results are those of TimestampFormat,
// always.
#ifndef LOGPRESS_TIME_TIMESTAMP_RUN_H_
#define LOGPRESS_TIME_TIMESTAMP_RUN_H_

#include <array>
#include <cstdint>

#include "time/timestamp.h"

namespace logpress::time {

// Where the digits of the time of day stand in a timestamp, and what they are worth in ticks.
struct TimeOfDay {
  uint8_t hour = 0;  // offsets of the first digit
  uint8_t minute = 0;
  uint8_t second = 0;
  uint8_t fraction = 0;
  uint8_t fraction_digits = 0;
  bool has_time = false;
  bool has_second = false;
  bool twelve = false;  // hours of twelve: 12, 1, ... 11
  bool evenly = false;  // hour, minute and second with one byte between them
  int64_t per_hour = 0;
  int64_t per_minute = 0;
  int64_t per_second = 0;
};

// Not thread-safe. No heap.
class TimestampMatcher {
 public:
  explicit TimestampMatcher(const TimestampFormat& format);

  const TimestampFormat& format() const { return format_; }

  // As TimestampFormat::Match. Fastest where `end` is the end of the line or later: within the last
  // bytes before `end` the text is copied first.
  bool Match(const char* p, const char* end, int64_t* ticks, int64_t* extra, size_t* size);

 private:
  static constexpr size_t kWords = TimestampFormat::kMaxWords;

  uint64_t Wrong(const char* text, size_t word) const;
  bool ReadTime(const char* text, int64_t* time) const;
  bool MatchAndLearn(const char* p, const char* end, int64_t* ticks, int64_t* extra, size_t* size);

  TimestampFormat format_;
  bool suitable_;  // the digits of the time of day have fixed widths
  // The timestamp learned last, as TimestampFormat keeps its fixed part: all but the digits of the
  // time of day must be the same bytes.
  size_t words_ = 0;  // 0 (none), 2, 4 or 6
  size_t size_ = 0;
  size_t readable_ = 0;  // bytes that may be read, at least
  std::array<uint64_t, kWords> pattern_{};
  std::array<uint64_t, kWords> care_{};
  std::array<uint64_t, kWords> add_{};
  TimeOfDay time_;
  int64_t base_ = 0;  // ticks at its midnight (or noon)
  int64_t extra_ = 0;
};

// Not thread-safe. No heap.
class TimestampRenderer {
 public:
  explicit TimestampRenderer(const TimestampFormat& format);

  const TimestampFormat& format() const { return format_; }

  // As TimestampFormat::Render, with the same precondition: `out` has room for kMaxTimestampSize
  // bytes.
  size_t Render(int64_t ticks, int64_t extra, char* out);

 private:
  size_t RenderAndLearn(int64_t ticks, int64_t extra, char* out);

  TimestampFormat format_;
  bool suitable_;
  // The timestamp learned last.
  std::array<char, kMaxTimestampSize> text_{};
  size_t size_ = 0;
  TimeOfDay time_;
  int64_t base_ = 0;
  uint64_t span_ = 0;  // ticks from base_ on with the same bytes but for the time of day; 0: none
  int64_t extra_ = 0;
};

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_RUN_H_
