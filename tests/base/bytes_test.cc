#include "base/bytes.h"

#include <catch2/catch.hpp>
#include <limits>

namespace logpress {
namespace {

TEST_CASE("a varint comes back from the bytes it was written to") {
  const uint64_t value = GENERATE(as<uint64_t>(), 0, 1, 127, 128, 16383, 16384, 1ull << 63,
                                  std::numeric_limits<uint64_t>::max());
  ByteBuffer bytes;
  PutVarint(&bytes, value);
  ByteReader reader(bytes);
  uint64_t read = ~value;
  REQUIRE(reader.GetVarint(&read));
  CHECK(read == value);
  CHECK(reader.empty());
}

TEST_CASE("a varint that is cut off or overflows 64 bits is refused and nothing is consumed") {
  const ByteBuffer bytes =
      GENERATE(as<ByteBuffer>(), "", "\x80", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
               "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
  ByteReader reader(bytes);
  uint64_t value = 7;
  CHECK_FALSE(reader.GetVarint(&value));
  CHECK(value == 7);
  CHECK(reader.position() == 0);
}

TEST_CASE("zigzag is its own way back at the edges") {
  const int64_t value = GENERATE(as<int64_t>(), 0, -1, 1, std::numeric_limits<int64_t>::min(),
                                 std::numeric_limits<int64_t>::max());
  CHECK(UnZigZag(ZigZag(value)) == value);
}

}  // namespace
}  // namespace logpress
