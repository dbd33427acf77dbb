#include "cli/record_writer.h"

#include <catch2/catch.hpp>

namespace logpress::cli {
namespace {

TEST_CASE("levels have the numbers of OpenTelemetry, however they are written") {
  for (const char* const level : {"INFO", "info", "I", "Information"})
    CHECK(SeverityNumber(level) == 9);
  CHECK(SeverityNumber("TRACE") == 1);
  CHECK(SeverityNumber("dbg") == 5);
  CHECK(SeverityNumber("notice") == 10);
  for (const char* const level : {"WARN", "Warning", "W"}) CHECK(SeverityNumber(level) == 13);
  for (const char* const level : {"ERROR", "err", "E", "SEVERE"})
    CHECK(SeverityNumber(level) == 17);
  CHECK(SeverityNumber("crit") == 18);
  CHECK(SeverityNumber("FATAL") == 21);
  CHECK(SeverityNumber("emerg") == 21);
  CHECK(SeverityNumber("") == 0);
  CHECK(SeverityNumber("LOG") == 0);
}

}  // namespace
}  // namespace logpress::cli
