// The model of a table's rows: which template comes next, and which value in each of its slots.
#ifndef LOGPRESS_CODEC_ROW_MODEL_H_
#define LOGPRESS_CODEC_ROW_MODEL_H_

#include <array>
#include <cstdint>
#include <span>

#include "base/hash.h"
#include "codec/bit_model.h"
#include "codec/number_coder.h"
#include "codec/ranked_symbols.h"

namespace logpress::codec {

// The tables of models that all lists of a block share.
struct Models {
  ModelTable bits;
  RankedSymbols guesses;
  uint32_t contexts = kMaxContexts;
  uint64_t next_key = 1;

  void Reset(int model_bits, int guess_bits, uint32_t context_count) {
    bits.Reset(model_bits);
    guesses.Reset(guess_bits);
    contexts = context_count;
    next_key = 1;
  }
  uint64_t NewKey() { return HashMix(next_key++, 0); }
};

// What is known of a dictionary while rows are coded.
struct DictionaryState {
  uint64_t key = 0;
  uint32_t known = 0;                    // values that have occurred
  uint32_t last = RankedSymbols::kNoId;  // the last value, in any column
};

// What is known of a column while rows are coded.
struct ColumnState {
  RankedStream ids;     // dictionary columns
  NumberCoder numbers;  // number columns
  uint32_t last = 0;    // the ids of its last two values, plus one
  uint32_t before_last = 0;
};

// Codes the rows of one table, value after value. Encoder and decoder drive it alike.
class RowModel {
 public:
  explicit RowModel(Models* models) : models_(models) { templates_.key = models->NewKey(); }

  // Starts a row. Returns its template, at most the number of templates that occurred so far.
  template <typename Coder>
  uint32_t CodeTemplate(Coder& coder, uint32_t id) {
    const uint64_t key = templates_.key;
    const uint64_t last_two = HashMix(history_[0], history_[1] + key);
    const std::array<uint64_t, 3> contexts = {HashMix(last_two, HashMix(history_[2], history_[3])),
                                              last_two, HashMix(history_[0], key)};
    id = models_->guesses.Code(
        coder, models_->bits, templates_, known_templates_, contexts.size(),
        [&contexts](size_t k) { return contexts[k]; }, RankedSymbols::kNoId, id);
    known_templates_ += id == known_templates_;
    left_ = HashMix(id + 1, key + 1);
    before_left_ = HashMix(history_[0], key + 1);
    first_ = 0;
    history_ = {id + 1, history_[0], history_[1], history_[2]};
    return id;
  }

  // The next slot's value, in a dictionary column. Returns at most dictionary.known.
  //
  // Some contexts belong to the column, the others to the dictionary: what came with this user in
  // another statement is a good guess in this one.
  template <typename Coder>
  uint32_t CodeId(Coder& coder, DictionaryState& dictionary, ColumnState& column, uint32_t id) {
    const uint64_t key = column.ids.key;
    const uint64_t neighbours = HashMix(left_, before_left_);
    const auto context = [&](size_t k) -> uint64_t {
      switch (k) {
        case 0:
          return HashMix(HashMix(neighbours, column.last), key);
        case 1:
          return HashMix(neighbours, dictionary.key);
        case 2:
          return HashMix(left_, dictionary.key);
        case 3:
          return HashMix(HashMix(column.last, column.before_last), key);
        case 4:
          return HashMix(column.last, key);
        default:
          return HashMix(first_, dictionary.key + 1);
      }
    };
    id = models_->guesses.Code(coder, models_->bits, column.ids, dictionary.known,
                               models_->contexts, context, dictionary.last, id);
    dictionary.known += id == dictionary.known;
    dictionary.last = id;
    column.before_last = column.last;
    column.last = id + 1;
    before_left_ = left_;
    left_ = HashMix(id, dictionary.key);
    if (first_ == 0) first_ = left_;
    return id;
  }

  // The next slot's value, in a number column. It is no context for its neighbours: most of its
  // values occur once.
  template <typename Coder>
  int64_t CodeNumber(Coder& coder, ColumnState& column, int64_t value) {
    return column.numbers.Code(coder, models_->bits, value);
  }

 private:
  Models* models_;
  RankedStream templates_;
  uint32_t known_templates_ = 0;
  std::array<uint32_t, 4> history_{};  // the last templates, plus one
  uint64_t left_ = 0;                  // the value to the left in this row, and the one before it
  uint64_t before_left_ = 0;
  uint64_t first_ = 0;  // the first value of this row: often the session, thread or client
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_MODEL_H_
