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

TEST_CASE("lines are found one by one as they are found all at once") {
  testing::Random random(2);
  for (int i = 0; i < 300; ++i) {
    std::string bytes(random.Below(300), 'a');
    for (char& byte : bytes) byte = random.OneIn(1 + static_cast<uint64_t>(i) % 20) ? '\n' : byte;
    const uint64_t lines = CountNewlines(bytes);
    const uint64_t count = random.Below(lines + 3);
    std::string copy;
    uint64_t found = 0;
    const size_t size = ForEachLine(bytes, count, [&](size_t begin, size_t end) {
      copy += ByteView{bytes}.substr(begin, end + 1 - begin);
      ++found;
    });
    CHECK(found == std::min(count, lines));
    CHECK(copy == ByteView{bytes}.substr(0, size));
    CHECK(CountNewlines(copy) == found);
    CHECK(SizeOfLines(bytes, count) == (count <= lines ? size : ByteView::npos));
  }
}

}  // namespace
}  // namespace logpress
