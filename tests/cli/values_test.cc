#include "cli/values.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <string>

namespace logpress::cli {
namespace {

TEST_CASE("a size is a number and a unit, all units powers of 1024") {
  CHECK(*ParseSize("0") == 0u);
  CHECK(*ParseSize("4096") == 4096u);
  CHECK(*ParseSize("4096B") == 4096u);
  CHECK(*ParseSize("64K") == 65536u);
  CHECK(*ParseSize("64k") == 65536u);
  CHECK(*ParseSize("64KB") == 65536u);
  CHECK(*ParseSize("16MiB") == uint64_t{16} << 20);
  CHECK(*ParseSize("2g") == uint64_t{2} << 30);
  CHECK(*ParseSize("1T") == uint64_t{1} << 40);
  CHECK(*ParseSize("18446744073709551615") == UINT64_MAX);
  CHECK(*ParseSize("16777215T") == uint64_t{16777215} << 40);
}

TEST_CASE("what is no size, or none that fits 64 bits, is refused") {
  for (const char* text : {"", "K", "12Q", "-1", "+1", " 1", "1 ", "1 K", "1.5M", "0x10", "1KK",
                           "1iB", "1Kb/s", "18446744073709551616", "16777216T"}) {
    CAPTURE(text);
    CHECK(!ParseSize(text).ok());
  }
}

TEST_CASE("a time is a number and a unit; minutes are m as well as min, days are days everywhere") {
  CHECK(*ParseTime("20ms") == 20);
  CHECK(*ParseTime("90s") == 90'000);
  CHECK(*ParseTime("15min") == 900'000);
  CHECK(*ParseTime("15m") == 900'000);
  CHECK(*ParseTime("15minutes") == 900'000);
  CHECK(*ParseTime("12h") == 43'200'000);
  CHECK(*ParseTime("1d") == 86'400'000);
  CHECK(*ParseTime("400days") == int64_t{400} * 86'400'000);
  CHECK(*ParseTime("2w") == int64_t{14} * 86'400'000);
  CHECK(*ParseTime("1y") == int64_t{365} * 86'400'000);
  CHECK(*ParseTime("200y") == int64_t{73000} * 86'400'000);
  CHECK(*ParseTime("0") == 0);
}

TEST_CASE("what is no time is refused, and so is a number without a unit") {
  for (const char* text : {"", "d", "-1d", "1 d", "1.5h", "1month", "30M", "1D", "90", "1", "201y",
                           "99999999999999999999d", "9999999999999d", "18446744073709551615ms"}) {
    CAPTURE(text);
    CHECK(!ParseTime(text).ok());
  }
}

TEST_CASE("what deletes takes neither a number without a unit nor zero") {
  for (const char* text : {"35", "0", "0B", "0K", "1.5G", ""}) {
    CAPTURE(text);
    CHECK(!ParseDeletionSize(text).ok());
  }
  CHECK(*ParseDeletionSize("20B") == 20u);
  CHECK(*ParseDeletionSize("20G") == uint64_t{20} << 30);
  for (const char* text : {"35", "0", "0s", "0d", "0ms"}) {
    CAPTURE(text);
    CHECK(!ParseDeletionTime(text).ok());
  }
  CHECK(*ParseDeletionTime("35d") == int64_t{35} * 86'400'000);
}

TEST_CASE("a time is told by the largest unit up to days that gives a whole number") {
  CHECK(TimeText(86400) == "1 day");
  CHECK(TimeText(14 * 86400) == "14 days");
  CHECK(TimeText(129600) == "36 hours");
  CHECK(TimeText(5400) == "90 minutes");
  CHECK(TimeText(3600) == "1 hour");
  CHECK(TimeText(61) == "61 seconds");
  CHECK(TimeText(0) == "0 seconds");
}

}  // namespace
}  // namespace logpress::cli
