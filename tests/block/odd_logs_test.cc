// No kind of log packs worse at a higher level than at a lower one, nor worse than xz -9e packs it.
#include "support/odd_logs.h"

#include <lzma.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/memory.h"
#include "block/block_coder.h"

namespace logpress::block {
namespace {

// What a level packs a log to. It has come back.
size_t PackedSize(const std::string& log, int level) {
  BlockEncoder encoder({.level = level});
  ByteBuffer payload;
  BlockSummary summary;
  REQUIRE(encoder.Encode(log, &payload, &summary).ok());
  BlockDecoder decoder;
  ByteBuffer raw;
  REQUIRE(decoder.Decode(summary.backend, payload, log.size(), 0, &raw).ok());
  REQUIRE(ByteView(raw) == ByteView(log));
  return payload.size();
}

size_t XzSize(const std::string& log) {
  std::string packed(lzma_stream_buffer_bound(log.size()), '\0');
  size_t size = 0;
  REQUIRE(lzma_easy_buffer_encode(9 | LZMA_PRESET_EXTREME, LZMA_CHECK_CRC64, nullptr,
                                  reinterpret_cast<const uint8_t*>(log.data()), log.size(),
                                  reinterpret_cast<uint8_t*>(packed.data()), &size,
                                  packed.size()) == LZMA_OK);
  return size;
}

TEST_CASE("odd logs: a higher level packs no worse than a lower one, and 5 no worse than xz") {
  // What an archive adds to a payload of one block, and some bytes that are nothing beside it.
  constexpr size_t kHeaders = 110;
  constexpr size_t kBytes = 32;
  for (const testing::OddLog& log : testing::OddLogs()) {
    INFO(log.kind);
    size_t smallest = log.bytes.size();
    for (int level = 1; level <= 9; ++level) {
      INFO("level " << level);
      const size_t size = PackedSize(log.bytes, level) + kHeaders;
      CHECK(size * 100 <= smallest * 102 + kBytes * 100);
      smallest = std::min(smallest, size);
      if (level == 5) CHECK(size <= XzSize(log.bytes));
    }
  }
}

}  // namespace
}  // namespace logpress::block
