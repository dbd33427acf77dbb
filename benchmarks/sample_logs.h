// The logs that the microbenchmarks run on.
#ifndef LOGPRESS_BENCHMARKS_SAMPLE_LOGS_H_
#define LOGPRESS_BENCHMARKS_SAMPLE_LOGS_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::benchmarks {

// One log, and what every stage behind the first needs to know of it.
struct Log {
  std::string text;
  Vector<text::Slice> rows;
  Vector<time::TimestampFormat> timestamps;
};

// The logs of sample_logs/, or of the folder that the environment variable LOGPRESS_BENCHMARK_LOGS
// names, in the order of their names. Read at the first call, and at least one: without any the
// program ends with a message.
const std::vector<Log>& SampleLogs();

// Tells a benchmark that each of its iterations ran over all of SampleLogs().
void SetAllBytesProcessed(benchmark::State& state);

}  // namespace logpress::benchmarks

#endif  // LOGPRESS_BENCHMARKS_SAMPLE_LOGS_H_
