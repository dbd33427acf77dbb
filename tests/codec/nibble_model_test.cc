#include "codec/nibble_model.h"

#include <catch2/catch.hpp>
#include <utility>
#include <vector>

#include "codec/range_coder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

TEST_CASE("trees of nibbles code any number of their bits") {
  std::vector<std::pair<uint32_t, int>> values;
  testing::Random random(9);
  for (int i = 0; i < 20'000; ++i) {
    const int bits = static_cast<int>(random.Between(0, 12));
    values.emplace_back(static_cast<uint32_t>(random.Below(uint64_t{1} << bits)), bits);
  }
  NibbleTable nibbles;
  const auto reset = [&nibbles] {
    nibbles.Reset(12);
    nibbles.NewWindow(3);
    return nibbles.NewWindow(NibbleTable::TreeSize(12));
  };
  uint32_t place = reset();
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  for (const auto& [value, bits] : values)
    REQUIRE(nibbles.CodeTree(encoder, place, value, bits) == value);
  encoder.Finish();
  place = reset();
  RangeDecoder decoder(bytes);
  for (const auto& [value, bits] : values)
    REQUIRE(nibbles.CodeTree(decoder, place, 0, bits) == value);
}

TEST_CASE("a symbol that always comes costs next to nothing, and any other can still come") {
  const uint32_t common = GENERATE(0u, 7u, 15u);
  const uint32_t rare = GENERATE(0u, 8u, 15u);
  NibbleModel model;
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  for (int i = 0; i < 10'000; ++i) model.Code(encoder, common);
  model.Code(encoder, rare);
  encoder.Finish();
  CHECK(bytes.size() < 10'000 / 64);
  NibbleModel again;
  RangeDecoder decoder(bytes);
  for (int i = 0; i < 10'000; ++i) REQUIRE(again.Code(decoder, 0) == common);
  CHECK(again.Code(decoder, 0) == rare);
}

TEST_CASE("any bytes are symbols") {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (uint64_t n = random.Below(40); n > 0; --n)
      bytes.push_back(random.OneIn(2) ? '\xff' : random.Byte());
    RangeDecoder decoder(bytes);
    NibbleTable nibbles;
    nibbles.Reset(12);
    const uint32_t place = nibbles.NewWindow(NibbleTable::TreeSize(12));
    for (int i = 0; i < 1000; ++i) {
      const int bits = static_cast<int>(random.Between(0, 12));
      REQUIRE(nibbles.CodeTree(decoder, place, 0, bits) >> bits == 0);
    }
  }
}

}  // namespace
}  // namespace logpress::codec
