// The model of a table's rows: which template comes next, and which value in each of its slots.
#ifndef LOGPRESS_CODEC_ROW_MODEL_H_
#define LOGPRESS_CODEC_ROW_MODEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <span>

#include "base/hash.h"
#include "codec/bit_model.h"
#include "codec/contexts.h"
#include "codec/number_coder.h"
#include "codec/quick_row_model.h"
#include "codec/ranked_symbols.h"
#include "codec/row_hash.h"

namespace logpress::codec {

// How large the tables of models of a block are. They grow with it up to 16 MiB each: a small block
// starts with small tables and so starts fast, and beyond them nothing is gained.
struct ModelSizes {
  static constexpr int kMinBits = ModelTable::kMinBits;
  static constexpr int kMaxBits = 22;

  int model_bits = kMinBits;
  int guess_bits = kMinBits;
  // A nibble takes as much as eight bits, of which a stream has as many.
  int nibble_bits() const { return model_bits - kFewerNibbleBits; }
  static constexpr int kFewerNibbleBits = 4;

  static ModelSizes For(uint64_t raw_size, int max_guess_bits) {
    return {Bits(raw_size, kMaxBits), Bits(raw_size, max_guess_bits)};
  }
  // Those of a group of rows of this block.
  ModelSizes OfGroup(uint64_t size) const {
    return {Bits(size, model_bits), Bits(size, guess_bits)};
  }

 private:
  static int Bits(uint64_t size, int max_bits) {
    return std::clamp(static_cast<int>(std::bit_width(size)) - 3, kMinBits, max_bits);
  }
};

class MixedValues;  // mixed_values.h

// The tables of models of a block.
struct Models {
  Models();
  ~Models();
  Models(const Models&) = delete;
  Models& operator=(const Models&) = delete;

  ModelTable bits;
  RankedSymbols guesses;
  QuickGuesses quick;
  std::unique_ptr<MixedValues> mixed;  // where contexts is kMixedContexts, instead of the others
  uint32_t contexts = kMaxContexts;    // 0: rows are coded by QuickRowModel, and bits are not used
  uint64_t next_key = 1;

  // Begins a block: first come its lists, which share the tables.
  void Start(const ModelSizes& sizes, uint32_t context_count);
  // Forgets everything, for a group of rows.
  void StartGroup(const ModelSizes& sizes) {
    if (contexts == 0) return quick.Reset(sizes.guess_bits);
    if (contexts == kMixedContexts) return StartMixed(sizes);
    bits.Reset(sizes.model_bits);
    guesses.Reset(sizes.guess_bits, sizes.nibble_bits());
  }
  uint64_t NewKey() { return HashMix(next_key++, 0); }

 private:
  void StartMixed(const ModelSizes& sizes);
};

// What is known of a dictionary while rows are coded.
struct DictionaryState {
  uint64_t key = 0;
  uint32_t distinct = 0;                 // all values
  uint32_t known = 0;                    // values that have occurred
  uint32_t last = RankedSymbols::kNoId;  // the last value, in any column
};

// What is known of a column while rows are coded.
struct ColumnState {
  uint64_t key = 0;          // dictionary columns
  RankedStream ids;          // dictionary columns
  ContextSet contexts;       // dictionary columns
  NumberCoder numbers;       // number columns
  uint32_t before_last = 0;  // the id of the value before the last one, plus one
};

// Ids and numbers as a row model has them coded: by guesses that are asked in turn.
class RankedCoding {
 public:
  explicit RankedCoding(Models* models) : models_(models) {}

  // An id in the contexts of a set; context(k) is the hash of context k. See RankedSymbols::Code.
  template <typename Coder, typename Context>
  uint32_t CodeId(Coder& coder, const ContextSet& contexts, RankedStream& stream,
                  bool /*is_template*/, uint32_t known, uint32_t distinct, const Context& context,
                  uint32_t plain, uint32_t id) {
    const auto chosen = [&](size_t k) { return context(contexts.index[k]); };
    RankedSymbols& guesses = models_->guesses;
    ModelTable& bits = models_->bits;
    switch (contexts.count) {
      case 0:
        return guesses.Code<0>(coder, bits, stream, known, distinct, chosen, plain, id);
      case 1:
        return guesses.Code<1>(coder, bits, stream, known, distinct, chosen, plain, id);
      case 2:
        return guesses.Code<2>(coder, bits, stream, known, distinct, chosen, plain, id);
      case 3:
        return guesses.Code<3>(coder, bits, stream, known, distinct, chosen, plain, id);
      default:
        return guesses.Code<kMaxContexts>(coder, bits, stream, known, distinct, context, plain, id);
    }
  }

