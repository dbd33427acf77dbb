// The model of a table's rows: which template comes next, and which value in each of its slots.
#ifndef LOGPRESS_CODEC_ROW_MODEL_H_
#define LOGPRESS_CODEC_ROW_MODEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "base/hash.h"
#include "codec/bit_model.h"
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

// The tables of models of a block.
struct Models {
  ModelTable bits;
  RankedSymbols guesses;
  QuickGuesses quick;
  uint32_t contexts = kMaxContexts;  // 0: rows are coded by QuickRowModel, and bits are not used
  uint64_t next_key = 1;

  // Begins a block: first come its lists, which share the tables.
  void Start(const ModelSizes& sizes, uint32_t context_count) {
    contexts = context_count;
    next_key = 1;
    StartGroup(sizes);
  }
  // Forgets everything, for a group of rows.
  void StartGroup(const ModelSizes& sizes) {
    if (contexts == 0) return quick.Reset(sizes.guess_bits);
    bits.Reset(sizes.model_bits);
    guesses.Reset(sizes.guess_bits);
  }
  uint64_t NewKey() { return HashMix(next_key++, 0); }
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
  NumberCoder numbers;       // number columns
  uint32_t before_last = 0;  // the id of the value before the last one, plus one
};

// Codes the rows of one table, value after value. Encoder and decoder drive it alike.
class RowModel {
 public:
  // `key` sets the contexts of this table's templates apart from those of others. Of its templates
  // the first `known_templates` have occurred.
  RowModel(Models* models, uint64_t key, uint32_t template_count, uint32_t known_templates)
      : models_(models),
        key_(key),
        template_count_(template_count),
        known_templates_(known_templates) {}

  // Starts a row. Returns its template, at most the number of templates that occurred so far.
  template <typename Coder>
  uint32_t CodeTemplate(Coder& coder, uint32_t id) {
    const auto code = [&]<size_t kCount>(const std::array<uint64_t, kCount>& contexts) {
      const auto context = [&](size_t k) { return contexts[k]; };
      return models_->guesses.Code<kCount>(coder, models_->bits, templates_, known_templates_,
                                           template_count_, context, RankedSymbols::kNoId, id);
    };
    const auto& h = history_;
    const uint64_t last = h[0] * kFirst + key_;
    const uint64_t two = last + h[1] * kSecond;
    const uint64_t three = two + h[2] * kThird;
    const uint64_t four = three + h[3] * kFourth;
    if (models_->contexts < kMaxContexts) {
      id = code(std::array{Finish(four), Finish(two), Finish(last + 1)});
    } else {
      const uint64_t five = four + h[4] * (3 * kFirst);
      const uint64_t eight =
          five + h[5] * (3 * kSecond) + h[6] * (3 * kThird) + h[7] * (3 * kFourth);
      const uint64_t values = last + left_ * kThird + before_left_ * kFourth;
      id = code(std::array{Finish(eight + 8), Finish(five + 5), Finish(three + 3),
                           Finish(values + 6), Finish(two), Finish(last + 1)});
    }
    known_templates_ += id == known_templates_;
    left_ = Finish((id + 1) * kFirst + key_);
    before_left_ = Finish(history_[0] * kFirst + key_);
    first_ = 0;
    number_context_ = id % (NumberCoder::kContexts / 2) * 2 + (history_[0] == id + uint64_t{1});
    std::copy_backward(history_.begin(), history_.end() - 1, history_.end());
    history_[0] = id + 1;
    return id;
  }

  // The next slot's value, in a dictionary column. Returns at most dictionary.known.
  //
  // Some contexts belong to the column, the others to the dictionary: what came with this user in
  // another statement is a good guess in this one.
  template <typename Coder>
  uint32_t CodeId(Coder& coder, DictionaryState& dictionary, ColumnState& column, uint32_t id) {
    const uint64_t neighbours = left_ + before_left_ * kThird;
    const uint32_t last = column.ids.last;
    const auto context = [&](size_t k) -> uint64_t {
      switch (k) {
        case 0:
          return Finish(neighbours + last * kFirst + column.key);
        case 1:
          return Finish(neighbours + dictionary.key);
        case 2:
          return Finish(left_ + dictionary.key);
        case 3:
          return Finish(last * kFirst + column.before_last * kSecond + column.key);
        case 4:
          return Finish(last * kFirst + column.key + 1);
        default:
          return Finish(first_ + dictionary.key + 1);
      }
    };
    const auto code = [&]<size_t kCount>() {
      return models_->guesses.Code<kCount>(coder, models_->bits, column.ids, dictionary.known,
                                           dictionary.distinct, context, dictionary.last, id);
    };
    switch (models_->contexts) {
      case 1:
        id = code.template operator()<1>();
        break;
      case 2:
        id = code.template operator()<2>();
        break;
      case 3:
        id = code.template operator()<3>();
        break;
      default:
        id = code.template operator()<kMaxContexts>();
        break;
    }
    dictionary.known += id == dictionary.known;
    dictionary.last = id;
    column.before_last = last;
    before_left_ = left_;
    left_ = Finish((id + 1) * kFirst + dictionary.key);
    if (first_ == 0) first_ = left_;
    return id;
  }

  // The next slot's value, in a number column. It is no context for its neighbours: most of its
  // values occur once. The time since the last row depends on what the rows are.
  template <typename Coder>
  int64_t CodeNumber(Coder& coder, ColumnState& column, int64_t value) {
    return column.numbers.Code(coder, models_->bits, value, number_context_);
  }

 private:
  static uint64_t Finish(uint64_t sum) { return FinishContext(sum); }

  Models* models_;
  uint64_t key_;
  uint32_t template_count_;
  uint32_t known_templates_;
  uint32_t number_context_ = 0;
  RankedStream templates_;
  std::array<uint64_t, 8> history_{};  // the last templates, plus one
  uint64_t left_ = 0;                  // the value to the left in this row, and the one before it
  uint64_t before_left_ = 0;
  uint64_t first_ = 0;  // the first value of this row: often the session, thread or client
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ROW_MODEL_H_
