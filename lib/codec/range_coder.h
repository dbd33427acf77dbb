// A binary arithmetic coder: each bit is coded with the probability that a model gives it.
//
// A range coder after G. N. N. Martin, "Range encoding", 1979, with 16-bit probabilities, so that a
// bit that is nearly certain costs nearly nothing, and a range of 64 bits, of which 32 move out or
// in at once: whether they do after a bit can mostly be foreseen. Encoder and decoder have the same
// face, Code(bit, probability) -> bit, so that a model is written once and serves both.
#ifndef LOGPRESS_CODEC_RANGE_CODER_H_
#define LOGPRESS_CODEC_RANGE_CODER_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/bytes.h"

namespace logpress::codec {

inline constexpr int kProbabilityBits = 16;
// Bits that are all equally likely are coded so many at a time.
inline constexpr int kRawBits = 16;
// Symbols of sixteen have their frequencies in units of 2^-15.
inline constexpr size_t kSymbolCount = 16;
inline constexpr int kSymbolBits = 15;

// Appends to a buffer that it does not own. Finish() must be called once, at the end.
class RangeEncoder {
 public:
  static constexpr bool kDecodes = false;
  static constexpr bool kMetered = false;

  explicit RangeEncoder(ByteBuffer* out) : out_(out) {}

  // Codes `bit`, which is 1 with probability `one` / 65536, 0 < one < 65536. Returns `bit`.
  uint32_t Code(uint32_t bit, uint32_t one) {
    const uint64_t bound = (range_ >> kProbabilityBits) * one;
    if (bit != 0) {
      range_ = bound;
    } else {
      AddToLow(bound);
      range_ -= bound;
    }
    Normalise();
    return bit;
  }

  // Codes the low `count` bits of `value`, at most 64, all equally likely. Returns them.
  uint64_t CodeRaw(uint64_t value, int count) {
    for (int rest = count; rest > 0;) {
      const int bits = std::min(rest, kRawBits);
      rest -= bits;
      range_ >>= bits;
      AddToLow(range_ * (value >> rest & ((uint64_t{1} << bits) - 1)));
      Normalise();
    }
    return value;
  }

  // Codes `symbol`, below which lie below[symbol] of the 2^kSymbolBits; each has some. Returns it.
  uint32_t CodeSymbol(uint32_t symbol, const std::array<int16_t, kSymbolCount>& below) {
    const auto begin = static_cast<uint64_t>(below[symbol]);
    const uint64_t end = symbol + 1 < kSymbolCount ? static_cast<uint64_t>(below[symbol + 1])
                                                   : uint64_t{1} << kSymbolBits;
    range_ >>= kSymbolBits;
    AddToLow(range_ * begin);
    range_ *= end - begin;
    Normalise();
    return symbol;
  }

  // How many of the bytes that this coder appends a decoder reads for all that was coded so far, if
  // Finish() leaves so many.
  uint64_t bytes_to_decode() const {
    return out_->size() - start_ + sizeof(low_);  // with which the decoder begins
  }

  // Of all numbers that say what was coded, writes the one that ends in most zeros.
  void Finish() {
    for (int zeros = 63; zeros > 0; --zeros) {
      const uint64_t below = (uint64_t{1} << zeros) - 1;
      const uint64_t up = (~low_ + 1) & below;
      if (up >= range_) continue;
      AddToLow(up);
      break;
    }
    for (int i = 0; i < 2; ++i) ShiftLow();
    // The decoder reads zeros past the end.
    while (out_->size() > start_ && out_->back() == 0) out_->pop_back();
  }

 private:
  static constexpr uint64_t kLeastRange = uint64_t{1} << 32;

  // A carry goes into what is written already. It cannot go beyond the first byte: all that is
  // coded is a number below 1.
  void AddToLow(uint64_t some) {
    low_ += some;
    if (low_ >= some) return;
    for (size_t i = out_->size(); ++(*out_)[--i] == 0;) {
    }
  }

  void ShiftLow() {
    for (int shift = 56; shift >= 32; shift -= 8) out_->push_back(static_cast<char>(low_ >> shift));
    low_ <<= 32;
  }

  void Normalise() {
    if (range_ >= kLeastRange) return;
    ShiftLow();
    range_ <<= 32;
  }