  // `context` says what the row is, `left` is a hash of the value to the left.
  template <typename Coder>
  int64_t CodeNumber(Coder& coder, NumberCoder& numbers, int64_t value, uint32_t context,
                     uint64_t /*left*/) {
    return numbers.Code(coder, models_->bits, value, context);
  }

 private:
  Models* models_;
};

// Codes the rows of one table, value after value. Encoder and decoder drive it alike.
template <typename Coding>
class BasicRowModel {
 public:
  // `key` sets the contexts of this table's templates apart from those of others, `contexts` are
  // those in which they are guessed. Of its templates the first `known_templates` have occurred.
  BasicRowModel() : coding_(nullptr) {}
  BasicRowModel(Models* models, uint64_t key, const ContextSet& contexts, uint32_t template_count,
                uint32_t known_templates)
      : coding_(models),
        key_(key),
        template_contexts_(contexts),
        template_count_(template_count),
        known_templates_(known_templates) {}

  // Goes on with a copy of the models.
  void Use(Models* models) { coding_ = Coding(models); }

  // Starts a row. Returns its template, at most the number of templates that occurred so far.
  template <typename Coder>
  uint32_t CodeTemplate(Coder& coder, uint32_t id) {
    const std::array<uint64_t, kMaxContexts> sums =
        TemplateContexts(history_, left_, before_left_, key_);
    id = coding_.CodeId(
        coder, template_contexts_, templates_, true, known_templates_, template_count_,
        [&](size_t k) { return FinishContext(sums[k]); }, RankedSymbols::kNoId, id);
    known_templates_ += id == known_templates_ && id < template_count_;
    left_ = (id + 1) * kFirst + key_;
    before_left_ = history_[0] * kFirst + key_;
    first_ = 0;
    number_context_ = id % (NumberCoder::kContexts / 2) * 2 + (history_[0] == id + uint64_t{1});
    std::copy_backward(history_.begin(), history_.end() - 1, history_.end());
    history_[0] = id + 1;
    return id;
  }

  // The next slot's value, in a dictionary column. Returns at most dictionary.known.
  template <typename Coder>
  uint32_t CodeId(Coder& coder, DictionaryState& dictionary, ColumnState& column, uint32_t id) {
    const uint32_t last = column.ids.last;
    const IdNeighbours at = {left_, before_left_ * kThird, last * kSecond,
                             column.before_last * kFourth, first_};
    id = coding_.CodeId(
        coder, column.contexts, column.ids, false, dictionary.known, dictionary.distinct,
        [&](size_t k) { return IdContext(k, at, column.key, dictionary.key); }, dictionary.last,
        id);
    dictionary.known += id == dictionary.known;
    dictionary.last = id;
    column.before_last = last;
    before_left_ = left_;
    left_ = (id + 1) * kFirst + dictionary.key;
    if (first_ == 0) first_ = left_;
    return id;
  }

  // The next slot's value, in a number column. It is no context for its neighbours: most of its
  // values occur once. The time since the last row depends on what the rows are.
  template <typename Coder>
  int64_t CodeNumber(Coder& coder, ColumnState& column, int64_t value) {
    column.numbers.Enter(left_);
    return coding_.CodeNumber(coder, column.numbers, value, number_context_, left_);
  }

  // The same for the first number of the column behind a gap in time.
  template <typename Coder>
  int64_t CodeNumberBehindGap(Coder& coder, ColumnState& column, int64_t value) {
    column.numbers.Enter(left_);
    const NumberCoder::Pace pace = column.numbers.pace();
    const int64_t result = coding_.CodeNumber(coder, column.numbers, value, number_context_, left_);
    column.numbers.set_pace(pace);
    return result;
  }

 private:
  Coding coding_;
  uint64_t key_ = 0;
  ContextSet template_contexts_;
  uint32_t template_count_ = 0;
  uint32_t known_templates_ = 0;
  uint32_t number_context_ = 0;
  RankedStream templates_;
  std::array<uint64_t, 8> history_{};  // the last templates, plus one
  uint64_t left_ = 0;                  // the value to the left in this row, and the one before it
  uint64_t before_left_ = 0;
  uint64_t first_ = 0;  // the first value of this row: often the session, thread or client
};

using RowModel = BasicRowModel<RankedCoding>;

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_MODEL_H_
