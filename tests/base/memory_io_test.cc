#include "base/memory_io.h"

#include <catch2/catch.hpp>

namespace logpress {
namespace {

// Undefined behaviour if its place were handed on: a test of the sanitizers.
TEST_CASE("an empty view that is nowhere can be read") {
  char none = 0;
  ViewSource source{ByteView()};
  const absl::StatusOr<size_t> got = source.Read(&none, 1);
  REQUIRE(got.ok());
  CHECK(*got == 0);
  ViewRandomAccess file{ByteView()};
  CHECK(file.Size() == 0);
  CHECK(file.ReadAt(0, 0, &none).ok());
  CHECK(absl::IsOutOfRange(file.ReadAt(0, 1, &none)));
}

}  // namespace
}  // namespace logpress
