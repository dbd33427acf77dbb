// A range of time as a query gives it, and whether the times of lines and blocks meet it.
#ifndef LOGPRESS_TIME_TIME_RANGE_H_
#define LOGPRESS_TIME_TIME_RANGE_H_

#include <cstdint>
#include <span>

#include "base/memory.h"
#include "time/line_times.h"

namespace logpress::time {

// The instants [from, to), in microseconds since 1970-01-01 00:00 UTC. Immutable; any threads.
class TimeRange {
 public:
  TimeRange(int64_t from, int64_t to);

  // Whether some instant that a timestamp may stand for lies in the range: in some year when it has
  // none, on some day when it is a time only. False for kNone.
  bool Meets(const LineTime& time) const { return Meets(time.kind, time.begin, time.end); }
  // Whether a time of `kind` in [begin, end) could.
  bool Meets(TimeKind kind, int64_t begin, int64_t end) const;
  // Whether all times of `kind` in [begin, end) do, as far as that is plain to see.
  bool Holds(TimeKind kind, int64_t begin, int64_t end) const;

 private:
  struct Interval {
    int64_t from;
    int64_t to;
  };

  std::span<const Interval> Of(TimeKind kind) const;
  void AddYears(int64_t from, int64_t to);
  void AddDays(int64_t from, int64_t to);

  Vector<Interval> instants_;
  Vector<Interval> yearless_;  // as the clock of kAssumedYear counts
  Vector<Interval> daily_;     // as the clock of a day counts
};

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIME_RANGE_H_
