#include "codec/contexts.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"
#include "base/log2.h"

namespace logpress::codec {
namespace {

// A smaller table does not choose: a choice takes bytes, and a few rows say little.
constexpr size_t kMinRows = 4096;
constexpr size_t kSample = 8192;
// The first rows of the sample only teach.
constexpr size_t kWarmUp = 2048;
constexpr uint32_t kMinIds = 256;
constexpr int kTableBits = 15;
// What it takes to say an id that no context guessed, in bits, beside those of its place.
constexpr uint64_t kUnguessedBits = 3;
// A context must save so much of all, in 1/256, to be worth its time.
constexpr uint64_t kMinGain = 2;

// How often each combination of contexts was right.
using Hits = std::array<uint32_t, size_t{1} << kMaxContexts>;

uint64_t Entropy(uint64_t yes, uint64_t all) {
  if (yes == 0 || yes == all) return 0;
  return all * Log2Fixed(all) - yes * Log2Fixed(yes) - (all - yes) * Log2Fixed(all - yes);
}

// What the ids of a column cost when these contexts are asked in turn.
uint64_t Cost(const Hits& hits, std::span<const uint8_t> contexts, uint64_t unguessed_bits) {
  uint64_t left = 0;
  for (const uint32_t count : hits) left += count;
  uint64_t cost = 0;
  uint32_t asked = 0;
  for (const uint8_t k : contexts) {
    uint64_t right = 0;
    for (size_t mask = 0; mask < hits.size(); ++mask) {
      if ((mask & asked) == 0 && (mask >> k & 1) != 0) right += hits[mask];
    }
    cost += Entropy(right, left);
    left -= right;
    asked |= 1u << k;
  }
  return cost + left * (unguessed_bits << kLog2FractionBits);
}

// At most `most` contexts, as a code; 0 where too little is known to choose.
uint32_t Choose(const Hits& hits, size_t most, uint64_t distinct) {
  uint64_t seen = 0;
  for (const uint32_t count : hits) seen += count;
  if (seen < kMinIds) return 0;
  const uint64_t bits = kUnguessedBits + static_cast<uint64_t>(std::bit_width(distinct)) / 2;
  ContextSet best;
  best.count = 0;
  uint64_t lowest = Cost(hits, {}, bits);
  // Greedy, one more at a time; the order in which two or three stand matters less than which.
  for (size_t n = 1; n <= most; ++n) {
    ContextSet found = best;
    uint64_t found_cost = ~uint64_t{0};
    for (uint8_t k = 0; k < kMaxContexts; ++k) {
      const auto begin = best.index.begin();
      if (std::find(begin, begin + best.count, k) != begin + best.count) continue;
      for (size_t at = 0; at <= best.count; ++at) {
        ContextSet tried = best;
        for (size_t i = tried.count; i > at; --i) tried.index[i] = tried.index[i - 1];
        tried.index[at] = k;
        ++tried.count;
        const uint64_t cost = Cost(hits, std::span(tried.index).first(tried.count), bits);
        if (cost < found_cost) {
          found_cost = cost;
          found = tried;
        }
      }
    }
    if (found_cost + lowest * kMinGain / 256 >= lowest) break;
    best = found;
    lowest = found_cost;
  }
  return best.Code();
}

// Guesses as RankedSymbols keeps them.
class Guesses {
 public:
  Guesses() : guesses_(size_t{1} << kTableBits, 0) {}

  // Which of the contexts guess `id`; all learn it.
  uint32_t Ask(const std::array<uint64_t, kMaxContexts>& contexts, uint32_t id) {
    uint32_t right = 0;
    for (size_t k = 0; k < kMaxContexts; ++k) {
      uint32_t& guess = guesses_[contexts[k] >> (64 - kTableBits)];
      const uint32_t known = guess >> kCountBits;
      const uint32_t count = guess & kCountMask;
      if (known == id + 1) {
        right |= 1u << k;
        guess += count < kCountMask;
      } else if (count < 2) {
        guess = (id + 1) << kCountBits;
      } else {
        guess = known << kCountBits | count >> 2;
      }
    }
    return right;
  }

 private:
  static constexpr int kCountBits = 8;
  static constexpr uint32_t kCountMask = (1u << kCountBits) - 1;

