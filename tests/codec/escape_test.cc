#include "codec/escape.h"

#include <catch2/catch.hpp>
#include <string>

#include "support/random.h"

namespace logpress::codec {
namespace {

ByteBuffer Escaped(ByteView bytes) {
  ByteBuffer out;
  PutEscaped(&out, bytes);
  return out;
}

TEST_CASE("every byte comes back from its escaped form, which holds no mark") {
  for (int c = 0; c < 256; ++c) {
    const std::string bytes(1, static_cast<char>(c));
    const ByteBuffer escaped = Escaped(bytes);
    for (const char mark : {kSlotMark, kTemplateEnd, kStringEnd})
      CHECK(escaped.find(mark) == std::string::npos);
    ByteBuffer back;
    REQUIRE(Unescape(escaped, &back));
    CHECK(back == bytes);
  }
}

TEST_CASE("strings of marks and escapes come back") {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (uint64_t n = random.Skewed(7); n > 0; --n) {
      bytes.push_back(random.OneIn(4) ? random.Byte() : static_cast<char>(random.Below(12)));
      if (random.OneIn(4)) bytes.push_back(static_cast<char>(bytes.back() + kEscapedOffset));
    }
    ByteBuffer back = "before";
    REQUIRE(Unescape(Escaped(bytes), &back));
    REQUIRE(back == "before" + bytes);
  }
}

TEST_CASE("bytes that end in the middle of an escape are refused") {
  ByteBuffer out;
  CHECK_FALSE(Unescape(std::string("abc") + kEscape, &out));
}

TEST_CASE("ordinary text is its own escaped form") {
  const std::string text = "GET /index.html?x=%20 HTTP/1.1\t\r\xc3\xa9\xff";
  CHECK(Escaped(text) == text);
}

}  // namespace
}  // namespace logpress::codec
