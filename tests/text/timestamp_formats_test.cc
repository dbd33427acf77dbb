#include <catch2/catch.hpp>
#include <string>

#include "base/memory.h"
#include "text/tokenizer.h"
#include "time/timestamp.h"

namespace logpress::text {
namespace {

// The patterns of the formats of the lines of `text`.
std::string Formats(ByteView text) {
  Vector<Slice> rows;
  SplitRows(text, &rows);
  std::string patterns;
  for (const time::TimestampFormat& format : DetectTimestamps(text, rows))
    patterns += format.Pattern() + "|";
  return patterns;
}

TEST_CASE("formats are found beside values that look like timestamps and are none") {
  std::string text;
  for (int i = 10; i < 50; ++i) {
    const std::string n = std::to_string(i);
    text += "2015-07-29 17:41:" + n + " 10.250." + n + ".7:50010 to 99:88:" + n + " 2015-99-" + n +
            " took 17:41:" + n + ".250, 8421.33 and 76 of 1234567\n";
  }
  CHECK(Formats(text) == "%Y-%m-%d %H:%M:%S|%H:%M:%S.%3f|");
}

TEST_CASE("values of one shape that are timestamps now and then are found") {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    // Of every four lines one has a time.
    const std::string hour = std::to_string(i % 4 == 0 ? 10 + i / 4 : 90 + i / 10);
    text += "at " + hour + ":15:" + std::to_string(10 + i) + " x\n";
  }
  // It is the first of its shape, and so was seen before the others failed.
  CHECK(Formats(text) == "%H:%M:%S|");
}

TEST_CASE("records of two or four lines have all of their formats found") {
  for (const int period : {2, 4}) {
    INFO("records of " << period << " lines");
    std::string text;
    for (int i = 0; i < 400; ++i) {
      if (i % period != 0) {
        text += "no time here\n";
        continue;
      }
      text += "Jul 29 17:41:" + std::to_string(10 + i % 50) + " up\n";
    }
    CHECK(Formats(text) == "%b %_d %H:%M:%S|");
  }
}

}  // namespace
}  // namespace logpress::text
