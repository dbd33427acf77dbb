#include "time/line_times.h"

#include <algorithm>
#include <utility>

#include "base/memory.h"
#include "base/sort.h"

namespace logpress::time {
namespace {

constexpr int64_t kMicrosPerDay = kDayWidth;
// Lines that are sampled, and how far into them.
constexpr size_t kSampledLines = 32;
constexpr size_t kSampledBytes = 384;
// Of the sampled lines, one in so many must agree on a place.
constexpr size_t kMinShare = 16;

bool IsWord(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return byte >= 128 || (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
}

// Evenly spread lines of `text`.
Vector<ByteView> SampleLines(ByteView text) {
  Vector<ByteView> lines;
  const size_t step = text.size() / kSampledLines + 1;
  size_t at = 0;
  for (size_t next = 0; next < text.size(); next += step) {
    if (next > at) {
      // The line that begins behind the one in which `next` lies.
      at = text.find('\n', next - 1);
      if (at == ByteView::npos) break;
      ++at;
    }
    if (at >= text.size()) break;
    if (!lines.empty() && lines.back().data() == text.data() + at) continue;
    lines.push_back(text.substr(at, text.substr(at).find('\n')));
  }
  return lines;
}

// A timestamp found in a sampled line: all of the line from there on.
using Samples = Vector<ByteView>;

// The first timestamp of `line`, grouped by the byte before it. *last is the format found last: the
// next is mostly the same.
void CollectFirst(ByteView line, TimestampFormat* last, Map<char, Samples>* groups) {
  const char* const begin = line.data();
  const char* const end = begin + line.size();
  const char* const stop = begin + std::min(line.size(), kSampledBytes);
  bool in_word = false;
  for (const char* p = begin; p < stop; ++p) {
    const bool starts = IsWord(*p) && !in_word;
    in_word = IsWord(*p);
    if (!starts) continue;
    size_t size;
    if (!FindsAgain(*last, p, end, &size) && !DetectTimestamp(p, end, last, &size)) continue;
    // Ten digits may be anything, unless the line begins with them.
    if (last->is_epoch() && last->fraction_digits() == 0 && p != begin) continue;
    (*groups)[p == begin ? '\n' : p[-1]].push_back(ByteView(p, static_cast<size_t>(end - p)));
    return;
  }
}

}  // namespace

Vector<TimePlace> FindTimePlaces(ByteView text) {
  Map<char, Samples> groups;
  const Vector<ByteView> lines = SampleLines(text);
  TimestampFormat last;
  for (const ByteView line : lines) CollectFirst(line, &last, &groups);
  const size_t needed = std::max(std::min<size_t>(lines.size(), 2), lines.size() / kMinShare);
  Vector<std::pair<size_t, TimePlace>> found;
  for (auto& [before, samples] : groups) {
    // What the best format does not match may have another.
    while (samples.size() >= needed && found.size() < 4 * kMaxTimePlaces) {
      TimestampFormat format;
      const size_t matched = ChooseTimestampFormat(samples, &format);
      if (matched < needed) break;
      found.push_back({matched, {before, format}});
      std::erase_if(samples, [&format](ByteView sample) {
        int64_t ticks;
        int64_t extra;
        size_t size;
        return format.Match(sample.data(), sample.data() + sample.size(), &ticks, &extra, &size);
      });
    }
  }
  StableSortFew(found.begin(), found.end(),
                [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > kMaxTimePlaces) found.resize(kMaxTimePlaces);
  Vector<TimePlace> places;
  places.reserve(found.size());
  for (const auto& [count, place] : found) places.push_back(place);
  return places;
}

LineClock::LineClock(const Vector<TimePlace>& places) {
  places_.reserve(places.size());
  for (const TimePlace& place : places) {
    const TimestampFormat& format = place.format;
    const int64_t per_day = format.ticks_per_day();
    const TimeKind kind = format.is_epoch() || format.has_year() ? TimeKind::kInstant
                          : format.has_date()                    ? TimeKind::kYearless
                                                                 : TimeKind::kDaily;
    // A day has a whole number of ticks, or a tick of microseconds, in every format.
    const int64_t ticks_per_micro = std::max<int64_t>(1, per_day / kMicrosPerDay);
    const int64_t micros_per_tick = std::max<int64_t>(1, kMicrosPerDay / per_day);
    // From seconds on a timestamp is an instant.
    const int64_t width = micros_per_tick >= kMinuteWidth ? micros_per_tick : kInstantWidth;
    places_.push_back(
        {place.before, TimestampMatcher(format), kind, ticks_per_micro, micros_per_tick, width});
  }
}

bool LineClock::MatchAt(Place* place, const char* p, const char* end, LineTime* time) {
  int64_t ticks;
  int64_t extra;
  size_t size;
  if (!place->matcher.Match(p, end, &ticks, &extra, &size)) return false;
  if (p + size != end && IsWord(p[size])) return false;
  if (!place->zone_known || place->zone_extra != extra) {
    if (!place->matcher.format().ZoneMicros(ticks, extra, &place->zone)) return false;
    place->zone_known = true;
    place->zone_extra = extra;
  }
  int64_t micros = ticks * place->micros_per_tick;
  if (place->ticks_per_micro > 1) {
    micros = ticks / place->ticks_per_micro;
    micros -= ticks % place->ticks_per_micro < 0;
  }
  micros -= place->zone;
  if (place->kind == TimeKind::kDaily)
    micros = (micros % kMicrosPerDay + kMicrosPerDay) % kMicrosPerDay;
  *time = {place->kind, micros, micros + place->width};
  return true;
}

LineTime LineClock::TimeOf(const char* p, const char* line_end, const char* end) {
  LineTime best;
  // Where a timestamp has to begin to be the first.
  const char* stop = p + std::min<ptrdiff_t>(line_end - p, static_cast<ptrdiff_t>(kMaxTimeOffset));
  for (Place& place : places_) {
    if (place.before == '\n') {
      // Nothing begins before it, and an earlier place has said its word.
      if (p < stop && MatchAt(&place, p, end, &best)) return best;
      continue;
    }
    for (const char* at = p; at < stop; ++at) {
      at = static_cast<const char*>(std::memchr(at, place.before, static_cast<size_t>(stop - at)));
      if (at == nullptr || at + 1 >= stop) break;
      if (MatchAt(&place, at + 1, end, &best)) {
        stop = at + 1;
        break;
      }
    }
  }
  return best;
}

TimeSpan SpanOfLines(ByteView text, bool starts_mid_line, LineClock* clock) {
  TimeSpan span;
  if (clock->empty()) return span;
  const char* p = text.data();
  const char* const end = p + text.size();
  bool first_line = true;
  const auto line_end = [end](const char* from) {
    const void* const newline = std::memchr(from, '\n', static_cast<size_t>(end - from));
    return newline == nullptr ? end : static_cast<const char*>(newline) + 1;
  };
  if (starts_mid_line && p < end) p = line_end(p);
  for (; p < end; first_line = false) {
    const char* const next = line_end(p);
    const LineTime time = clock->TimeOf(p, next, end);
    p = next;
    if (time.kind == TimeKind::kNone) {
      span.starts_untimed |= first_line;
      continue;
    }
    if (span.kinds == 0) {
      span.first = time;
      span.lowest = time.begin;
      span.highest = time.begin;
    }
    span.kinds = static_cast<uint8_t>(span.kinds | 1u << static_cast<int>(time.kind));
    span.last = time;
    span.lowest = std::min(span.lowest, time.begin);
    span.highest = std::max(span.highest, time.begin);
    span.width = std::max(span.width, time.end - time.begin);
  }
  if (span.kinds == 0) span.starts_untimed = false;
  return span;
}

}  // namespace logpress::time
