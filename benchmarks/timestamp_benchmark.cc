// What one timestamp costs to match and to render: alone (time::TimestampFormat) and in a run of
// lines a few seconds apart (time::TimestampMatcher, time::TimestampRenderer). The shapes are made
// here: no log has them all.
#include <string>
#include <vector>

#include "sample_logs.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"
#include "time/timestamp_run.h"

namespace logpress::text {
namespace {

constexpr const char* kShapes[][2] = {
    {"%Y-%m-%d %H:%M:%S,%3f", "2015-07-29 17:41:44,747"},
    {"%Y-%m-%dT%H:%M:%S.%6f%:z", "2015-07-29T17:41:44.123456+02:00"},
    {"%b %_d %H:%M:%S", "Jun 14 15:16:01"},
    {"%a %b %_d %H:%M:%S %Y", "Wed Jul 29 17:41:44 2015"},
    {"%d/%b/%Y:%H:%M:%S %z", "29/Jul/2015:17:41:44 -0500"},
    {"%y%m%d %H%M%S", "081109 203518"},
    {"%Y-%m-%d %H:%M:%S %Z", "2015-07-29 17:41:44 CET"},
    {"%s.%6f", "1521911751.429515"},
    {"%-m/%-d/%Y %-I:%M:%S %p", "7/29/2015 5:41:44 PM"},
    {"%Y%m%d-%-H:%-M:%-S:%-L", "20150729-17:1:4:16"},
    {"%Y-%m-%dT%H:%M:%S%.9fZ", "2015-07-29T17:41:44.12345Z"},
};

// A thousand lines that begin with timestamps of one shape.
struct Lines {
  time::TimestampFormat format;
  std::vector<std::string> text;
  std::vector<int64_t> ticks;
  int64_t extra = 0;

  explicit Lines(const char* const (&shape)[2]) {
    const std::string first = shape[1];
    int64_t start = 0;
    size_t size = 0;
    if (!time::TimestampFormat::FromPattern(shape[0], &format) ||
        !format.Match(first.data(), first.data() + first.size(), &start, &extra, &size)) {
      return;
    }
    const int64_t step = format.ticks_per_day() / 86400 * 3 + format.ticks_per_day() / 77777;
    for (int64_t i = 0; i < 1000; ++i) {
      char out[time::kMaxTimestampSize];
      size = format.Render(start + i * step, extra, out);
      if (size == 0) break;
      text.push_back(std::string(out, size) + " INFO what the line goes on to say");
      ticks.push_back(start + i * step);
    }
  }
};

template <typename Matcher>
void MatchTimestamp(benchmark::State& state) {
  const Lines lines(kShapes[state.range(0)]);
  if (lines.text.empty()) return state.SkipWithError("no timestamps");
  state.SetLabel(lines.format.Pattern());
  Matcher matcher(lines.format);
  size_t i = 0;
  for (auto _ : state) {
    const std::string& line = lines.text[i];
    int64_t ticks = 0;
    int64_t extra = 0;
    size_t size = 0;
    benchmark::DoNotOptimize(
        matcher.Match(line.data(), line.data() + line.size(), &ticks, &extra, &size));
    benchmark::DoNotOptimize(ticks);
    if (++i == lines.text.size()) i = 0;
  }
}

template <typename Renderer>
void RenderTimestamp(benchmark::State& state) {
  const Lines lines(kShapes[state.range(0)]);
  if (lines.text.empty()) return state.SkipWithError("no timestamps");
  state.SetLabel(lines.format.Pattern());
  Renderer renderer(lines.format);
  char out[time::kMaxTimestampSize];
  size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(renderer.Render(lines.ticks[i], lines.extra, out));
    benchmark::ClobberMemory();
    if (++i == lines.ticks.size()) i = 0;
  }
}

// At the start of every row, where most logs have their timestamp.
void MatchRowStarts(benchmark::State& state) {
  int64_t rows = 0;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      if (log.timestamps.empty()) continue;
      time::TimestampMatcher matcher(log.timestamps[0]);
      for (const Slice& row : log.rows) {
        const char* const begin = log.text.data() + row.offset;
        int64_t ticks = 0;
        int64_t extra = 0;
        size_t size = 0;
        benchmark::DoNotOptimize(matcher.Match(begin, begin + row.size, &ticks, &extra, &size));
        benchmark::DoNotOptimize(ticks);
      }
      rows += static_cast<int64_t>(log.rows.size());
    }
  }
  state.SetItemsProcessed(rows);
}

// Finding the formats of a log, once a block.
void DetectFormats(benchmark::State& state) {
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs())
      benchmark::DoNotOptimize(DetectTimestamps(log.text, log.rows));
  }
  benchmarks::SetAllBytesProcessed(state);
}

void DetectTimestampIn(benchmark::State& state, const std::string& line) {
  time::TimestampFormat format;
  size_t size = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(
        time::DetectTimestamp(line.data(), line.data() + line.size(), &format, &size));
}

void EveryShape(benchmark::internal::Benchmark* benchmark) {
  benchmark->DenseRange(0, static_cast<int64_t>(std::size(kShapes)) - 1);
}

BENCHMARK_TEMPLATE(MatchTimestamp, time::TimestampFormat)->Apply(EveryShape);
BENCHMARK_TEMPLATE(MatchTimestamp, time::TimestampMatcher)->Apply(EveryShape);
BENCHMARK_TEMPLATE(RenderTimestamp, time::TimestampFormat)->Apply(EveryShape);
BENCHMARK_TEMPLATE(RenderTimestamp, time::TimestampRenderer)->Apply(EveryShape);
BENCHMARK(MatchRowStarts);
BENCHMARK(DetectFormats);
BENCHMARK_CAPTURE(DetectTimestampIn, timestamp,
                  "2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]");
BENCHMARK_CAPTURE(DetectTimestampIn, word,
                  "PacketResponder 1 for block blk_38865049064139660 terminating");
BENCHMARK_CAPTURE(DetectTimestampIn, address, "10.250.7.244:50010 is added");

}  // namespace
}  // namespace logpress::text
