#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "base/bytes.h"
#include "support/log_generator.h"

namespace logpress::testing {
namespace {

TEST_CASE("a seed gives the same log every time and another seed another") {
  for (uint64_t seed = 1; seed <= 50; ++seed)
    CHECK(GenerateLog(seed, 4096) == GenerateLog(seed, 4096));
  CHECK(GenerateLog(11, 4096) != GenerateLog(12, 4096));
}

TEST_CASE("a generated log is no larger than was asked for") {
  for (const size_t max_size : {size_t{0}, size_t{1}, size_t{100}, size_t{100000}}) {
    for (uint64_t seed = 1; seed <= 100; ++seed)
      REQUIRE(GenerateLog(seed, max_size).size() <= max_size);
  }
}

size_t LongestLine(ByteView log) {
  size_t longest = 0;
  while (!log.empty()) {
    const size_t size = std::min(log.find('\n'), log.size() - 1) + 1;
    longest = std::max(longest, size);
    log.remove_prefix(size);
  }
  return longest;
}

TEST_CASE("what has gone wrong with logs goes wrong with some of those of four hundred seeds") {
  std::map<std::string, int> seen;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    const std::string log = GenerateLog(seed, 1 << 20);
    const auto has = [&](ByteView what) { return log.find(what) != std::string::npos; };
    seen["nothing at all"] += log.empty();
    seen["no final newline"] += !log.empty() && log.back() != '\n';
    seen["CRLF"] += has("\r\n");
    seen["NUL"] += has(ByteView("\0", 1));
    seen["ANSI colour"] += has("\x1b[");
    seen["invalid UTF-8"] += has("\xff\xfe");
    seen["blank line"] += has("\n\n");
    seen["trailing space"] += has(" \n");
    seen["leading zeros"] += has(" 000");
    seen["a number beyond 64 bits"] += has("18446744073709551616");
    seen["no time of day"] += has("99:99:99");
    seen["an escaped quote"] += has("\\\"");
    seen["a line of 100 KB"] += LongestLine(log) > 100000;
    seen["100,000 lines"] += std::count(log.begin(), log.end(), '\n') > 100000;
    seen["a log of half a megabyte"] += log.size() > 500000;
  }
  for (const auto& [what, times] : seen) {
    INFO(what);
    CHECK(times > 0);
  }
}

}  // namespace
}  // namespace logpress::testing
