// Codes differences of numbers and of timestamps: sign and bit width as one symbol, then the bits
// below the leading one, four at a time.
#ifndef LOGPRESS_BACKEND_MIX_NUMBER_MODEL_H_
#define LOGPRESS_BACKEND_MIX_NUMBER_MODEL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "backend/mix/sizes.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/nibble_model.h"

namespace logpress::mix {

// Wraps where int64_t would overflow: numbers from an archive may be anything.
inline int64_t WrappingAdd(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
inline int64_t WrappingSubtract(int64_t a, int64_t b) {
  return static_cast<int64_t>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
inline uint64_t Magnitude(int64_t value) {
  return value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
}
inline uint32_t Width(int64_t value) {
  return static_cast<uint32_t>(std::bit_width(Magnitude(value)));
}

class NumberModel {
 public:
  static constexpr size_t kContexts = 10;
  using Contexts = std::array<uint64_t, kContexts>;

  void Reset(ContextTable* table, const Sizes& sizes) {
    model_.Reset(table, {kContexts, 0, {16, 8, 256, 1}, sizes.correction_bits});
  }

  // Codes any number and returns it; a decoder ignores `number`.
  template <typename Coder>
  int64_t Code(Coder& coder, const Contexts& contexts, uint32_t select, int64_t number) {
    constexpr uint32_t kMaxWidth = 64;
    const uint32_t third = select & 255;
    const auto hash = [&](uint64_t a, uint64_t b, uint64_t c) {
      Contexts hashes;
      for (size_t i = 0; i < kContexts; ++i) hashes[i] = ContextHash(contexts[i], a, b, c);
      return hashes;
    };
    const uint32_t symbol = number == 0 ? 0 : Width(number) * 2 + (number < 0 ? 1 : 0);
    const uint32_t high =
        model_.Code(coder, hash(501, 0, 0), symbol >> 4, -1, {}, {0, 0, third, 0});
    const uint32_t low = model_.Code(coder, hash(502, high, 0), symbol & 15, static_cast<int>(high),
                                     {}, {1 + high % 8, 1, third, 0});
    const uint32_t coded = high << 4 | low;
    const bool negative = (coded & 1) != 0;
    const uint32_t width = std::min(coded >> 1, kMaxWidth);
    if (width == 0) return 0;
    const uint64_t magnitude = Magnitude(number);
    uint64_t result = 1;
    uint64_t prefix = coded;
    uint32_t step = 0;
    for (uint32_t rest = width - 1; rest > 0; ++step) {
      const uint32_t bits = std::min(4u, rest);
      // The last bits are noise; contexts of all before them would only fill the table.
      const bool deep = step >= 4;
      const auto digit = static_cast<uint32_t>(magnitude >> (rest - bits)) & ((1u << bits) - 1);
      const uint32_t nibble =
          model_.Code(coder, hash(503, deep ? rest * 1000 + width : prefix, step),
                      digit << (4 - bits), -1, {},
                      {10 + std::min(step, 5u), 2 + std::min(step, 5u), third, 0}) >>
          (4 - bits);
      prefix = ContextHash(prefix, nibble);
      result = result << bits | nibble;
      rest -= bits;
    }
    return static_cast<int64_t>(negative ? -result : result);
  }

 private:
  NibbleModel model_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_NUMBER_MODEL_H_
