// The time of a line: where in the lines of a log the timestamps stand, what instants they stand
// for, and the lowest and highest of a run of lines. docs/timestamps.md says what it means.
#ifndef LOGPRESS_TIME_LINE_TIMES_H_
#define LOGPRESS_TIME_LINE_TIMES_H_

#include <cstdint>

#include "base/bytes.h"
#include "base/memory.h"
#include "time/timestamp.h"
#include "time/timestamp_run.h"

namespace logpress::time {

// What a timestamp tells, from more to less.
enum class TimeKind : uint8_t {
  kNone = 0,
  kInstant = 1,   // microseconds since 1970-01-01 00:00 UTC
  kYearless = 2,  // the same in kAssumedYear, for any year
  kDaily = 3,     // microseconds since midnight, on any day
};

// The times that a timestamp may stand for: [begin, end), as its kind counts them. A timestamp with
// seconds stands for one microsecond; without seconds for a minute, and a date for a day.
struct LineTime {
  TimeKind kind = TimeKind::kNone;
  int64_t begin = 0;
  int64_t end = 0;

  bool operator==(const LineTime&) const = default;
};
// The widths that there are.
inline constexpr int64_t kInstantWidth = 1;
inline constexpr int64_t kMinuteWidth = 60'000'000;
inline constexpr int64_t kDayWidth = 1440 * kMinuteWidth;

// Where timestamps of a format stand: behind a byte, in the first kMaxTimeOffset bytes of a line.
// The byte before a line is '\n', so that '\n' means its beginning.
struct TimePlace {
  char before;
  TimestampFormat format;
};
inline constexpr size_t kMaxTimeOffset = 512;
inline constexpr size_t kMaxTimePlaces = 4;

// The places of the timestamps in a sample of `text`'s lines, at most kMaxTimePlaces. Depends on
// `text` alone. About a millisecond, however long it is.
Vector<TimePlace> FindTimePlaces(ByteView text);

// Reads the times of lines. Not thread-safe.
class LineClock {
 public:
  explicit LineClock(const Vector<TimePlace>& places);

  // Whether there is any place to look at.
  bool empty() const { return places_.empty(); }

  // The time of the line [p, line_end), kNone when it has none: the timestamp in it that begins
  // first, and of those the first place's. `end`, at or behind `line_end`, is where readable bytes
  // end; the farther, the faster.
  LineTime TimeOf(const char* p, const char* line_end, const char* end);

 private:
  struct Place {
    char before;
    TimestampMatcher matcher;
    TimeKind kind;
    int64_t ticks_per_micro;  // one of these two is 1
    int64_t micros_per_tick;
    int64_t width;  // microseconds
    bool zone_known = false;
    int64_t zone_extra = 0;
    int64_t zone = 0;  // microseconds east of Greenwich for zone_extra
  };

  static bool MatchAt(Place* place, const char* p, const char* end, LineTime* time);

  Vector<Place> places_;
};

// What the lines of a block have for times.
struct TimeSpan {
  // A bit 1 << kind for each TimeKind that occurs, but for kNone. 0: no line has a time.
  uint8_t kinds = 0;
  bool starts_untimed = false;  // the first line has none, and so that of the line before it
  // Only when all are of one kind: where the earliest and the latest begin, and what the widest of
  // all stands for, in microseconds. So [lowest, highest + width) holds every line's time.
  int64_t lowest = 0;
  int64_t highest = 0;
  int64_t width = 0;
  LineTime first;  // of the first line that has one
  LineTime last;   // and of the last

  bool one_kind() const { return kinds != 0 && (kinds & (kinds - 1)) == 0; }
};

// The span of the lines that start in `text`; with `starts_mid_line`, its first bytes belong to a
// line before.
TimeSpan SpanOfLines(ByteView text, bool starts_mid_line, LineClock* clock);

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_LINE_TIMES_H_
