#include "base/work_meter.h"

#include <catch2/catch.hpp>
#include <cstdint>

namespace logpress {
namespace {

TEST_CASE("a report tells its meter now and then, and in the end of every byte") {
  WorkMeter meter;
  meter.Add(5);
  WorkReport report(&meter);
  uint64_t tellings = 0;
  uint64_t last = meter.bytes();
  for (uint64_t position = 0; position <= 1'000'000; position += 10) {
    report.At(position);
    REQUIRE(meter.bytes() <= position + 5);
    tellings += meter.bytes() != last;
    last = meter.bytes();
  }
  CHECK(tellings > 20);
  CHECK(tellings < 40);
  report.Done(1'000'000);
  CHECK(meter.bytes() == 1'000'005);
  meter.Reset();
  CHECK(meter.bytes() == 0);
}

TEST_CASE("a report without a meter says nothing") {
  WorkReport report(nullptr);
  report.At(1'000'000);
  report.Done(2'000'000);
}

}  // namespace
}  // namespace logpress
