// Codes strings by their bytes: contexts of the bytes before, of the column, of the value one row
// up and of the values that were expected, and two match models.
#ifndef LOGPRESS_BACKEND_MIX_TEXT_MODEL_H_
#define LOGPRESS_BACKEND_MIX_TEXT_MODEL_H_

#include <algorithm>
#include <array>
#include <cstdint>

#include "backend/mix/families.h"
#include "backend/mix/match_finder.h"
#include "backend/mix/pattern.h"
#include "backend/mix/sizes.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/nibble_model.h"

namespace logpress::mix {

struct TextContext {
  uint64_t column = 0;
  uint64_t kind_column = 0;  // of columns that look alike
  ByteView above;            // the value of the row above
  std::array<ByteView, 3> expected = {};
  size_t expected_count = 0;
  uint32_t select = 0;  // below 16
};

class TextModel {
 public:
  void Reset(ContextTable* table, const Sizes& sizes);
  void LeaveOut(LeftOut left_out) { left_out_ = left_out; }

  // Codes a string without zero bytes and puts it into *result. A decoder ignores `string` and
  // returns false when it is longer than `limit`.
  template <typename Coder>
  bool Code(Coder& coder, const TextContext& context, ByteView string, uint64_t limit,
            ByteBuffer* result);

 private:
  static constexpr size_t kContexts = 14;
  static constexpr uint32_t kColumnWeights = 1024;
  static constexpr uint64_t kSixBytes = 0xffffffffffff;

  // The classes of the last runs of bytes: digits, capitals, other letters; every other byte is a
  // class and a run of its own.
  static uint64_t AddToShape(uint64_t shape, uint8_t byte) {
    constexpr uint64_t kClasses = 3;
    const auto c = static_cast<char>(byte);
    const uint64_t kind = IsDigit(c) ? 1 : !IsLetter(c) ? byte : byte < 'a' ? 2 : 3;
    return kind <= kClasses && (shape & 0xff) == kind ? shape : shape << 8 | kind;
  }
  uint8_t At(uint32_t place) const { return history_[place & history_mask_]; }
  uint32_t MatchLength(uint32_t place, uint32_t most) const {
    uint32_t length = 0;
    while (length < most && length < place && At(place - 1 - length) == At(end_ - 1 - length))
      ++length;
    return length;
  }
  // Where there is no match, looks for one; then remembers this place.
  void FindMatches(uint64_t column);
  void Append(uint8_t byte);
  void Drop(std::array<uint64_t, kContexts>* hashes) const;

  NibbleModel bytes_;
  Vector<uint8_t> history_;
  uint32_t history_mask_ = 0;
  uint32_t end_ = 0;          // bytes coded so far
  uint64_t last_ = 0;         // the last eight of them
  MatchFinder long_match_;    // of six bytes
  MatchFinder column_match_;  // of four, in one column
  std::array<std::array<Counter, 32>, 5> counters_;
  LeftOut left_out_;
};

template <typename Coder>
bool TextModel::Code(Coder& coder, const TextContext& context, ByteView string, uint64_t limit,
                     ByteBuffer* result) {
  result->clear();
  const uint64_t column = context.column;
  uint64_t word = 0;
  uint64_t previous_word = 0;
  uint32_t recent = 0;  // bytes of this string
  uint64_t shape = 0;   // and their classes
  uint64_t prefix = 1;  // and all of them
  bool above_matches = true;
  long_match_.Forget();
  column_match_.Forget();
  std::array<bool, 3> alive = {};
  for (size_t e = 0; e < context.expected_count; ++e) alive[e] = true;
  const auto byte_of = [](ByteView view, size_t i) {
    return i < view.size() ? static_cast<uint8_t>(view[i]) : 0;
  };
  for (size_t i = 0;; ++i) {
    if (coder.Exhausted()) return false;
    FindMatches(column);
    std::array<Expectation, 5> expected;
    if (long_match_.length() != 0) expected[0].byte = At(long_match_.place());
    expected[0].counter = &counters_[0][long_match_.Step()];
    if (column_match_.length() != 0) expected[1].byte = At(column_match_.place());
    expected[1].counter = &counters_[1][column_match_.Step()];
    for (size_t e = 0; e < 3; ++e) {
      if (alive[e]) expected[2 + e].byte = byte_of(context.expected[e], i);
      expected[2 + e].counter = &counters_[2 + e][std::min<size_t>(i, 15)];
    }
    const int first = expected[2].byte + 1;
    const int second = expected[3].byte + 1;
    const size_t place = std::min<size_t>(i, 3);
    const uint32_t above = byte_of(context.above, i);
    std::array<uint64_t, kContexts> hashes = {
        ContextHash(column, 1, std::min<size_t>(i, 12)),
        ContextHash(column, 2, recent & 0xff, place),
        ContextHash(6, last_ & 0xffff),
        ContextHash(7, last_ & 0xffffff),
        ContextHash(9, last_ & kSixBytes),
        ContextHash(10, word, recent & 0xff),
        ContextHash(11, word, previous_word),
        ContextHash(column, 14, first, second, above_matches),
        ContextHash(context.kind_column, 16, recent & 0xffff, place),
        ContextHash(column, 17, i, context.above.size(), above),
        ContextHash(20, 0),
        ContextHash(35, shape, column),
        ContextHash(context.kind_column, 52, prefix),
        ContextHash(57, last_ & 0xffffff00),
    };
    if (left_out_.Any()) Drop(&hashes);
    const uint32_t has_first = first != 0 ? 1 : 0;
    const NibbleSelectors select = {long_match_.Step() * 2 + has_first, context.select,
                                    (recent & 0xff) + 256 * has_first,
                                    static_cast<uint32_t>(column >> 32) % kColumnWeights};
    const auto byte =
        static_cast<uint8_t>(bytes_.CodeByte(coder, hashes, byte_of(string, i), expected, select));
    for (size_t e = 0; e < context.expected_count; ++e)
      alive[e] = alive[e] && byte_of(context.expected[e], i) == byte;
    above_matches = above_matches && above == byte;
    Append(byte);
    recent = recent << 8 | byte;
    prefix = ContextHash(prefix, byte);
    shape = AddToShape(shape, byte);
    const auto c = static_cast<char>(byte);
    if (IsLetter(c) || IsDigit(c)) {
      word = ContextHash(word, byte);
    } else if (word != 0) {
      previous_word = word;
      word = 0;
    }
    if (byte == 0) return true;
    if (result->size() >= limit) return false;
    result->push_back(c);
  }
}

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_TEXT_MODEL_H_
