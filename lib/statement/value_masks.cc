#include "statement/value_masks.h"

#include <array>

#include "statement/words.h"

namespace logpress::statement {
namespace {

enum : uint8_t { kOther = 1, kDigit = 2, kPoint = 4 };

// What bytes are to IsPlain().
constexpr std::array<uint8_t, 256> Bytes() {
  std::array<uint8_t, 256> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = static_cast<char>(i);
    if (IsDigit(byte)) {
      bytes[i] = kDigit;
    } else if (byte == '.') {
      bytes[i] = kPoint;
    } else if (!IsNameByte(byte) && byte != '-' && byte != '/') {
      bytes[i] = kOther;
    }
  }
  return bytes;
}
constexpr std::array<uint8_t, 256> kBytes = Bytes();

}  // namespace

bool IsPlain(ByteView value) {
  uint8_t seen = 0;
  for (const char byte : value) {
    seen |= kBytes[static_cast<unsigned char>(byte)];
    if ((seen & kOther) != 0) return false;
  }
  if ((seen & kDigit) == 0) return false;
  return (seen & kPoint) == 0 ||
         (value.front() != '.' && value.back() != '.' && value.find("..") == ByteView::npos);
}

void ValueMasks::Clear() {
  flats_.Clear();
  flat_masks_.clear();
  masks_.Clear();
  masks_.Add(ByteView(&kValueMark, 1));
}

uint32_t ValueMasks::Of(ByteView value) {
  if (IsPlain(value)) return kVaries;
  if (value.size() > kMostFlat) return Make(value);
  const uint32_t flat = flats_.Add(Flat(value));
  if (flat == flat_masks_.size()) flat_masks_.push_back(Make(value));
  return flat_masks_[flat];
}

// The value with each digit replaced by the same one: all that tokens.h asks of a digit is whether
// it is one, but for the 0 of an offset.
ByteView ValueMasks::Flat(ByteView value) {
  if (value.find("+0x") != ByteView::npos) return value;
  for (size_t i = 0; i < value.size(); ++i) flat_[i] = IsDigit(value[i]) ? '1' : value[i];
  return {flat_, value.size()};
}

uint32_t ValueMasks::Make(ByteView value) {
  Tokenize(value, &tokens_);
  if (tokens_.size() == 1 && tokens_[0].kind == TokenKind::kValue) return kVaries;
  masked_.clear();
  AppendMasked(value, tokens_, &masked_);
  return masks_.Add(masked_);
}

}  // namespace logpress::statement
