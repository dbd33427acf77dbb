// Text that a model codes byte by byte: hostile bits end in an error before they cost much.
#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "backend/byte_packer.h"
#include "backend/mix/stream_model.h"
#include "backend/mix/work.h"

namespace logpress::backend {
namespace {

// Bits after which no byte is what was expected.
std::string Surprises(size_t size) { return std::string(size, '\xff'); }

TEST_CASE("a few bytes do not stand for text that takes minutes") {
  constexpr uint64_t kSize = uint64_t{512} << 10;
  ByteBuffer out;
  const absl::Status status = NewTextPacker()->Unpack(Surprises(64), kSize, &out);
  CHECK(absl::IsDataLoss(status));
  CHECK_THAT(std::string(status.message()), Catch::Contains("more work"));
}

TEST_CASE(
    "text takes two decisions a byte and 4096 a byte of its bits, and then the byte at hand") {
  constexpr uint64_t kSize = uint64_t{512} << 10;
  constexpr uint64_t kOneByte = 9;
  for (const size_t coded_size : {1, 64, 200}) {
    const std::string coded = Surprises(coded_size);
    const uint64_t most = 2 * kSize + 4096 * coded_size;
    CHECK(mix::MaxDecisions(kSize, coded_size) == most);
    mix::Decoder coder{ByteView(coded)};
    coder.SetMaxDecisions(most);
    ByteBuffer out;
    CHECK_FALSE(mix::StreamModel().Code(coder, {}, kSize, &out));
    CHECK(coder.decisions() <= most + kOneByte);
  }
}

TEST_CASE("text that repeats itself for long is packed all the same, and comes back") {
  const std::string text(size_t{1} << 20, '\0');
  ByteBuffer packed;
  REQUIRE(NewTextPacker()->Pack(text, 7, &packed).ok());
  CHECK(packed.size() < 100);
  ByteBuffer out;
  REQUIRE(NewTextPacker()->Unpack(packed, text.size(), &out).ok());
  CHECK(out == text);
}

}  // namespace
}  // namespace logpress::backend
