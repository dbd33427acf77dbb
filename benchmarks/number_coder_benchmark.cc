// Coding and decoding the number columns of a log's lines, timestamps among them.
#include <span>
#include <vector>

#include "codec/number_coder.h"
#include "ir/builder.h"
#include "sample_logs.h"

namespace logpress::codec {
namespace {

using NumberColumns = std::vector<std::vector<int64_t>>;

NumberColumns CollectNumbers() {
  NumberColumns result;
  ir::Builder builder;
  for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
    const ir::BlockView block = builder.Build(log.text);
    if (block.root == nullptr || block.root->table == nullptr) continue;
    const ir::Table& table = *block.root->table;
    for (const ir::Column& column : table.columns) {
      if (column.kind == ir::Column::Kind::kNumbers)
        result.emplace_back(column.numbers.values.begin(), column.numbers.values.end());
    }
    for (const ir::Strings* dictionary : table.dictionaries) {
      const std::span<const int64_t> values = dictionary->numbers.values;
      if (dictionary->kind == ir::Strings::Kind::kNumbers)
        result.emplace_back(values.begin(), values.end());
    }
  }
  return result;
}

std::vector<Transform> TransformsOf(const NumberColumns& columns) {
  std::vector<Transform> result;
  for (const std::vector<int64_t>& column : columns) result.push_back(ChooseTransform(column));
  return result;
}

// Codes all columns with either coder. Returns the sum of the numbers, which a decoder must find
// again.
template <typename Coder>
uint64_t CodeColumns(const NumberColumns& columns, const std::vector<Transform>& transforms,
                     Coder& coder, ModelTable* models) {
  models->Reset(ModelTable::kMinBits);
  uint64_t sum = 0;
  for (size_t c = 0; c < columns.size(); ++c) {
    NumberCoder numbers(transforms[c]);
    for (const int64_t value : columns[c])
      sum += static_cast<uint64_t>(numbers.Code(coder, *models, value));
  }
  return sum;
}

void SetFigures(benchmark::State& state, const NumberColumns& columns, size_t packed) {
  int64_t numbers = 0;
  for (const std::vector<int64_t>& column : columns) numbers += static_cast<int64_t>(column.size());
  state.SetItemsProcessed(state.iterations() * numbers);
  state.counters["bits/number"] = 8.0 * static_cast<double>(packed) / static_cast<double>(numbers);
}

void ChooseTransforms(benchmark::State& state) {
  const NumberColumns columns = CollectNumbers();
  for (auto _ : state) benchmark::DoNotOptimize(TransformsOf(columns));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(columns.size()));
}

void EncodeNumbers(benchmark::State& state) {
  const NumberColumns columns = CollectNumbers();
  const std::vector<Transform> transforms = TransformsOf(columns);
  ModelTable models;
  ByteBuffer packed;
  for (auto _ : state) {
    packed.clear();
    RangeEncoder coder(&packed);
    benchmark::DoNotOptimize(CodeColumns(columns, transforms, coder, &models));
    coder.Finish();
  }
  SetFigures(state, columns, packed.size());
}

void DecodeNumbers(benchmark::State& state) {
  const NumberColumns columns = CollectNumbers();
  const std::vector<Transform> transforms = TransformsOf(columns);
  ModelTable models;
  ByteBuffer packed;
  RangeEncoder encoder(&packed);
  const uint64_t sum = CodeColumns(columns, transforms, encoder, &models);
  encoder.Finish();
  for (auto _ : state) {
    RangeDecoder coder(packed);
    if (CodeColumns(columns, transforms, coder, &models) != sum)
      return state.SkipWithError("other numbers came back");
  }
  SetFigures(state, columns, packed.size());
}

BENCHMARK(ChooseTransforms);
BENCHMARK(EncodeNumbers);
BENCHMARK(DecodeNumbers);

}  // namespace
}  // namespace logpress::codec
