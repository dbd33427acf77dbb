// The quick model of a table's rows, for the fastest level: what is not expected is coded in whole
// bytes, which a byte packer makes small.
//
// For each value one context is asked what comes next, as in RankedSymbols. A row then is its
// template, a mask that says which of its values are not what was expected, and codes for those.
// Arithmetic coding of each value packs better by a tenth and takes twice as long, in the decoder
// three times: most of its decisions go into ids that no context guesses.
#ifndef LOGPRESS_CODEC_QUICK_ROW_MODEL_H_
#define LOGPRESS_CODEC_QUICK_ROW_MODEL_H_

#include <array>
#include <bit>
#include <cstdint>

#include "base/memory.h"
#include "codec/id_coding.h"
#include "codec/row_hash.h"

namespace logpress::codec {

// What followed each context last: an id plus one, or 0, and in the lowest bit whether it did so
// twice.
class QuickGuesses {
 public:
  // Forgets everything; 2^bits guesses.
  void Reset(int bits) {
    guesses_.assign(size_t{1} << bits, 0);
    shift_ = 64 - bits;
  }

  uint32_t* At(uint64_t context) { return &guesses_[context >> shift_]; }

  // Notes that `id` came. What was right twice must fail twice before it is given up.
  static void Learn(uint32_t* guess, uint32_t id) {
    const uint32_t known = *guess;
    const uint32_t fresh = (id + 1) << 1;
    // Selections, for branches here would not be foreseen.
    const uint32_t other = (known & 1) != 0 ? known - 1 : fresh;
    *guess = known >> 1 == id + 1 ? fresh | 1 : other;
  }

 private:
  Vector<uint32_t> guesses_;
  int shift_ = 0;
};

// A dictionary while rows are coded.
struct QuickDictionary {
  static constexpr uint32_t kRecent = 8;

  uint64_t key = 0;
  uint32_t known = 0;  // values that have occurred
  // The last ids that were not expected, plus one, in a ring: what is coded by its place in it is
  // not put in again.
  std::array<uint32_t, kRecent> recent{};
  uint32_t oldest = 0;

  // 0: new; 1 to kRecent: the last so many put in; more: the code of an id that occurred in a
  // column whose last id, plus one, is `last`.
  uint32_t CodeOf(uint32_t id, IdCoding coding, uint32_t last) {
    // It is there once or not at all. Going through all takes less time than stopping at it.
    uint32_t found = 0;
    for (uint32_t i = 0; i < kRecent; ++i) found |= uint32_t{recent[i] == id + 1} << i;
    if (found != 0)
      return (oldest - 1 - static_cast<uint32_t>(std::countr_zero(found))) % kRecent + 1;
    Put(id);
    return id == known ? 0 : EncodeId(coding, id, known, last) + kRecent + 1;
  }

  // The id of `code`, which may be any number; the result may be no id of this dictionary.
  uint32_t IdOf(uint64_t code, IdCoding coding, uint32_t last) {
    if (code != 0 && code <= kRecent)
      return recent[(oldest - static_cast<uint32_t>(code)) % kRecent] - 1;
    const uint32_t id =
        code == 0 ? known
                  : DecodeId(coding, static_cast<uint32_t>(code - kRecent - 1), known, last);
    Put(id);
    return id;
  }

 private:
  void Put(uint32_t id) {
    recent[oldest % kRecent] = id + 1;
    ++oldest;
  }
};

// A column of ids while rows are coded.
struct QuickColumn {
  uint64_t key = 0;
  IdCoding coding = IdCoding::kPlace;
  uint32_t last = 0;  // the id of its last value, plus one
};

// The rows of one table. Encoder and decoder drive it alike: a row starts, and for each of its ids
// Expect comes before Learn.
class QuickRowModel {
 public:
  // Values that share a byte of a row's mask.
  static constexpr uint32_t kMaskBits = 8;

  QuickRowModel(QuickGuesses* guesses, uint64_t key) : guesses_(guesses), key_(key) {}

  void StartRow(uint32_t t) {
    left_ = (t + uint64_t{1}) * kFirst + key_;
    before_left_ = last_template_ * kFirst + key_;
    last_template_ = t + uint64_t{1};
  }

  // The value to the left of the next one, as a hash.
  uint64_t left() const { return left_; }

  struct Expected {
    uint32_t* guess;
    uint32_t id;  // may be no id at all
  };

  // The context is the two neighbours to the left and the column's last value; where it is silent,
  // that value is expected.
  Expected Expect(const QuickColumn& column) const {
    uint32_t* const guess =
        guesses_->At(left_ + before_left_ * kThird + column.last * kSecond + column.key);
    return {guess, (*guess != 0 ? *guess >> 1 : column.last) - 1};
  }

  void Learn(const Expected& expected, uint32_t id, QuickDictionary* dictionary,
             QuickColumn* column) {
    QuickGuesses::Learn(expected.guess, id);
    dictionary->known += id == dictionary->known;
    column->last = id + 1;
    before_left_ = left_;
    left_ = (id + uint64_t{1}) * kFirst + dictionary->key;
  }

 private:
  QuickGuesses* guesses_;
  uint64_t key_;
  uint64_t last_template_ = 0;  // plus one
  uint64_t left_ = 0;           // the value to the left in this row, and the one before it
  uint64_t before_left_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_QUICK_ROW_MODEL_H_
