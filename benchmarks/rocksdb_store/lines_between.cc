#include "lines_between.h"

#include "time/line_times.h"
#include "time/time_range.h"

namespace rocksdb_store {

void LinesBetween(std::string_view lines, int64_t from, int64_t to, const LineFunction& line) {
  const logpress::time::TimeRange range(from, to);
  const auto places = logpress::time::FindTimePlaces(lines);
  logpress::time::LineClock clock(places);
  const char* const end = lines.data() + lines.size();
  bool in_range = false;
  for (const char* p = lines.data(); p < end;) {
    const size_t newline = lines.find('\n', static_cast<size_t>(p - lines.data()));
    const char* const next = newline == lines.npos ? end : lines.data() + newline + 1;
    const logpress::time::LineTime time = clock.TimeOf(p, next, end);
    if (time.kind != logpress::time::TimeKind::kNone) in_range = range.Meets(time);
    if (in_range) line(std::string_view(p, static_cast<size_t>(next - p)));
    p = next;
  }
}

}  // namespace rocksdb_store
