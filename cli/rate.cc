#include "cli/rate.h"

#include <algorithm>

namespace logpress::cli {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kHour = 3600 * kSecond;
constexpr int64_t kDay = 24 * kHour;
// In which lines are counted; each goes into the next a whole number of times.
constexpr int64_t kCounted[] = {kSecond,   10 * kSecond, 60 * kSecond, 600 * kSecond,
                                kHour,     6 * kHour,    kDay,         7 * kDay,
                                28 * kDay, 364 * kDay,   3640 * kDay,  3'640'000 * kDay};
constexpr size_t kMostCounted = 4096;
// In which they are shown.
constexpr int64_t kShown[] = {
    kSecond,      2 * kSecond,   5 * kSecond,   10 * kSecond,  15 * kSecond,  30 * kSecond,
    60 * kSecond, 120 * kSecond, 300 * kSecond, 600 * kSecond, 900 * kSecond, 1800 * kSecond,
    kHour,        2 * kHour,     3 * kHour,     6 * kHour,     12 * kHour,    kDay,
    2 * kDay,     7 * kDay,      14 * kDay,     28 * kDay,     91 * kDay,     364 * kDay,
    728 * kDay,   3640 * kDay};

int64_t FloorDiv(int64_t value, int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

}  // namespace

logpress_time Rate::TimeOf(size_t i) const {
  const int64_t at = begin + static_cast<int64_t>(i) * width;
  return {kind, at, at + 1};
}

void RateCounter::Add(const logpress_time& time) {
  if (time.kind == LOGPRESS_TIME_NONE) return;
  Series& series = series_[static_cast<size_t>(time.kind)];
  ++series.lines[FloorDiv(time.begin, kCounted[series.width])];
  ++series.sum;
  while (series.lines.size() > kMostCounted && series.width + 1 < std::size(kCounted)) {
    const int64_t times = kCounted[series.width + 1] / kCounted[series.width];
    std::map<int64_t, uint64_t> wider;
    for (const auto& [span, lines] : series.lines) wider[FloorDiv(span, times)] += lines;
    series.lines = std::move(wider);
    ++series.width;
  }
}

Rate RateCounter::Spans(size_t most) const {
  const auto series = std::max_element(series_.begin(), series_.end(),
                                       [](const auto& a, const auto& b) { return a.sum < b.sum; });
  Rate rate;
  if (series->sum == 0) return rate;
  rate.kind = static_cast<int>(series - series_.begin());
  const int64_t counted = kCounted[series->width];
  const int64_t first = series->lines.begin()->first * counted;
  const int64_t last = series->lines.rbegin()->first * counted;
  rate.width = counted;
  const auto spans = [&] { return FloorDiv(last, rate.width) - FloorDiv(first, rate.width) + 1; };
  for (const int64_t width : kShown) {
    if (spans() <= static_cast<int64_t>(most)) break;
    if (width > counted && width % counted == 0) rate.width = width;
  }
  while (spans() > static_cast<int64_t>(most)) rate.width *= 2;
  rate.begin = FloorDiv(first, rate.width) * rate.width;
  rate.lines.resize(static_cast<size_t>(spans()));
  for (const auto& [span, lines] : series->lines)
    rate.lines[static_cast<size_t>((span * counted - rate.begin) / rate.width)] += lines;
  return rate;
}

}  // namespace logpress::cli
