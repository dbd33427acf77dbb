// Classifying bytes, with every kernel that this processor runs.
#include <algorithm>
#include <string>
#include <vector>

#include "sample_logs.h"
#include "text/byte_masks.h"

namespace logpress::text {
namespace {

// Whole blocks of 64 bytes, as long as a log lasts.
void Classify(benchmark::State& state, const ClassifyKernel& kernel) {
  std::vector<MaskBlock> blocks;
  int64_t bytes = 0;
  for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
    blocks.resize(std::max(blocks.size(), log.text.size() / 64));
    bytes += static_cast<int64_t>(log.text.size() / 64 * 64);
  }
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      kernel.classify(log.text.data(), log.text.size() / 64, blocks.data());
      benchmark::DoNotOptimize(blocks.data());
      benchmark::ClobberMemory();
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}

// Row by row, as the scanner asks for them: most rows are a few blocks long.
void ClassifyRows(benchmark::State& state, const ClassifyKernel& kernel) {
  RowMasks masks(kernel);
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      const char* const end = log.text.data() + log.text.size();
      for (const Slice& row : log.rows) {
        masks.Set(log.text.data() + row.offset, row.size, end);
        benchmark::DoNotOptimize(masks.Window(ByteClass::kDigit, 0));
      }
    }
  }
  benchmarks::SetAllBytesProcessed(state);
}

[[maybe_unused]] const bool registered = [] {
  for (const ClassifyKernel* kernel : AvailableClassifyKernels()) {
    const std::string name = kernel->name;
    benchmark::RegisterBenchmark(("Classify/" + name).c_str(), Classify, *kernel);
    benchmark::RegisterBenchmark(("ClassifyRows/" + name).c_str(), ClassifyRows, *kernel);
  }
  return true;
}();

}  // namespace
}  // namespace logpress::text
