// Finding the variable tokens of every row of a log: the plain reference (Tokenize) and the scanner
// with every kernel that this processor runs; and cutting a log into rows.
#include <string>
#include <vector>

#include "sample_logs.h"
#include "text/row_scanner.h"
#include "text/tokenizer.h"

namespace logpress::text {
namespace {

void ScanRows(benchmark::State& state, const ClassifyKernel& kernel, Grain grain) {
  Vector<Slice> values;
  int64_t found = 0;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      RowScanner scanner(log.text, grain, log.timestamps, kernel);
      values.clear();
      for (const Slice& row : log.rows) scanner.Scan(row, &values);
      benchmark::DoNotOptimize(values.data());
      found += static_cast<int64_t>(values.size());
    }
  }
  benchmarks::SetAllBytesProcessed(state);
  state.SetItemsProcessed(found);
}

void TokenizeRows(benchmark::State& state) {
  Vector<Token> tokens;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      for (const Slice& row : log.rows) {
        tokens.clear();
        Tokenize(log.text, row, Grain::kLine, log.timestamps, &tokens);
        benchmark::DoNotOptimize(tokens.data());
      }
    }
  }
  benchmarks::SetAllBytesProcessed(state);
}

void SplitIntoRows(benchmark::State& state) {
  Vector<Slice> rows;
  for (auto _ : state) {
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      rows.clear();
      SplitRows(log.text, &rows);
      benchmark::DoNotOptimize(rows.data());
    }
  }
  benchmarks::SetAllBytesProcessed(state);
}

BENCHMARK(SplitIntoRows);
BENCHMARK(TokenizeRows);

[[maybe_unused]] const bool registered = [] {
  for (const ClassifyKernel* kernel : AvailableClassifyKernels()) {
    const std::string name = kernel->name;
    benchmark::RegisterBenchmark(("ScanRows/line/" + name).c_str(), ScanRows, *kernel,
                                 Grain::kLine);
    benchmark::RegisterBenchmark(("ScanRows/value/" + name).c_str(), ScanRows, *kernel,
                                 Grain::kValue);
  }
  return true;
}();

}  // namespace
}  // namespace logpress::text
