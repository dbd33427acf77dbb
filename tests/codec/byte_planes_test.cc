#include "codec/byte_planes.h"

#include <catch2/catch.hpp>
#include <vector>

#include "support/random.h"

namespace logpress::codec {
namespace {

TEST_CASE("numbers of any width come back from their planes, one list behind the other") {
  testing::Random random(1);
  std::vector<std::vector<uint64_t>> lists;
  ByteBuffer meta;
  ByteBuffer bytes;
  for (int list = 0; list < 200; ++list) {
    lists.emplace_back();
    const uint64_t bits = random.Below(65);
    for (uint64_t n = random.Skewed(8); n > 0; --n)
      lists.back().push_back(bits == 0 ? 0 : (random.Below(~uint64_t{0}) >> (64 - bits)));
    PutPlanes(std::span<const uint64_t>(lists.back()), &meta, &bytes);
  }
  ByteReader meta_reader(meta);
  ByteReader byte_reader(bytes);
  for (const std::vector<uint64_t>& list : lists) {
    PlaneReader reader;
    REQUIRE(reader.Start(&meta_reader, &byte_reader));
    uint64_t value = 0;
    for (const uint64_t expected : list) {
      REQUIRE(reader.Next(&value));
      REQUIRE(value == expected);
    }
    REQUIRE_FALSE(reader.Next(&value));
  }
  CHECK(meta_reader.empty());
  CHECK(byte_reader.empty());
}

TEST_CASE("numbers take the bytes of the largest, and zeros none") {
  const auto size_of = [](std::vector<uint32_t> values) {
    ByteBuffer meta;
    ByteBuffer bytes;
    PutPlanes(std::span<const uint32_t>(values), &meta, &bytes);
    return bytes.size();
  };
  CHECK(size_of({}) == 0);
  CHECK(size_of({0, 0, 0}) == 0);
  CHECK(size_of({1, 255, 0}) == 3);
  CHECK(size_of({1, 256, 0}) == 6);
  CHECK(size_of({0xffffffff}) == 4);
}

TEST_CASE("planes that are not there, or too many, are refused") {
  const auto starts = [](ByteView meta, ByteView bytes) {
    ByteReader meta_reader(meta);
    ByteReader byte_reader(bytes);
    return PlaneReader().Start(&meta_reader, &byte_reader);
  };
  CHECK(starts("\x03\x02", "123456"));
  CHECK_FALSE(starts("\x03\x02", "12345"));
  CHECK_FALSE(starts("\x03", "123456"));
  CHECK_FALSE(starts("", "123456"));
  CHECK_FALSE(starts("\x01\x09", "123456789"));
  // A count whose product with the planes would not fit 32 bits.
  CHECK_FALSE(starts("\xff\xff\xff\xff\x0f\x08", "123456"));
  CHECK_FALSE(starts("\xff\xff\xff\xff\x1f\x01", "123456"));
}

}  // namespace
}  // namespace logpress::codec
