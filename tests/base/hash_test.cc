#include "base/hash.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>
#include <string>

namespace logpress {
namespace {

// The values are part of the format: they choose the models that bits were coded with. If one of
// these fails, archives that exist can no longer be read.
TEST_CASE("hashes are the same on every machine and in every version") {
  CHECK(HashMix(0, 0) == 0x873e684c96fe32e6u);
  CHECK(HashMix(1, 2) == 0x0b66524a2b87adf2u);
  CHECK(HashMix(~uint64_t{0}, ~uint64_t{0}) == 0xc4c8bd6171e15fd8u);
  CHECK(HashBytes("", 0, 0) == 0x873e684c96fe32e6u);
  CHECK(HashBytes("a", 1, 0) == 0x16060018d3c7a88bu);
  CHECK(HashBytes("12345678", 8, 1) == 0x1910c186d71abf66u);
  CHECK(HashBytes("\xff\x80 a longer run of bytes", 24, 77) == 0x1860c6e68e7e22f9u);
}

TEST_CASE("words are little-endian") {
  CHECK(LoadWord("\x01\x02\x03\x04\x05\x06\x07\xff") == 0xff07060504030201u);
  CHECK(LoadPartialWord("\x01\x02\xff", 3) == 0xff0201u);
  CHECK(LoadPartialWord("", 0) == 0);
}

TEST_CASE("a partial word is a word whose missing bytes are zero") {
  const char bytes[9] = "\x91\xa2\xb3\xc4\xd5\xe6\xf7\x08";
  for (size_t size = 0; size < 8; ++size) {
    char padded[8] = {};
    std::memcpy(padded, bytes, size);
    CHECK(LoadPartialWord(bytes, size) == LoadWord(padded));
  }
}

TEST_CASE("runs that differ in their length or in one bit have different hashes") {
  std::set<uint64_t> hashes;
  size_t runs = 0;
  for (size_t size = 0; size <= 40; ++size, ++runs)
    hashes.insert(HashBytes(std::string(size, '\0').data(), size, 0));
  for (size_t bit = 0; bit < 8 * 40; ++bit, ++runs) {
    std::string bytes(40, '\0');
    bytes[bit / 8] = static_cast<char>(1 << bit % 8);
    hashes.insert(HashBytes(bytes.data(), bytes.size(), 0));
  }
  CHECK(hashes.size() == runs);
}

TEST_CASE("small values that differ by one bit differ in the low bits of their hash") {
  // Tables take the low bits as a place.
  std::set<uint64_t> places;
  for (uint64_t value = 0; value < 1024; ++value) places.insert(HashMix(7, value) & 0xffff);
  CHECK(places.size() > 900);
}

}  // namespace
}  // namespace logpress
