#include "base/checksum.h"

#include <catch2/catch.hpp>

namespace logpress {
namespace {

TEST_CASE("the checksums are XXH64 with seed 0, as the format says") {
  // Test vectors of the XXH64 specification.
  CHECK(Checksum64("") == 0xef46db3751d8e999u);
  CHECK(Checksum64("a") == 0xd24ec4f1a98c6e5bu);
  CHECK(Checksum64("abc") == 0x44bc2cf5ad770999u);
  CHECK(Checksum32("abc") == 0xad770999u);
}

TEST_CASE("a checksum over pieces is that over the whole") {
  ByteBuffer bytes;
  for (int i = 0; i < 1000; ++i) bytes.push_back(static_cast<char>(i));
  for (size_t piece = 1; piece < 100; piece += 7) {
    RunningChecksum32 running;
    for (size_t at = 0; at < bytes.size(); at += piece) running.Add(bytes.substr(at, piece));
    CHECK(running.value() == Checksum32(bytes));
  }
}

}  // namespace
}  // namespace logpress
