// That a mask may be remembered for all values that differ in digits alone.
#include "statement/value_masks.h"

#include <catch2/catch.hpp>
#include <string>

#include "support/random.h"

namespace logpress::statement {
namespace {

std::string MaskOf(ByteView value) {
  Vector<Token> tokens;
  Tokenize(value, &tokens);
  ByteBuffer masked;
  AppendMasked(value, tokens, &masked);
  return std::string(masked);
}

TEST_CASE("values that differ in digits alone have one mask, which is remembered") {
  ValueMasks masks;
  const uint32_t first = masks.Of("took 17 ms, of 90");
  const size_t bytes = masks.bytes();
  CHECK(masks.Of("took 38 ms, of 11") == first);
  CHECK(masks.bytes() == bytes);
  CHECK(masks.Of("took 38 m, of 11") != first);
  masks.Clear();
  CHECK(masks.bytes() < bytes);
}

TEST_CASE("a remembered mask is that which the value has by itself") {
  const std::string bytes = "0011234789aafgxKbUTC  ..--++//::,,==\"'()[]{}<*>%_@\\\t|";
  testing::Random random(20);
  ValueMasks masks;
  for (int round = 0; round < 20000; ++round) {
    std::string value;
    const uint64_t size = 1 + random.Below(10);
    for (uint64_t i = 0; i < size; ++i) value += bytes[random.Below(bytes.size())];
    for (int twin = 0; twin < 3; ++twin) {
      for (char& byte : value)
        if (byte >= '0' && byte <= '9') byte = static_cast<char>('0' + random.Below(10));
      INFO(value);
      REQUIRE(masks.TextOf(masks.Of(value)) == MaskOf(value));
    }
  }
  for (const std::string value : {"f+0x3f", "f+1x3f", "f+2x3f", "f+0x9f"})
    CHECK(masks.TextOf(masks.Of(value)) == MaskOf(value));
}

TEST_CASE("long values have masks as well") {
  const std::string value = "took 17 ms: " + std::string(2 * kMostContent, 'x');
  ValueMasks masks;
  CHECK(masks.TextOf(masks.Of(value)) == MaskOf(value));
}

}  // namespace
}  // namespace logpress::statement
