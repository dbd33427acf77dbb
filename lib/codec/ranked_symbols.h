// Codes dictionary ids by asking several contexts what comes next.
//
// Each context remembers the id that followed it last time. Most ids in a log are what one of a few
// contexts expects (the same as in the row above; what came with this address before), so most ids
// cost one nearly certain bit: "the first guess is right". This is symbol ranking (P. Fenwick,
// "Symbol ranking text compression", 1997) with ids of values instead of bytes; how sure a guess
// is, and which other contexts share it, chooses the model of its bit.
#ifndef LOGPRESS_CODEC_RANKED_SYMBOLS_H_
#define LOGPRESS_CODEC_RANKED_SYMBOLS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>

#include "base/hash.h"
#include "base/memory.h"
#include "codec/bit_model.h"
#include "codec/contexts.h"
#include "codec/id_coding.h"
#include "codec/nibble_model.h"

namespace logpress::codec {

// What is known of one stream of ids. Ids are numbered in order of first occurrence in all streams
// that share a dictionary: an id is below `known`, or equal to it and new.
struct RankedStream {
  static constexpr uint32_t kNoWindow = ~uint32_t{0};

  IdCoding coding = IdCoding::kPlace;
  uint8_t newness = 0;  // whether the last ids that no context guessed were new, one bit each
  uint8_t repeats = 0;  // how often of late the fallback guess was right, up to kMaxRepeats
  uint32_t last = 0;    // the last id plus one
  uint32_t window = kNoWindow;  // of the models, made when the first id is coded
  uint32_t nibbles = 0;         // the same of the models of ids that no context guesses
  uint32_t guess_mask = 0;      // which of them tell whether a guess is right
  uint8_t tree_bits = 0;        // of an id that is coded by its place, modelled bits
};

class RankedSymbols {
 public:
  static constexpr uint32_t kNoId = 0xffffff;

  // 2^guess_bits guesses, shared by all streams, and 2^nibble_bits nibbles.
  void Reset(int guess_bits, int nibble_bits) {
    nibbles_.Reset(nibble_bits);
    guesses_.assign(size_t{1} << guess_bits, kNoGuess);
    shift_ = 64 - guess_bits;
  }

  // Codes `id` in kCount contexts and returns it. context(k) is the hash of context k, its upper
  // bits the best, the most telling context first. When all contexts are silent or wrong, `plain`
  // is guessed (an id or kNoId). `known` is the number of ids that occurred, of `distinct` in all.
  // A decoder ignores `id` and returns at most `known`, which is the new id.
  template <size_t kCount, typename Coder, typename Context>
  uint32_t Code(Coder& coder, ModelTable& models, RankedStream& stream, uint32_t known,
                uint32_t distinct, const Context& context, uint32_t plain, uint32_t id) {
    static_assert(kCount <= kMaxContexts);
    if (stream.window == RankedStream::kNoWindow) MakeWindow(models, kCount, distinct, &stream);
    std::array<uint32_t*, kCount> places;
    uint32_t tried = 0;  // contexts whose guess was wrong
    // The first context is mostly sure and right, and then the others are not asked. What they
    // would have learned they do not miss: they are there for the cases in which it fails.
    if constexpr (kCount > 0) {
      uint32_t* const first = places[0] = &guesses_[context(0) >> shift_];
      const uint32_t first_guess = *first >> kCountBits;
      if (const uint32_t times = *first & kCountMask; times >= kSure && first_guess < known) {
        if (models.Code(coder, stream.window + kSureModels + Sureness(times), first_guess == id) !=
            0) {
          *first += times < kCountMask;
          stream.last = first_guess + 1;
          CountRepeat(stream, first_guess == plain);
          return first_guess;
        }
        tried = 1;
      }
    }
    std::array<uint32_t, kCount + 1> guess;
    std::array<uint32_t, kCount + 1> sureness;
    for (size_t k = 0; k != kCount; ++k) {
      if (k != 0) places[k] = &guesses_[context(k) >> shift_];
      guess[k] = *places[k] >> kCountBits;
      sureness[k] = Sureness(*places[k] & kCountMask);
      // A guess left by another stream may be out of range for this one.
      if (guess[k] >= known) guess[k] = kNoId;
    }
    guess[kCount] = plain;
    sureness[kCount] = stream.repeats;
    uint32_t silent = 0;  // contexts without a guess
    bool found = false;
    uint32_t result = 0;
    for (size_t k = tried; k <= kCount && !found; ++k) {
      if (guess[k] == kNoId) {
        silent |= 1u << k;
        continue;
      }
      bool again = false;
      for (size_t j = 0; j < k; ++j) again |= guess[j] == guess[k];
      if (again) continue;
      uint32_t support = 0;
      for (size_t j = k + 1; j <= kCount; ++j) {
        support = support * 3 + (guess[j] == kNoId ? 2 : guess[j] == guess[k] ? 1 : 0);
      }
      // Which models a combination of guesses uses, eight of them, one for each sureness.
      const uint32_t group =
          Scatter(static_cast<uint32_t>(k) | tried << 3 | support << 10) & stream.guess_mask;
      if (models.Code(coder, stream.window + kGuessModels + 8 * group + sureness[k],
                      guess[k] == id) != 0) {
        result = guess[k];
        found = true;
      }
      tried |= 1u << k;
    }
    if (!found) {
      if constexpr (Coder::kMetered) coder.NoteUnguessed();
      result = CodeUnguessed(coder, models, stream, known, silent, id);
    }
    for (uint32_t* const place : places) Learn(place, result);
    stream.last = result + 1;
    CountRepeat(stream, result == plain);
    return result;
  }

