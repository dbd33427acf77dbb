// Coding and decoding the ids of the dictionary columns of a log's lines. A context here is the
// last one, two, ... ids of the column: those of the row model look further, and cost what Encode
// and Decode in block_benchmark.cc tell.
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "codec/ranked_symbols.h"
#include "ir/builder.h"
#include "sample_logs.h"

namespace logpress::codec {
namespace {

constexpr int kTableBits = 16;

// Ids in order of first occurrence in this column alone.
struct IdColumn {
  std::vector<uint32_t> ids;
  uint32_t distinct = 0;
};

std::vector<IdColumn> IdColumns() {
  std::vector<IdColumn> result;
  ir::Builder builder;
  for (const benchmarks::Log& log : benchmarks::SampleLogs()) {
    const ir::BlockView block = builder.Build(log.text);
    if (block.root == nullptr || block.root->table == nullptr) continue;
    for (const ir::Column& column : block.root->table->columns) {
      if (column.kind != ir::Column::Kind::kDictionary) continue;
      constexpr uint32_t kUnseen = std::numeric_limits<uint32_t>::max();
      std::vector<uint32_t> renumbered(
          block.root->table->dictionaries[column.dictionary]->values.size(), kUnseen);
      IdColumn own;
      for (const uint32_t id : column.ids) {
        if (renumbered[id] == kUnseen) renumbered[id] = own.distinct++;
        own.ids.push_back(renumbered[id]);
      }
      if (own.distinct > 1) result.push_back(std::move(own));
    }
  }
  return result;
}

struct Coding {
  ModelTable models;
  RankedSymbols symbols;
};

// Codes all columns with either coder. Returns the sum of the ids, which a decoder must find again.
template <size_t kContexts, typename Coder>
uint64_t CodeColumns(const std::vector<IdColumn>& columns, Coder& coder, Coding* coding) {
  coding->models.Reset(kTableBits);
  coding->symbols.Reset(kTableBits, 12);
  uint64_t key = 0;
  uint64_t sum = 0;
  for (const IdColumn& column : columns) {
    ++key;
    RankedStream stream;
    uint32_t known = 0;
    std::array<uint32_t, kContexts> last{};
    for (const uint32_t id : column.ids) {
      const auto context = [&](size_t k) {
        uint64_t hash = HashMix(key, k);
        for (size_t i = 0; i <= k; ++i) hash = HashMix(hash, last[i]);
        return hash;
      };
      const uint32_t plain = known == 0 ? RankedSymbols::kNoId : last[0];
      const uint32_t coded = coding->symbols.Code<kContexts>(coder, coding->models, stream, known,
                                                             column.distinct, context, plain, id);
      known += coded == known;
      sum += coded;
      for (size_t i = kContexts - 1; i > 0; --i) last[i] = last[i - 1];
      last[0] = coded;
    }
  }
  return sum;
}

void SetIdsProcessed(benchmark::State& state, const std::vector<IdColumn>& columns) {
  int64_t ids = 0;
  for (const IdColumn& column : columns) ids += static_cast<int64_t>(column.ids.size());
  state.SetItemsProcessed(state.iterations() * ids);
}

template <size_t kContexts>
void EncodeIds(benchmark::State& state) {
  const std::vector<IdColumn> columns = IdColumns();
  Coding coding;
  ByteBuffer packed;
  for (auto _ : state) {
    packed.clear();
    RangeEncoder coder(&packed);
    benchmark::DoNotOptimize(CodeColumns<kContexts>(columns, coder, &coding));
    coder.Finish();
  }
  SetIdsProcessed(state, columns);
}

template <size_t kContexts>
void DecodeIds(benchmark::State& state) {
  const std::vector<IdColumn> columns = IdColumns();
  Coding coding;
  ByteBuffer packed;
  RangeEncoder encoder(&packed);
  const uint64_t sum = CodeColumns<kContexts>(columns, encoder, &coding);
  encoder.Finish();
  for (auto _ : state) {
    RangeDecoder coder(packed);
    if (CodeColumns<kContexts>(columns, coder, &coding) != sum)
      return state.SkipWithError("other ids came back");
  }
  SetIdsProcessed(state, columns);
}

BENCHMARK_TEMPLATE(EncodeIds, 1);
BENCHMARK_TEMPLATE(EncodeIds, 3);
BENCHMARK_TEMPLATE(EncodeIds, 6);
BENCHMARK_TEMPLATE(DecodeIds, 1);
BENCHMARK_TEMPLATE(DecodeIds, 3);
BENCHMARK_TEMPLATE(DecodeIds, 6);

}  // namespace
}  // namespace logpress::codec
