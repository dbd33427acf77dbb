// The contexts in which templates and ids are guessed, and which of them a stream of ids asks.
//
// A column mostly has one or two neighbours that tell its next value; which they are differs from
// column to column. Six contexts cover what logs have; the encoder finds on a sample which three
// pay, and says so, because each one asked costs a look-up of memory and a decision.
#ifndef LOGPRESS_CODEC_CONTEXTS_H_
#define LOGPRESS_CODEC_CONTEXTS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/memory.h"
#include "codec/row_hash.h"
#include "ir/ir.h"

namespace logpress::codec {

// Some of kMaxContexts contexts, the most telling first.
inline constexpr size_t kMaxContexts = 6;
// At most so many are chosen; where all are asked there is no choice.
inline constexpr size_t kMaxChosen = 3;
// Stands where a number of contexts does: all of them, mixed (mixed_values.h).
inline constexpr uint32_t kMixedContexts = 7;

struct ContextSet {
  // The code of a set of none: nothing tells what comes next.
  static constexpr uint32_t kNone = 1 + kMaxContexts * (kMaxContexts + 1) * (kMaxContexts + 1);

  uint8_t count = kMaxContexts;
  std::array<uint8_t, kMaxContexts> index = {0, 1, 2, 3, 4, 5};

  // The first `most` of what is best where nothing is known.
  static ContextSet ForIds(size_t most) {
    return {static_cast<uint8_t>(std::min(most, kMaxContexts)), {0, 1, 2, 3, 4, 5}};
  }
  static ContextSet ForTemplates(size_t most) {
    if (most >= kMaxContexts) return {};
    return {kMaxChosen, {1, 4, 5}};
  }

  // None to three that were chosen, as a number above 0.
  uint32_t Code() const;
  // False if the number stands for no choice of at most `most`.
  static bool OfCode(uint64_t code, size_t most, ContextSet* set);
};

// What a value is guessed from, each as a part of a context's sum.
struct IdNeighbours {
  uint64_t left;         // the value to the left in this row
  uint64_t before_left;  // the value before that
  uint64_t last;         // the column's last value
  uint64_t before_last;  // the one before
  uint64_t first;        // the first value of this row: often the session, thread or client
};

// The sum of context k of a column. Some contexts belong to the column, the others to the
// dictionary: what came with this user in another statement is a good guess in this one.
inline uint64_t IdContext(size_t k, const IdNeighbours& at, uint64_t column, uint64_t dictionary) {
  struct Use {
    uint64_t left, before_left, last, before_last, first, column, dictionary, plus;
  };
  constexpr uint64_t kAll = ~uint64_t{0};
  static constexpr std::array<Use, kMaxContexts> kUses = {{
      {kAll, kAll, kAll, 0, 0, kAll, 0, 0},
      {kAll, kAll, 0, 0, 0, 0, kAll, 0},
      {kAll, 0, 0, 0, 0, 0, kAll, 0},
      {0, 0, kAll, kAll, 0, kAll, 0, 0},
      {0, 0, kAll, 0, 0, kAll, 0, 1},
      {0, 0, 0, 0, kAll, 0, kAll, 1},
  }};
  // Without a branch: which k comes next is not to be foreseen.
  const Use& use = kUses[k];
  return FinishContext((at.left & use.left) + (at.before_left & use.before_left) +
                       (at.last & use.last) + (at.before_last & use.before_last) +
                       (at.first & use.first) + (column & use.column) +
                       (dictionary & use.dictionary) + use.plus);
}

// The sums of the contexts of a row's template: `history` are the last templates plus one, the
// latest first; `left` and `before_left` the last two values of the row before.
inline std::array<uint64_t, kMaxContexts> TemplateContexts(const std::array<uint64_t, 8>& history,
                                                           uint64_t left, uint64_t before_left,
                                                           uint64_t key) {
  const auto& h = history;
  const uint64_t last = h[0] * kFirst + key;
  const uint64_t two = last + h[1] * kSecond;
  const uint64_t three = two + h[2] * kThird;
  const uint64_t four = three + h[3] * kFourth;
  const uint64_t five = four + h[4] * (3 * kFirst);
  const uint64_t eight = five + h[5] * (3 * kSecond) + h[6] * (3 * kThird) + h[7] * (3 * kFourth);
  const uint64_t values = last + left * kThird + before_left * kFourth;
  return {eight + 8, five + 5, three + 3, values + 6, two, last + 1};
}

// Whether streams of ids of a block choose, which has at most so many contexts for each: not where
// all are asked, nor where rows are planes.
constexpr bool ContextsAreChosen(size_t most) { return most != 0 && most <= kMaxChosen; }

struct ContextChoice {
  // 0: those that are best where nothing is known; else the code of a set.
  uint32_t templates = 0;
  Vector<uint32_t> columns;
};

// Chooses contexts for the rows of a table, at most `most` for each stream of ids, from a sample.
ContextChoice ChooseContexts(const ir::Table& table, size_t most);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_CONTEXTS_H_
