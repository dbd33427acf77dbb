// Grouping the rows of a log by skeleton, scanning included.
#include "cluster/skeleton.h"
#include "sample_logs.h"

namespace logpress::cluster {
namespace {

void Skeletons(benchmark::State& state) {
  SkeletonSet set;
  int64_t rows = 0;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      CollectSkeletons(log.text, log.rows, text::Grain::kLine, log.timestamps, /*seed=*/1, &set);
      benchmark::DoNotOptimize(set.skeletons.data());
      rows += static_cast<int64_t>(log.rows.size());
    }
  }
  benchmarks::SetAllBytesProcessed(state);
  state.SetItemsProcessed(rows);
}

BENCHMARK(Skeletons);

}  // namespace
}  // namespace logpress::cluster
