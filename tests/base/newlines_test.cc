#include "base/newlines.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "support/random.h"

namespace logpress {
namespace {

TEST_CASE("newlines are counted in bytes of every size") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    testing::Random random(seed);
    std::string bytes(random.Skewed(16), 'x');
    for (char& byte : bytes) byte = random.OneIn(3) ? '\n' : random.Byte();
    CHECK(CountNewlines(bytes) ==
          static_cast<uint64_t>(std::count(bytes.begin(), bytes.end(), '\n')));
  }
}

TEST_CASE("more newlines than a byte can count are counted") {
  for (const size_t size : {16319u, 16320u, 16321u, 32640u, 100'000u})
    CHECK(CountNewlines(std::string(size, '\n')) == size);
}

}  // namespace
}  // namespace logpress
