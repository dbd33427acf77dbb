#include "codec/column_transforms.h"

#include <algorithm>
#include <utility>

#include "codec/row_hash.h"
#include "codec/width_cost.h"

namespace logpress::codec {
namespace {

using ir::Column;
using ir::Table;

constexpr size_t kSample = 8192;
// Numbers that take fewer bits have little to gain.
constexpr uint64_t kMinBits = uint64_t{2} << kLog2FractionBits;
// Fewer numbers of a column say nothing.
constexpr uint32_t kMinNumbers = 32;
// Series must cost so many per cent of what the column costs without: that is estimated without
// the contexts in which its numbers are coded.
constexpr uint64_t kMaxSeries = 75;

// Whether numbers of the column stand behind values that differ.
Vector<uint8_t> FindCandidates(const Table& table) {
  Vector<uint8_t> candidates(table.columns.size(), 0);
  Vector<uint32_t> slots(table.columns.size(), 0);
  for (const ir::Template& entry : table.templates) {
    bool ids = false;
    for (const uint32_t c : entry.columns) {
      const Column& column = table.columns[c];
      if (column.kind == Column::Kind::kNumbers) {
        candidates[c] |= ids || ++slots[c] > 1;
      } else {
        ids = ids || table.dictionaries[column.dictionary]->values.size() > 1;
      }
    }
  }
  return candidates;
}

// How many values each column has in the first `rows` rows.
Vector<uint32_t> CountValues(const Table& table, size_t rows) {
  Vector<uint32_t> of_template(table.templates.size(), 0);
  for (const uint32_t t : table.row_template.first(rows)) ++of_template[t];
  Vector<uint32_t> values(table.columns.size(), 0);
  for (size_t t = 0; t < of_template.size(); ++t) {
    for (const uint32_t c : table.templates[t].columns) values[c] += of_template[t];
  }
  return values;
}

// What the numbers of a column cost with each transform on the sample.
struct Trial {
  NumberCoder coder;
  WidthCost cost;
};
struct Trials {
  explicit Trials(Transform chosen)
      : plain{NumberCoder(chosen), {}},
        series{{{NumberCoder(Transform::kSeriesDelta), {}},
                {NumberCoder(Transform::kSeriesDeltaOfDelta), {}}}} {}

  void Add(uint64_t left, int64_t value) {
    ++numbers;
    for (Trial* const trial : {&plain, &series[0], &series[1]}) {
      trial->coder.Enter(left);
      trial->cost.Add(trial->coder.ResidualOf(value));
      trial->coder.Learn(value);
    }
  }

  Trial plain;
  std::array<Trial, 2> series;
  uint32_t numbers = 0;
};

}  // namespace

Vector<Transform> ChooseColumnTransforms(const Table& table,
                                         const std::function<bool()>& may_have_series) {
  Vector<Transform> transforms(table.columns.size(), Transform::kPlain);
  const Vector<uint8_t> candidates = FindCandidates(table);
  constexpr uint32_t kNone = ~uint32_t{0};
  Vector<uint32_t> trial_of(table.columns.size(), kNone);
  Vector<Trials> trials;
  for (size_t c = 0; c < transforms.size(); ++c) {
    if (table.columns[c].kind != Column::Kind::kNumbers) continue;
    uint64_t bits;
    transforms[c] = ChooseTransform(table.columns[c].numbers.values, &bits);
    if (candidates[c] == 0 || bits < kMinBits) continue;
    trial_of[c] = static_cast<uint32_t>(trials.size());
    trials.emplace_back(transforms[c]);
  }
  if (trials.empty()) return transforms;
  // The middle, as everywhere.
  const size_t size = std::min(kSample, table.row_template.size());
  const size_t begin = (table.row_template.size() - size) / 2;
  Vector<uint32_t> next = CountValues(table, begin);
  for (const uint32_t t : table.row_template.subspan(begin, size)) {
    uint64_t left = FinishContext((t + uint64_t{1}) * kFirst);
    for (const uint32_t c : table.templates[t].columns) {
      const Column& column = table.columns[c];
      const uint32_t at = next[c]++;
      if (column.kind != Column::Kind::kNumbers) {
        if (table.dictionaries[column.dictionary]->values.size() > 1)
          left =
              FinishContext((column.ids[at] + uint64_t{1}) * kFirst + column.dictionary * kThird);
      } else if (trial_of[c] != kNone) {
        trials[trial_of[c]].Add(left, column.numbers.values[at]);
      }
    }
  }
  for (size_t c = 0; c < transforms.size(); ++c) {
    if (trial_of[c] == kNone || trials[trial_of[c]].numbers < kMinNumbers) continue;
    const Trials& tried = trials[trial_of[c]];
    const uint64_t delta = tried.series[0].cost.Bits();
    const uint64_t delta_of_delta = tried.series[1].cost.Bits();
    if (std::min(delta, delta_of_delta) * 100 >= tried.plain.cost.Bits() * kMaxSeries ||
        !may_have_series()) {
      continue;
    }
    transforms[c] =
        delta_of_delta < delta ? Transform::kSeriesDeltaOfDelta : Transform::kSeriesDelta;
  }
  return transforms;
}

}  // namespace logpress::codec
