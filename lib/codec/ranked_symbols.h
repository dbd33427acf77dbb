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
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "codec/bit_model.h"

namespace logpress::codec {

inline constexpr size_t kMaxContexts = 6;

// What is known of one stream of ids. Ids are numbered in order of first occurrence in all streams
// that share a dictionary: an id is below `known`, or equal to it and new.
struct RankedStream {
  uint64_t key = 0;      // tells the models of this stream from those of others
  uint32_t newness = 0;  // whether the last ids that no context guessed were new, one bit each
  uint32_t repeats = 0;  // how often of late the plain guess was right, up to kMaxRepeats
};

class RankedSymbols {
 public:
  static constexpr uint32_t kNoId = 0xffffff;

  // 2^guess_bits guesses, shared by all streams.
  void Reset(int guess_bits) {
    guesses_.assign(size_t{1} << guess_bits, kNoGuess);
    mask_ = guesses_.size() - 1;
  }

  // Codes `id` in `count` contexts and returns it. context(k) is the hash of context k, the most
  // telling first; count is at most kMaxContexts. When all contexts are silent or wrong, `plain` is
  // guessed (an id or kNoId). `known` is the number of ids that occurred. A decoder ignores `id`
  // and returns at most `known`, which is the new id.
  template <typename Coder, typename Context>
  uint32_t Code(Coder& coder, ModelTable& models, RankedStream& stream, uint32_t known,
                size_t count, const Context& context, uint32_t plain, uint32_t id) {
    uint32_t* places[kMaxContexts] = {};
    uint32_t guess[kMaxContexts + 1] = {};
    uint32_t tried = 0;  // contexts whose guess was wrong
    places[0] = &guesses_[context(0) & mask_];
    guess[0] = *places[0] >> kCountBits;
    // The first context is mostly sure and right, and then the others are not asked. What they
    // would have learned they do not miss: they are there for the cases in which it fails.
    if (const uint32_t times = *places[0] & kCountMask; times >= kSure && guess[0] < known) {
      const uint64_t place = HashMix(stream.key, 1) + Sureness(times);
      if (models.Code(coder, place, guess[0] == id) != 0) {
        *places[0] += times < kCountMask;
        CountRepeat(stream, guess[0] == plain);
        return guess[0];
      }
      tried = 1;
    }
    uint32_t sureness[kMaxContexts + 1] = {};
    for (size_t k = 0; k < count; ++k) {
      if (k > 0) places[k] = &guesses_[context(k) & mask_];
      guess[k] = *places[k] >> kCountBits;
      sureness[k] = Sureness(*places[k] & kCountMask);
      // A guess left by another stream may be out of range for this one.
      if (guess[k] >= known) guess[k] = kNoId;
    }
    guess[count] = plain;
    sureness[count] = stream.repeats;
    uint32_t silent = 0;  // contexts without a guess
    bool found = false;
    uint32_t result = 0;
    for (size_t k = tried; k <= count && !found; ++k) {
      if (guess[k] == kNoId) {
        silent |= 1u << k;
        continue;
      }
      bool again = false;
      for (size_t j = 0; j < k; ++j) again |= guess[j] == guess[k];
      if (again) continue;
      uint32_t support = 0;
      for (size_t j = k + 1; j <= count; ++j) {
        support = support * 3 + (guess[j] == kNoId ? 2 : guess[j] == guess[k] ? 1 : 0);
      }
      const uint64_t place =
          HashMix(stream.key, static_cast<uint64_t>(k) << 40 | static_cast<uint64_t>(tried) << 32 |
                                  support << 8) +
          sureness[k];
      if (models.Code(coder, place, guess[k] == id) != 0) {
        result = guess[k];
        found = true;
      }
      tried |= 1u << k;
    }
    if (!found) result = CodeUnguessed(coder, models, stream, known, silent, id);
    for (size_t k = 0; k < count; ++k) Learn(places[k], result);
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

  // A guess that was right so often is tried alone. Measured: 4 costs 0.1 % of the ratio, never
  // trying alone 5 to 10 % of the time.
  static constexpr uint32_t kSure = 8;

  static void CountRepeat(RankedStream& stream, bool repeated) {
    if (repeated) {
      stream.repeats += stream.repeats < kMaxRepeats;
    } else {
      stream.repeats /= 2;
    }
  }

  static uint32_t Sureness(uint32_t count) {
    return std::min<uint32_t>(static_cast<uint32_t>(std::bit_width(count)), 7);
  }

  // New, or an id that has occurred: its index, in as many bits as there are ids.
  template <typename Coder>
  uint32_t CodeUnguessed(Coder& coder, ModelTable& models, RankedStream& stream, uint32_t known,
                         uint32_t silent, uint32_t id) {
    const uint64_t place = HashMix(stream.key, uint64_t{1} << 48 | silent);
    uint32_t is_new = 1;
    if (known != 0) {
      is_new = models.Code(coder, place + (stream.newness & 7), id == known);
      stream.newness = stream.newness << 1 | is_new;
    }
    if (is_new != 0) return known;
    const auto bits = static_cast<int>(std::bit_width(known - 1));
    const int low_bits = std::max(0, bits - kTreeBits);
    const uint64_t tree = HashMix(stream.key, uint64_t{1} << 49 | static_cast<uint64_t>(bits));
    uint32_t result = models.CodeTree(coder, tree, id >> low_bits, bits - low_bits) << low_bits;
    result |= static_cast<uint32_t>(coder.CodeRaw(id & ((1u << low_bits) - 1), low_bits));
    // Only a damaged stream names an id that has not occurred.
    return std::min(result, known - 1);
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

  std::vector<uint32_t> guesses_;
  uint64_t mask_ = 0;
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RANKED_SYMBOLS_H_
