// Codes a stream of strings that end with a newline: the texts of a block, and its templates.
//
// As RawModel, with two differences. Where the last bytes occurred before at some length, the byte
// that followed then is asked for alone, with one decision instead of eight: most of a stream that
// repeats itself goes that way, twenty times faster. And a context is the string before, at the
// same place: dictionaries list what is alike.
#ifndef LOGPRESS_BACKEND_MIX_STREAM_MODEL_H_
#define LOGPRESS_BACKEND_MIX_STREAM_MODEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "backend/mix/match_finder.h"
#include "backend/mix/pattern.h"
#include "base/bytes.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/context_table.h"
#include "codec/mix/counter.h"
#include "codec/mix/nibble_model.h"

namespace logpress::mix {

class StreamModel {
 public:
  // Codes `size` bytes. An encoder codes those of `bytes` and leaves *out alone; a decoder ignores
  // `bytes` and appends to *out. False, and not all are coded, if a decoder's coder is exhausted.
  template <typename Coder>
  bool Code(Coder& coder, ByteView bytes, uint64_t size, ByteBuffer* out);

  // Bytes that the tables of a stream of this size take.
  static uint64_t Memory(uint64_t size);

 private:
  static constexpr size_t kContexts = 5;
  static constexpr uint32_t kMaxLookedAt = 48;
  // From this length on the expected byte is asked for alone.
  static constexpr uint32_t kLongMatch = 20;
  static constexpr int kSureBits = 16;
  static constexpr uint32_t kMaxColumn = 255;

  static int BlockBits(uint64_t size) {
    return std::clamp(static_cast<int>(std::bit_width(size)), 12, 24);
  }
  static int LineBits(uint64_t size) { return std::min(BlockBits(size) - 2, 18); }
  static int MatchBits(uint64_t size) { return std::min(BlockBits(size) - 2, 18); }
  static int CorrectionBits(uint64_t size) { return std::min(BlockBits(size) - 4, 12); }

  void Reset(uint64_t size);
  // Length of a long match in sixteen steps.
  static uint32_t LongStep(uint32_t length) {
    if (length < 32) return length / 4;
    return length < 448 ? 8 + length / 64 : 15;
  }
  // Asks for the expected byte alone; whether it came.
  template <typename Coder>
  bool CodeSure(Coder& coder, uint64_t last, uint8_t expected, uint8_t byte);

  ContextTable table_;
  NibbleModel model_;
  StreamMatches match_;
  // Of expected bytes that are asked for alone: by the length of the match, and by the bytes
  // before.
  Vector<Counter> sure_by_length_;
  Vector<Counter> sure_by_bytes_;
};

inline void StreamModel::Reset(uint64_t size) {
  table_.Reset(LineBits(size));
  model_.Reset(&table_, {kContexts, 1, {64, 32, 256, 0}, CorrectionBits(size)});
  match_.Reset(MatchBits(size));
  constexpr Counter kSure = {65400, 20};
  sure_by_length_.assign(size_t{16} << 8, kSure);
  sure_by_bytes_.assign(size_t{1} << kSureBits, kSure);
}

inline uint64_t StreamModel::Memory(uint64_t size) {
  constexpr uint64_t kMapContext = 66;            // of an adaptive probability map
  constexpr uint64_t kFixed = uint64_t{7} << 18;  // counters, weights, and the first map
  return (uint64_t{64} << LineBits(size)) + (uint64_t{4} << MatchBits(size)) +
         (kMapContext << CorrectionBits(size)) + kFixed;
}

template <typename Coder>
bool StreamModel::CodeSure(Coder& coder, uint64_t last, uint8_t expected, uint8_t byte) {
  Counter& by_length = sure_by_length_[LongStep(match_.length()) << 8 | expected];
  Counter& by_bytes =
      sure_by_bytes_[PlaceOf(ContextHash(last & 0xffff, expected)) & ((1u << kSureBits) - 1)];
  const uint32_t one = (by_length.one + 3u * by_bytes.one) / 4;
  const uint32_t right = coder.Code(expected == byte ? 1 : 0, CodedProbability(one));
  by_length.Update(right, kCounterLimit);
  by_bytes.Update(right, kCounterLimit);
  return right != 0;
}

template <typename Coder>
bool StreamModel::Code(Coder& coder, ByteView bytes, uint64_t size, ByteBuffer* out) {
  Reset(size);
  const size_t start = Coder::kDecodes ? out->size() : 0;
  const auto at = [&](size_t i) {
    return static_cast<uint8_t>(Coder::kDecodes ? (*out)[start + i] : bytes[i]);
  };
  uint64_t last = 0;
  uint64_t word = 0;
  size_t string = 0;  // where this string begins, and the one before
  size_t string_before = 0;
  for (size_t i = 0; i < size; ++i) {
    if (coder.Exhausted()) return false;
    match_.Look(i, last, kMaxLookedAt, at);
    std::array<Expectation, 1> expected;
    uint8_t byte = Coder::kDecodes ? 0 : at(i);
    bool coded = false;
    if (match_.length() != 0) {
      const uint8_t likely = at(match_.place());
      if (match_.length() >= kLongMatch) {
        coded = CodeSure(coder, last, likely, byte);
        match_.Advance(coded);
        if (coded) byte = likely;
      } else {
        expected[0] = {likely, match_.counter()};
      }
    }
    if (!coded) {
      const size_t column = i - string;
      const uint32_t above = string_before + column < string ? at(string_before + column) : 0;
      std::array<uint64_t, kContexts> hashes = {
          ContextHash(1, last & 0xff),
          ContextHash(2, last & 0xffff),
          ContextHash(3, last & 0xffffff),
          ContextHash(4, word, last & 0xff),
          ContextHash(5, std::min<size_t>(column, kMaxColumn), above),
      };
      const NibbleSelectors select = {match_.Step() * 2,
                                      static_cast<uint32_t>(last >> 8 & 0xf8) >> 3,
                                      static_cast<uint32_t>(last & 0xff), 0};
      byte = static_cast<uint8_t>(model_.CodeByte(coder, hashes, byte, expected, select));
      if (match_.length() != 0) match_.Advance(expected[0].byte == byte);
    }
    if constexpr (Coder::kDecodes) out->push_back(static_cast<char>(byte));
    last = last << 8 | byte;
    const auto c = static_cast<char>(byte);
    word = IsLetter(c) || IsDigit(c) ? ContextHash(word, byte) : 0;
    if (c == '\n') {
      string_before = string;
      string = i + 1;
    }
  }
  return true;
}

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_STREAM_MODEL_H_