  Vector<uint32_t> guesses_;
};

}  // namespace

uint32_t ContextSet::Code() const {
  constexpr uint32_t kContexts = kMaxContexts;
  if (count == 0) return kNone;
  uint32_t code = 1 + index[0];
  if (count > 1) code += kContexts * (1 + index[1]);
  if (count > 2) code += kContexts * (kContexts + 1) * (1 + index[2]);
  return code;
}

bool ContextSet::OfCode(uint64_t code, size_t most, ContextSet* set) {
  constexpr uint64_t kSteps = kMaxContexts + 1;
  if (code == kNone) {
    set->count = 0;
    return true;
  }
  if (code == 0 || code > kNone) return false;
  const uint64_t rest = (code - 1) / kMaxContexts;
  const std::array<uint64_t, kMaxChosen> next = {(code - 1) % kMaxContexts + 1, rest % kSteps,
                                                 rest / kSteps};
  set->count = 0;
  for (const uint64_t k : next) {
    if (k == 0) break;
    set->index[set->count++] = static_cast<uint8_t>(k - 1);
  }
  return set->count <= most && set->Code() == code;
}

ContextChoice ChooseContexts(const ir::Table& table, size_t most) {
  ContextChoice choice;
  choice.columns.resize(table.columns.size(), 0);
  const size_t rows = table.row_template.size();
  if (rows < kMinRows) return choice;
  // The middle, in which most is as it is in the whole.
  const size_t size = std::min(rows, kSample);
  const size_t begin = (rows - size) / 2;
  Vector<uint32_t> next(table.columns.size(), 0);
  for (const uint32_t t : table.row_template.first(begin)) {
    for (const uint32_t c : table.templates[t].columns) ++next[c];
  }
  struct ColumnSample {
    uint64_t last = 0;
    uint64_t before_last = 0;
  };
  Vector<ColumnSample> columns(table.columns.size());
  // Columns of one dictionary learn from one another, so they all ask the same.
  Vector<Hits> hits(table.dictionaries.size(), Hits{});
  Hits template_hits{};
  Guesses guesses;
  std::array<uint64_t, 8> history{};
  uint64_t left = 0;
  uint64_t before_left = 0;
  const uint64_t key = HashMix(0, 0);
  for (size_t row = 0; row < size; ++row) {
    const uint32_t t = table.row_template[begin + row];
    std::array<uint64_t, kMaxContexts> contexts = TemplateContexts(history, left, before_left, key);
    for (uint64_t& context : contexts) context = FinishContext(context);
    const uint32_t right = guesses.Ask(contexts, t);
    if (row >= kWarmUp) ++template_hits[right];
    left = (t + uint64_t{1}) * kFirst + key;
    before_left = history[0] * kFirst + key;
    std::copy_backward(history.begin(), history.end() - 1, history.end());
    history[0] = t + uint64_t{1};
    uint64_t first = 0;
    for (const uint32_t c : table.templates[t].columns) {
      const ir::Column& column = table.columns[c];
      if (column.kind != ir::Column::Kind::kDictionary ||
          table.dictionaries[column.dictionary]->values.size() == 1) {
        continue;
      }
      ColumnSample& sample = columns[c];
      const uint32_t id = column.ids[next[c]++];
      const uint64_t dictionary_key = HashMix(2 * column.dictionary + 1, 0);
      const IdNeighbours at = {left, before_left * kThird, sample.last * kSecond,
                               sample.before_last * kFourth, first};
      for (size_t k = 0; k < kMaxContexts; ++k)
        contexts[k] = IdContext(k, at, HashMix(2 * c + 2, 0), dictionary_key);
      const uint32_t right_ones = guesses.Ask(contexts, id);
      if (row >= kWarmUp) ++hits[column.dictionary][right_ones];
      sample.before_last = sample.last;
      sample.last = id + uint64_t{1};
      before_left = left;
      left = (id + uint64_t{1}) * kFirst + dictionary_key;
      if (first == 0) first = left;
    }
  }
  choice.templates = Choose(template_hits, kMaxChosen, table.templates.size());
  Vector<uint32_t> of_dictionary;
  for (size_t d = 0; d < hits.size(); ++d)
    of_dictionary.push_back(Choose(hits[d], most, table.dictionaries[d]->values.size()));
  for (size_t c = 0; c < columns.size(); ++c) {
    const ir::Column& column = table.columns[c];
    if (column.kind == ir::Column::Kind::kDictionary)
      choice.columns[c] = of_dictionary[column.dictionary];
  }
  return choice;
}

}  // namespace logpress::codec
