// Building the intermediate representation of a log: everything between its bytes and the codecs.
#include "ir/builder.h"
#include "sample_logs.h"

namespace logpress::ir {
namespace {

void Build(benchmark::State& state) {
  Builder builder;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs())
      benchmark::DoNotOptimize(builder.Build(log.text).root);
  }
  benchmarks::SetAllBytesProcessed(state);
}

BENCHMARK(Build);

}  // namespace
}  // namespace logpress::ir
