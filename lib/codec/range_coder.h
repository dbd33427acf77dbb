// A binary arithmetic coder: each bit is coded with the probability that a model gives it.
//
// The range coder of LZMA (Igor Pavlov's lzma specification, "Range Decoder"), after G. N. N.
// Martin, "Range encoding", 1979, with 16-bit probabilities and a full product, so that a bit that
// is nearly certain costs nearly nothing. Encoder and decoder have the same face, Code(bit,
// probability) -> bit, so that a model is written once and serves both.
#ifndef LOGPRESS_CODEC_RANGE_CODER_H_
#define LOGPRESS_CODEC_RANGE_CODER_H_

#include <algorithm>
#include <cstdint>

#include "base/bytes.h"

namespace logpress::codec {

inline constexpr int kProbabilityBits = 16;
// Bits that are all equally likely are coded so many at a time.
inline constexpr int kRawBits = 12;

// Appends to a buffer that it does not own. Finish() must be called once, at the end.
class RangeEncoder {
 public:
  static constexpr bool kDecodes = false;
  static constexpr bool kMetered = false;

  explicit RangeEncoder(ByteBuffer* out) : out_(out) {}

  // Codes `bit`, which is 1 with probability `one` / 65536, 0 < one < 65536. Returns `bit`.
  uint32_t Code(uint32_t bit, uint32_t one) {
    const auto bound =
        static_cast<uint32_t>(static_cast<uint64_t>(range_) * one >> kProbabilityBits);
    if (bit != 0) {
      range_ = bound;
    } else {
      low_ += bound;
      range_ -= bound;
    }
    while (range_ < kTop) {
      ShiftLow();
      range_ <<= 8;
    }
    return bit;
  }

  // Codes the low `count` bits of `value`, at most 64, all equally likely. Returns them.
  uint64_t CodeRaw(uint64_t value, int count) {
    for (int rest = count; rest > 0;) {
      const int bits = std::min(rest, kRawBits);
      rest -= bits;
      range_ >>= bits;
      low_ += range_ * (value >> rest & ((1u << bits) - 1));
      while (range_ < kTop) {
        ShiftLow();
        range_ <<= 8;
      }
    }
    return value;
  }

  // How many of the bytes that this coder appends a decoder reads for all that was coded so far, if
  // Finish() leaves so many.
  uint64_t bytes_to_decode() const {
    constexpr uint64_t kAhead = 4;  // that the decoder begins with
    return out_->size() - start_ + pending_ + (first_ ? 0 : 1) + kAhead;
  }

  void Finish() {
    for (int i = 0; i < 5; ++i) ShiftLow();
    // The decoder reads zeros past the end.
    while (!out_->empty() && out_->size() > start_ && out_->back() == 0) out_->pop_back();
  }

 private:
  static constexpr uint32_t kTop = uint32_t{1} << 24;

  // Moves the top byte of low_ out; a byte 0xff waits until it is known whether a carry runs
  // through it.
  void ShiftLow() {
    if (low_ < 0xff000000u || low_ > 0xffffffffu) {
      const auto carry = static_cast<uint8_t>(low_ >> 32);
      if (!first_) out_->push_back(static_cast<char>(cache_ + carry));
      for (; pending_ != 0; --pending_) out_->push_back(static_cast<char>(0xff + carry));
      cache_ = static_cast<uint8_t>(low_ >> 24);
      first_ = false;
    } else {
      ++pending_;
    }
    low_ = (low_ & 0x00ffffffu) << 8;
  }

  ByteBuffer* out_;
  size_t start_ = out_->size();
  uint64_t low_ = 0;
  uint64_t pending_ = 0;
  uint32_t range_ = 0xffffffffu;
  uint8_t cache_ = 0;
  bool first_ = true;  // the first byte is always zero: nothing can carry into it
};

// Reads what RangeEncoder wrote. Safe on any bytes: past the end it reads zeros, and the values are
// then wrong but in range. A metered one counts what it reads; see metered_decoder.h.
template <bool kMeteredDecoder>
class BasicRangeDecoder {
 public:
  static constexpr bool kDecodes = true;
  static constexpr bool kMetered = kMeteredDecoder;

  explicit BasicRangeDecoder(ByteView bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {
    for (int i = 0; i < 4; ++i) code_ = code_ << 8 | NextByte();
  }

  uint32_t Code(uint32_t /*bit*/, uint32_t one) {
    const auto bound =
        static_cast<uint32_t>(static_cast<uint64_t>(range_) * one >> kProbabilityBits);
    uint32_t bit;
    if (code_ < bound) {
      range_ = bound;
      bit = 1;
    } else {
      code_ -= bound;
      range_ -= bound;
      bit = 0;
    }
    while (range_ < kTop) {
      code_ = code_ << 8 | NextByte();
      range_ <<= 8;
    }
    return bit;
  }

  uint64_t CodeRaw(uint64_t /*value*/, int count) {
    uint64_t result = 0;
    for (int rest = count; rest > 0;) {
      const int bits = std::min(rest, kRawBits);
      rest -= bits;
      range_ >>= bits;
      // A damaged stream may say more than the bits hold.
      const uint32_t value = std::min(code_ / range_, (1u << bits) - 1);
      code_ -= value * range_;
      result = result << bits | value;
      while (range_ < kTop) {
        code_ = code_ << 8 | NextByte();
        range_ <<= 8;
      }
    }
    return result;
  }

 protected:
  // Of a metered decoder: how far it has read, zeros past the end included.
  uint64_t bytes_read() const { return bytes_read_; }
  uint32_t range() const { return range_; }

 private:
  static constexpr uint32_t kTop = uint32_t{1} << 24;

  uint32_t NextByte() {
    if constexpr (kMetered) ++bytes_read_;
    return at_ == end_ ? 0 : static_cast<uint8_t>(*at_++);
  }

  const char* at_;
  const char* end_;
  uint32_t code_ = 0;
  uint32_t range_ = 0xffffffffu;
  uint64_t bytes_read_ = 0;  // of a metered decoder
};

using RangeDecoder = BasicRangeDecoder<false>;

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_RANGE_CODER_H_
