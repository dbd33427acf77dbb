// Numbering the distinct values of columns: every slot of every skeleton of a log is a column.
#include <algorithm>
#include <utility>
#include <vector>

#include "cluster/skeleton.h"
#include "ir/interner.h"
#include "sample_logs.h"

namespace logpress::ir {
namespace {

using Columns = std::vector<Vector<text::Slice>>;

Columns ColumnsOf(const benchmarks::Log& log) {
  cluster::SkeletonSet set;
  cluster::CollectSkeletons(log.text, log.rows, text::Grain::kLine, log.timestamps, /*seed=*/1,
                            &set);
  std::vector<Columns> by_skeleton(set.skeletons.size());
  for (size_t row = 0; row < set.row_skeleton.size(); ++row) {
    const size_t begin = set.row_values[row];
    const size_t end =
        row + 1 < set.row_skeleton.size() ? set.row_values[row + 1] : set.values.size();
    Columns& columns = by_skeleton[set.row_skeleton[row]];
    columns.resize(std::max(columns.size(), end - begin));
    for (size_t slot = 0; slot < end - begin; ++slot)
      columns[slot].push_back(set.values[begin + slot]);
  }
  Columns all;
  for (Columns& columns : by_skeleton) {
    for (Vector<text::Slice>& column : columns) all.push_back(std::move(column));
  }
  return all;
}

void Intern(benchmark::State& state) {
  const std::vector<benchmarks::Log>& logs = benchmarks::SampleLogs();
  std::vector<Columns> columns;
  for (const benchmarks::Log& log : logs) columns.push_back(ColumnsOf(log));
  Interner interner;
  int64_t values = 0;
  for (auto _ : state) {
    for (size_t i = 0; i < logs.size(); ++i) {
      for (const Vector<text::Slice>& column : columns[i]) {
        interner.Reset(logs[i].text, /*seed=*/1);
        for (const text::Slice& value : column) benchmark::DoNotOptimize(interner.Intern(value));
        values += static_cast<int64_t>(column.size());
      }
    }
  }
  state.SetItemsProcessed(values);
}

BENCHMARK(Intern);

}  // namespace
}  // namespace logpress::ir