 private:
  static constexpr int kCountBits = 8;
  static constexpr uint32_t kCountMask = (1u << kCountBits) - 1;
  static constexpr uint32_t kMaxRepeats = 7;
  static constexpr uint32_t kNoGuess = kNoId << kCountBits;
  // Ids are coded bit by bit in the context of their upper bits down to this depth; below it ids
  // are too rare to learn.
  static constexpr int kTreeBits = 12;

  // Ages and steps are coded as their widths in bits, or kLongWidth and what is more, then so many
  // of the bits below the leading one in the context of the width, then the rest.
  static constexpr uint32_t kLongWidth = 15;
  static constexpr int kMoreBits = 5;
  static constexpr int kTopBits = 4;
  static constexpr uint32_t kWidths = 33;
  static constexpr uint32_t kMorePlace = kWidths + 1;
  static constexpr uint32_t kWidthNibbles = kMorePlace + NibbleTable::TreeSize(kMoreBits);

  // A guess that was right so often is tried alone. Measured: 4 costs 0.1 % of the ratio, never
  // trying alone 5 to 10 % of the time.
  static constexpr uint32_t kSure = 8;

  // The models of a window: eight for a first guess tried alone, whether an unguessed id is new (by
  // eight histories and fifteen groups of silent contexts), and guesses.
  static constexpr uint32_t kSureModels = 0;
  static constexpr uint32_t kNewModels = 8;
  static constexpr uint32_t kNewGroups = 15;
  static constexpr uint32_t kGuessModels = kNewModels + 8 * kNewGroups;
  // More contexts combine in more ways, and a larger dictionary sees more of them.
  static constexpr int kMinGuessGroupBits = 6;
  static constexpr int MaxGuessGroupBits(size_t contexts) {
    return contexts > 3 ? 9 : 1 + 2 * static_cast<int>(contexts);
  }

  void MakeWindow(ModelTable& models, size_t contexts, uint32_t distinct, RankedStream* stream) {
    const auto width = static_cast<int>(std::bit_width(distinct));
    const int group_bits =
        std::min(std::max(width + 4, kMinGuessGroupBits), MaxGuessGroupBits(contexts));
    stream->guess_mask = (1u << group_bits) - 1;
    stream->window = models.NewWindow(kGuessModels + (8u << group_bits));
    stream->tree_bits = static_cast<uint8_t>(std::min(width, kTreeBits));
    stream->nibbles = nibbles_.NewWindow(stream->coding == IdCoding::kPlace
                                             ? NibbleTable::TreeSize(stream->tree_bits)
                                             : kWidthNibbles);
  }

