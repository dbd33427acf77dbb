// Arbitrary bytes through the block encoder and back: they must be the same, and the payload hardly
// larger.
//
// Input: a byte that chooses level, backend and how the rest is read, and the rest. It is the block
// as it is; or it is repeated with a number, a word or a time in the place of the bytes 1 to 5,
// which makes the repeated statements that the encoder looks for.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/bytes.h"
#include "block/block_coder.h"

namespace {

using namespace logpress;

std::string Repeated(ByteView bytes) {
  constexpr unsigned kTimes = 40;
  std::string text;
  for (unsigned i = 0; i < kTimes; ++i) {
    for (const char byte : bytes) {
      char value[64];
      switch (byte) {
        case 1:
          std::snprintf(value, sizeof(value), "%u", 1000 + i * 7);
          break;
        case 2:
          std::snprintf(value, sizeof(value), "%05x", i * i * 31 % 997);
          break;
        case 3:
          std::snprintf(value, sizeof(value), "w%c/%u", 'a' + static_cast<char>(i % 5), i % 17);
          break;
        case 4:
          std::snprintf(value, sizeof(value), "2024-02-%02u %02u:00:%02u", 1 + i % 29, i % 24, i);
          break;
        case 5:
          std::snprintf(value, sizeof(value), "%d", static_cast<int>(i % 9) - 4);
          break;
        default:
          value[0] = byte;
          value[1] = '\0';
          if (byte == '\0') text.push_back(byte);
      }
      text += value;
    }
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  block::BlockOptions options;
  constexpr int kLevels[] = {1, 2, 4, 5, 7, 9};
  options.level = kLevels[data[0] % 6];
  options.backend = static_cast<block::BackendId>(data[0] / 6 % 6);
  std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] / 36 % 2 == 0) text = Repeated(text);
  // Mix asks for much memory, however short the text.
  const bool mix = options.backend == block::BackendId::kMix || options.level == 9;
  if (mix && data[size - 1] % 16 != 0) return -1;

  block::BlockEncoder encoder(options);
  static auto* const decoder = new block::BlockDecoder;
  ByteBuffer payload;
  block::BlockSummary summary;
  if (!encoder.Encode(text, &payload, &summary).ok()) abort();
  if (payload.size() > text.size() + 64) abort();
  ByteBuffer raw;
  if (!decoder->Decode(summary.backend, payload, text.size(), 0, &raw).ok()) abort();
  if (raw != text) abort();
  return 0;
}