  ByteBuffer* out_;
  size_t start_ = out_->size();
  uint64_t low_ = 0;
  uint64_t range_ = ~uint64_t{0};
};

// Reads what RangeEncoder wrote. Safe on any bytes: past the end it reads zeros, and the values are
// then wrong but in range. A metered one counts what it reads; see metered_decoder.h.
template <bool kMeteredDecoder>
class BasicRangeDecoder {
 public:
  static constexpr bool kDecodes = true;
  static constexpr bool kMetered = kMeteredDecoder;

  explicit BasicRangeDecoder(ByteView bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {
    code_ = NextWord();
    code_ = code_ << 32 | NextWord();
  }

  // One like this that reads other bytes.
  BasicRangeDecoder On(ByteView bytes) const { return BasicRangeDecoder(bytes); }

  uint32_t Code(uint32_t /*bit*/, uint32_t one) {
    const uint64_t bound = (range_ >> kProbabilityBits) * one;
    uint32_t bit;
    if (code_ < bound) {
      range_ = bound;
      bit = 1;
    } else {
      code_ -= bound;
      range_ -= bound;
      bit = 0;
    }
    Normalise();
    return bit;
  }

  uint64_t CodeRaw(uint64_t /*value*/, int count) {
    uint64_t result = 0;
    for (int rest = count; rest > 0;) {
      const int bits = std::min(rest, kRawBits);
      rest -= bits;
      range_ >>= bits;
      // A damaged stream may say more than the bits hold.
      const uint64_t value = std::min(code_ / range_, (uint64_t{1} << bits) - 1);
      code_ -= value * range_;
      result = result << bits | value;
      Normalise();
    }
    return result;
  }

  uint32_t CodeSymbol(uint32_t /*symbol*/, const std::array<int16_t, kSymbolCount>& below) {
    range_ >>= kSymbolBits;
    const auto place =
        static_cast<int16_t>(std::min(code_ / range_, (uint64_t{1} << kSymbolBits) - 1));
    const uint32_t symbol = LastAtMost(below, place);
    const auto begin = static_cast<uint64_t>(below[symbol]);
    const uint64_t end = symbol + 1 < kSymbolCount ? static_cast<uint64_t>(below[symbol + 1])
                                                   : uint64_t{1} << kSymbolBits;
    code_ -= range_ * begin;
    range_ *= end - begin;
    Normalise();
    return symbol;
  }

 protected:
  // Of a metered decoder: how far it has read, zeros past the end included.
  uint64_t bytes_read() const { return bytes_read_; }
  uint64_t range() const { return range_; }

 private:
  static constexpr uint64_t kLeastRange = uint64_t{1} << 32;

  void Normalise() {
    if (range_ >= kLeastRange) return;
    code_ = code_ << 32 | NextWord();
    range_ <<= 32;
  }

  // The last symbol below which lies no more than `place`.
  static uint32_t LastAtMost(const std::array<int16_t, kSymbolCount>& below, int16_t place) {
#if defined(__SSE2__)
    const __m128i places = _mm_set1_epi16(place);
    const auto above = [&](size_t first) {
      __m128i eight;
      std::memcpy(&eight, below.data() + first, sizeof(eight));
      return _mm_cmpgt_epi16(eight, places);
    };
    const int mask = _mm_movemask_epi8(_mm_packs_epi16(above(0), above(8)));
    return static_cast<uint32_t>(std::countr_zero(static_cast<uint32_t>(mask) | 1u << 16)) - 1;
#else
    uint32_t symbol = 0;
    for (size_t i = 1; i < kSymbolCount; ++i) symbol += below[i] <= place ? 1 : 0;
    return symbol;
#endif
  }

  uint64_t NextWord() {
    constexpr ptrdiff_t kSize = sizeof(uint32_t);
    if constexpr (kMetered) bytes_read_ += kSize;
    uint32_t word = 0;
    if (end_ - at_ >= kSize) {
      std::memcpy(&word, at_, kSize);
      if constexpr (std::endian::native == std::endian::little) word = __builtin_bswap32(word);
      at_ += kSize;
      return word;
    }
    for (int i = 0; i < kSize; ++i)
      word = word << 8 | (at_ == end_ ? 0 : static_cast<uint8_t>(*at_++));
    return word;
  }

  const char* at_;
  const char* end_;
  uint64_t code_ = 0;
  uint64_t range_ = ~uint64_t{0};
  uint64_t bytes_read_ = 0;  // of a metered decoder
};

using RangeDecoder = BasicRangeDecoder<false>;

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RANGE_CODER_H_