  // Spreads a combination of small numbers over all bits.
  static uint32_t Scatter(uint32_t value) {
    value *= 0x9E3779B1u;
    return value >> 16 ^ value >> 25;
  }

  static void CountRepeat(RankedStream& stream, bool repeated) {
    const uint32_t times = stream.repeats;
    stream.repeats = static_cast<uint8_t>(repeated ? times + (times < kMaxRepeats) : times / 2);
  }

  static uint32_t Sureness(uint32_t count) {
    return std::min<uint32_t>(static_cast<uint32_t>(std::bit_width(count)), 7);
  }

  // New, or an id that has occurred.
  template <typename Coder>
  uint32_t CodeUnguessed(Coder& coder, ModelTable& models, RankedStream& stream, uint32_t known,
                         uint32_t silent, uint32_t id) {
    uint32_t is_new = 1;
    if (known != 0) {
      const uint32_t group = Scatter(silent) % kNewGroups;
      is_new = models.Code(coder, stream.window + kNewModels + 8 * group + (stream.newness & 7),
                           id == known);
      stream.newness = static_cast<uint8_t>(stream.newness << 1 | is_new);
    }
    if (is_new != 0) return known;
    const uint32_t coded = EncodeId(stream.coding, id, known, stream.last);
    const uint32_t result = stream.coding == IdCoding::kPlace
                                ? CodePlace(coder, stream, known, coded)
                                : CodeWidth(coder, stream.nibbles, coded);
    // Only a damaged stream names an id that has not occurred.
    return std::min(DecodeId(stream.coding, result, known, stream.last), known - 1);
  }

  // A number below `known`, in as many bits as there are ids.
  template <typename Coder>
  uint32_t CodePlace(Coder& coder, const RankedStream& stream, uint32_t known, uint32_t id) {
    const auto bits = static_cast<int>(std::bit_width(known - 1));
    const int low_bits = std::max(0, bits - int{stream.tree_bits});
    const uint32_t high = nibbles_.CodeTree(coder, stream.nibbles, id >> low_bits, bits - low_bits);
    return high << low_bits | CodeLow(coder, id, low_bits);
  }

  // A number that is small more often than large.
  template <typename Coder>
  uint32_t CodeWidth(Coder& coder, uint32_t nibbles, uint32_t value) {
    auto width = static_cast<uint32_t>(std::bit_width(value));
    const uint32_t more = width - std::min(width, kLongWidth);
    width = nibbles_.At(nibbles).Code(coder, width - more);
    if (width == kLongWidth) {
      // A damaged stream may say more than 32.
      width += nibbles_.CodeTree(coder, nibbles + kMorePlace, more, kMoreBits);
      width = std::min(width, kWidths - 1);
    }
    if (width < 2) return width;
    const int rest = static_cast<int>(width) - 1;
    const int top_bits = std::min(rest, kTopBits);
    const int low_bits = rest - top_bits;
    const uint32_t mask = (1u << top_bits) - 1;
    const uint32_t top = nibbles_.At(nibbles + width).Code(coder, value >> low_bits & mask) & mask;
    return ((1u << top_bits) + top) << low_bits | CodeLow(coder, value, low_bits);
  }

  template <typename Coder>
  static uint32_t CodeLow(Coder& coder, uint32_t value, int bits) {
    return static_cast<uint32_t>(coder.CodeRaw(value & ((1u << bits) - 1), bits));
  }

  // A right guess grows surer. A wrong one must fail twice, or four times if it was sure, before it
  // is given up.
  static void Learn(uint32_t* place, uint32_t id) {
    const uint32_t guess = *place >> kCountBits;
    const uint32_t count = *place & kCountMask;
    if (guess == id) {
      *place += count < kCountMask;
    } else if (count < 2) {
      *place = std::min(id, kNoId) << kCountBits;
    } else {
      *place = guess << kCountBits | count >> 2;
    }
  }

  Vector<uint32_t> guesses_;
  NibbleTable nibbles_;
  int shift_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RANKED_SYMBOLS_H_
