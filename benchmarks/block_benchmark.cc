// Blocks through all stages and back, at every level; each log is one block.
#include <vector>

#include "block/block_coder.h"
#include "sample_logs.h"

namespace logpress::archive {
namespace {

struct Packed {
  ByteBuffer payload;
  block::BlockSummary summary;
};

block::BlockOptions AtLevel(const benchmark::State& state) {
  block::BlockOptions options;
  options.level = static_cast<int>(state.range(0));
  return options;
}

void SetRatio(benchmark::State& state, double packed) {
  benchmarks::SetAllBytesProcessed(state);
  double raw = 0;
  for (const benchmarks::Log& log : benchmarks::SampleLogs())
    raw += static_cast<double>(log.text.size());
  state.counters["ratio"] = raw / packed;
}

void EncodeBlocks(benchmark::State& state) {
  block::BlockEncoder encoder(AtLevel(state));
  ByteBuffer payload;
  block::BlockSummary summary;
  double packed = 0;
  for (auto _ : state) {
    packed = 0;
    for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
      if (!encoder.Encode(log.text, &payload, &summary).ok())
        return state.SkipWithError("a block cannot be packed");
      packed += static_cast<double>(payload.size());
    }
  }
  SetRatio(state, packed);
}

void DecodeBlocks(benchmark::State& state) {
  const std::vector<benchmarks::Log>& logs = benchmarks::SampleLogs();
  block::BlockEncoder encoder(AtLevel(state));
  std::vector<Packed> blocks(logs.size());
  double packed = 0;
  for (size_t i = 0; i < logs.size(); ++i) {
    if (!encoder.Encode(logs[i].text, &blocks[i].payload, &blocks[i].summary).ok())
      return state.SkipWithError("a block cannot be packed");
    packed += static_cast<double>(blocks[i].payload.size());
  }
  block::BlockDecoder decoder;
  ByteBuffer raw;
  const auto decode = [&](size_t i) {
    return decoder
        .Decode(blocks[i].summary.backend, blocks[i].payload, logs[i].text.size(),
                /*memory_limit=*/0, &raw)
        .ok();
  };
  for (size_t i = 0; i < logs.size(); ++i) {
    if (!decode(i) || raw != logs[i].text) return state.SkipWithError("a block does not come back");
  }
  for (auto _ : state) {
    for (size_t i = 0; i < logs.size(); ++i) benchmark::DoNotOptimize(decode(i));
  }
  SetRatio(state, packed);
}

BENCHMARK(EncodeBlocks)->DenseRange(1, 9)->Unit(benchmark::kMillisecond);
BENCHMARK(DecodeBlocks)->DenseRange(1, 9)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace logpress::archive
