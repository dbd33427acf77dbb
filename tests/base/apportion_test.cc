#include "base/apportion.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "support/random.h"

namespace logpress {
namespace {

std::vector<uint64_t> Apportioned(uint64_t total, std::vector<uint64_t> shares) {
  Apportion(total, shares);
  return shares;
}

TEST_CASE("shares that divide the whole are exact") {
  CHECK(Apportioned(10, {1, 3, 1}) == std::vector<uint64_t>{2, 6, 2});
  CHECK(Apportioned(7, {100, 0, 600}) == std::vector<uint64_t>{1, 0, 6});
  CHECK(Apportioned(0, {1, 2}) == std::vector<uint64_t>{0, 0});
}

TEST_CASE("what rounding leaves over goes to those that lost most, of equals to the first") {
  CHECK(Apportioned(10, {1, 1, 1}) == std::vector<uint64_t>{4, 3, 3});
  // 3.2, 1.9 and 4.9
  CHECK(Apportioned(10, {32, 19, 49}) == std::vector<uint64_t>{3, 2, 5});
}

TEST_CASE("nothing has no proportions") {
  CHECK(Apportioned(5, {0, 0}) == std::vector<uint64_t>{0, 0});
  CHECK(Apportioned(5, {}).empty());
}

TEST_CASE("shares add up to the whole and are less than one off, however large") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    testing::Random random(seed);
    std::vector<uint64_t> shares(random.Between(1, 90));
    for (uint64_t& share : shares) share = random.Skewed(56);
    shares[0] += 1;
    const uint64_t total = random.Skewed(62);
    const std::vector<uint64_t> got = Apportioned(total, shares);
    CHECK(std::accumulate(got.begin(), got.end(), uint64_t{0}) == total);
    const auto sum =
        static_cast<long double>(std::accumulate(shares.begin(), shares.end(), uint64_t{0}));
    for (size_t i = 0; i < shares.size(); ++i) {
      const long double exact = static_cast<long double>(shares[i]) / sum * total;
      CHECK(std::abs(static_cast<long double>(got[i]) - exact) < 1.001L + exact * 1e-17L);
    }
  }
}

}  // namespace
}  // namespace logpress
