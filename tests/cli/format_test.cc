#include "cli/format.h"

#include <catch2/catch.hpp>
#include <cstdint>

namespace logpress::cli {
namespace {

TEST_CASE("sizes are printed with three digits") {
  CHECK(HumanSize(0) == "0 B");
  CHECK(HumanSize(1023) == "1023 B");
  CHECK(HumanSize(1024) == "1.00 KiB");
  CHECK(HumanSize(10229) == "9.99 KiB");
  CHECK(HumanSize(10239) == "10.0 KiB");
  CHECK(HumanSize(102348) == "99.9 KiB");
  CHECK(HumanSize(102399) == "100 KiB");
  CHECK(HumanSize(1023487) == "999 KiB");
  CHECK(HumanSize(1023488) == "0.98 MiB");
  CHECK(HumanSize(uint64_t{2} << 30) == "2.00 GiB");
  CHECK(HumanSize(UINT64_MAX) == "16.0 EiB");
}

TEST_CASE("a ratio says how many times smaller, and nothing where there is nothing to compare") {
  CHECK(Ratio(100, 4) == "25.0");
  CHECK(Ratio(100, 99) == "1.01");
  CHECK(Ratio(99, 100) == "0.99");
  CHECK(Ratio(9994, 1000) == "9.99");
  CHECK(Ratio(9996, 1000) == "10.0");
  CHECK(Ratio(123456, 10) == "12346");
  CHECK(Ratio(0, 31) == "-");
  CHECK(Ratio(0, 0) == "-");
  CHECK(Ratio(5, 0) == "-");
}

TEST_CASE("durations are as exact as a person cares") {
  CHECK(HumanDuration(-1) == "0 s");
  CHECK(HumanDuration(0.4) == "0 s");
  CHECK(HumanDuration(59.6) == "1 min 0 s");
  CHECK(HumanDuration(200) == "3 min 20 s");
  CHECK(HumanDuration(7500) == "2 h 5 min");
}

TEST_CASE("a name cannot break a line or talk to the terminal") {
  CHECK(Printable("app.log") == "app.log");
  CHECK(Printable("a b\xc3\xa9\\n") == "a b\xc3\xa9\\n");
  CHECK(Printable("a\nb\tc\x1b[1m\x7f") == "a\\nb\\tc\\x1b[1m\\x7f");
}

}  // namespace
}  // namespace logpress::cli
