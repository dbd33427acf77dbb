#include "support/shrink.h"

#include <catch2/catch.hpp>

namespace logpress::testing {
namespace {

TEST_CASE("an input shrinks to the lines and bytes that matter, and those become plain") {
  const std::string input = "first line\nsecond: 12 x 7\nthird\nfourth y\nfifth\n";
  const auto fails = [](ByteView text) {
    const size_t x = text.find('x');
    return x != ByteView::npos && text.find('y', x) != ByteView::npos && text.size() >= 4;
  };
  const std::string smallest = Shrink(input, fails);
  CHECK(fails(smallest));
  CHECK(smallest.size() == 4);
  CHECK(smallest.find_first_not_of("xya0") == std::string::npos);
}

TEST_CASE("shrinking gives up after the calls it was allowed, with an input that still fails") {
  int calls = 0;
  const auto fails = [&](ByteView text) {
    ++calls;
    return text.find("needle") != ByteView::npos;
  };
  const std::string smallest = Shrink(std::string(5000, '.') + "needle", fails, 10);
  CHECK(calls <= 10);
  CHECK(smallest.find("needle") != std::string::npos);
}

TEST_CASE("bytes are shown as a literal that gives the same bytes") {
  CHECK(AsLiteral("a\"b\\\n\t\xff" + std::string("\0"
                                                 "1\n",
                                                 3)) ==
        "\"a\\\"b\\\\\\n\"\n\"\\011\\377\\0001\\n\"");
  CHECK(AsLiteral("abcdef", 4) == "\"abcd\" and 2 more bytes");
}

}  // namespace
}  // namespace logpress::testing
