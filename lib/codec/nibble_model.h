// Adaptive frequencies of sixteen symbols, and trees of them.
//
// A number that nobody expects has bits that nobody expects, and each of them, coded by itself, is
// a branch that the processor foresees half of the time. Four bits as one symbol take one division
// and no branch. The frequencies are kept as sums, all of which move towards what came with one
// instruction or two (after F. Giesen's "Mixing binary and 16-ary arithmetic coding", 2015).
#ifndef LOGPRESS_CODEC_NIBBLE_MODEL_H_
#define LOGPRESS_CODEC_NIBBLE_MODEL_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "codec/bit_model.h"
#include "codec/range_coder.h"

namespace logpress::codec {

class NibbleModel {
 public:
  // Codes `symbol`, which is below 16, and learns it.
  template <typename Coder>
  uint32_t Code(Coder& coder, uint32_t symbol) {
    symbol = coder.CodeSymbol(symbol, below_);
    const std::array<int16_t, kSymbols>& target = kTargets[symbol];
    const int32_t rate = kRates[count_];
#if defined(__SSE2__)
    const __m128i rates = _mm_set1_epi16(static_cast<int16_t>(rate));
    for (size_t i = 0; i < kSymbols; i += 8) {
      __m128i below;
      __m128i to;
      std::memcpy(&below, &below_[i], sizeof(below));
      std::memcpy(&to, &target[i], sizeof(to));
      below = _mm_add_epi16(below, _mm_mulhi_epi16(_mm_sub_epi16(to, below), rates));
      std::memcpy(&below_[i], &below, sizeof(below));
    }
#else
    for (size_t i = 0; i < kSymbols; ++i)
      below_[i] = static_cast<int16_t>(below_[i] + ((target[i] - below_[i]) * rate >> 16));
#endif
    count_ = static_cast<uint16_t>(count_ + (count_ < kLimit));
    return symbol;
  }

 private:
  static constexpr size_t kSymbols = kSymbolCount;
  static constexpr int32_t kAll = 1 << kSymbolBits;
  // What a symbol that never comes keeps of kAll.
  static constexpr int32_t kLeast = 16;
  // As for bits, first symbols move the estimate far and later ones less and less.
  static constexpr uint16_t kLimit = 126;
  static constexpr std::array<int32_t, kLimit + 1> kRates = [] {
    std::array<int32_t, kLimit + 1> rates{};
    for (size_t n = 0; n <= kLimit; ++n) rates[n] = static_cast<int32_t>(65536 / (n + 3));
    return rates;
  }();
  // Where the sums would be if the symbol always came.
  static constexpr std::array<std::array<int16_t, kSymbols>, kSymbols> kTargets = [] {
    std::array<std::array<int16_t, kSymbols>, kSymbols> targets{};
    for (int32_t symbol = 0; symbol < int32_t{kSymbols}; ++symbol) {
      for (int32_t i = 0; i < int32_t{kSymbols}; ++i) {
        targets[static_cast<size_t>(symbol)][static_cast<size_t>(i)] = static_cast<int16_t>(
            i <= symbol ? i * kLeast : kAll - (int32_t{kSymbols} - i) * kLeast);
      }
    }
    return targets;
  }();

  // Of kAll, what belongs to the symbols below each.
  std::array<int16_t, kSymbols> below_ = [] {
    std::array<int16_t, kSymbols> even{};
    for (size_t i = 0; i < kSymbols; ++i)
      even[i] = static_cast<int16_t>(i * (size_t{kAll} / kSymbols));
    return even;
  }();
  uint16_t count_ = 0;
};

// The nibbles of a block's streams, in windows as a ModelTable's.
class NibbleTable : public ModelWindows<NibbleModel> {
 public:
  // A window for trees of at most `bits` bits takes so many places.
  static constexpr uint32_t TreeSize(int bits) { return TreeBegin(bits + 1); }

  // Codes the low `bits` bits of `value`, at most 12, with the tree of so many bits of the window
  // at `place`: four bits at a time in the context of those before, of which there are fewer first.
  template <typename Coder>
  uint32_t CodeTree(Coder& coder, uint32_t place, uint32_t value, int bits) {
    place += TreeBegin(bits);
    uint32_t result = 0;
    int step = (bits + 3) % 4 + 1;
    for (int rest = bits; rest > 0; step = 4) {
      rest -= step;
      const uint32_t mask = (uint32_t{1} << step) - 1;
      // A damaged stream may say more than there are bits.
      const uint32_t nibble = At(place + result).Code(coder, value >> rest & mask) & mask;
      // Behind the models of this depth, one for each beginning, are those of the next.
      place += uint32_t{1} << (bits - rest - step);
      result = result << step | nibble;
    }
    return result;
  }

 private:
  // Trees of all widths lie one behind the other, those of more than four bits with room to spare.
  static constexpr uint32_t TreeBegin(int bits) {
    return bits <= 4 ? static_cast<uint32_t>(std::max(bits, 1) - 1) : uint32_t{1} << (bits - 3);
  }
};

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_NIBBLE_MODEL_H_
