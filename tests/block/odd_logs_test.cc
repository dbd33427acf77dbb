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

TEST_CASE("odd logs: a log of a few lines packs no worse than by xz at any level") {
  constexpr size_t kHeaders = 110;
  const std::string logs[] = {
      "Mar  3 04:12:55 build7 sshd[2201]: Failed password for root from 203.0.113.9 port 51122 "
      "ssh2\n"
      "Mar  3 04:12:57 build7 sshd[2201]: Connection closed by authenticating user root "
      "203.0.113.9 "
      "port 51122 [preauth]\n"
      "Mar  3 04:13:02 build7 CRON[2207]: pam_unix(cron:session): session opened for user "
      "root(uid=0) "
      "by (uid=0)\n",
      "198.51.100.7 - - [03/Mar/2025:04:12:55 +0000] \"GET /robots.txt HTTP/1.1\" 404 153 \"-\" "
      "\"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)\"\n"
      "203.0.113.80 - - [03/Mar/2025:04:13:31 +0000] \"POST /api/v1/items HTTP/1.1\" 201 88 \"-\" "
      "\"curl/7.88.1\"\n",
      "{\"level\":\"info\",\"ts\":\"2025-03-03T04:12:55.120Z\",\"caller\":\"store/"
      "open.go:71\",\"msg\":"
      "\"opened\",\"path\":\"/srv/data/a\",\"duration\":0.0041}\n"
      "{\"level\":\"error\",\"ts\":\"2025-03-03T04:12:58.003Z\",\"caller\":\"store/"
      "read.go:19\",\"msg\":"
      "\"failed to read\",\"error\":\"unexpected EOF\"}\n"};
  for (const std::string& log : logs) {
    for (int level = 1; level <= 9; ++level) {
      INFO(log << "level " << level);
      CHECK(PackedSize(log, level) + kHeaders < XzSize(log));
    }
  }
}

}  // namespace
}  // namespace logpress::block
