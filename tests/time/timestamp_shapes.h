// The shapes of timestamps that the tests go through, and what they all need.
#ifndef LOGPRESS_TESTS_TEXT_TIMESTAMP_SHAPES_H_
#define LOGPRESS_TESTS_TEXT_TIMESTAMP_SHAPES_H_

#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "time/timestamp.h"

namespace logpress::time {

struct Shape {
  const char* text;
  const char* pattern;
  int64_t ticks;
  int64_t extra;
};

inline constexpr int64_t kUtc20150729 = 1438191704;  // 2015-07-29 17:41:44

// What `date -u -d ... +%s` says of each.
inline const std::vector<Shape>& Shapes() {
  static const auto* const kShapes = new std::vector<Shape>{
      // ISO 8601 and its relatives
      {"2015-07-29 17:41:44", "%Y-%m-%d %H:%M:%S", kUtc20150729, 0},
      {"2015-07-29 17:41:44,747", "%Y-%m-%d %H:%M:%S,%3f", kUtc20150729 * 1000 + 747, 0},
      {"2015-07-29T17:41:44.7Z", "%Y-%m-%dT%H:%M:%S.%1fZ", kUtc20150729 * 10 + 7, 0},
      {"2015-07-29T17:41:44.123456+02:00", "%Y-%m-%dT%H:%M:%S.%6f%:z",
       kUtc20150729 * 1000000 + 123456, 240},
      {"2015-07-29T17:41:44.123456789Z", "%Y-%m-%dT%H:%M:%S.%9fZ",
       kUtc20150729 * 1000000000 + 123456789, 0},
      {"2015-07-29T17:41:44.123456789-11:30", "%Y-%m-%dT%H:%M:%S.%9f%:z",
       kUtc20150729 * 1000000000 + 123456789, 2 * 690 + 1},
      {"2015-07-29T17:41:44+0000", "%Y-%m-%dT%H:%M:%S%z", kUtc20150729, 0},
      {"2015-07-29 17:41:44.747 -05:00", "%Y-%m-%d %H:%M:%S.%3f %:z", kUtc20150729 * 1000 + 747,
       601},
      {"2015-07-29 17:41:44-08", "%Y-%m-%d %H:%M:%S%:::z", kUtc20150729, 961},
      {"2015-07-29 17:41:44 CET", "%Y-%m-%d %H:%M:%S %Z", kUtc20150729, 2 * 2880},
      {"2015-07-29 17:41:44.747 UTC", "%Y-%m-%d %H:%M:%S.%3f %Z", kUtc20150729 * 1000 + 747, 0},
      {"2015-07-29 17:41:44 +0000 UTC", "%Y-%m-%d %H:%M:%S %z %Z", kUtc20150729, 0},
      {"2015/07/29 17:41:44", "%Y/%m/%d %H:%M:%S", kUtc20150729, 0},
      {"2015-07-29-17.41.44.675872", "%Y-%m-%d-%H.%M.%S.%6f", kUtc20150729 * 1000000 + 675872, 0},
      {"2015-07-29_17:41:44", "%Y-%m-%d_%H:%M:%S", kUtc20150729, 0},
      {"2015-07-29  5:41:44", "%Y-%m-%d %_H:%M:%S", kUtc20150729 - 43200, 0},
      {"20150729-17:41:44:747", "%Y%m%d-%H:%M:%S:%3f", kUtc20150729 * 1000 + 747, 0},
      {"20150729-17:41:44:6", "%Y%m%d-%-H:%-M:%-S:%-L", kUtc20150729 * 1000 + 6, 0},
      {"20150729-17:1:4:16", "%Y%m%d-%-H:%-M:%-S:%-L", (kUtc20150729 - 2440) * 1000 + 16, 0},
      {"20150729174144", "%Y%m%d%H%M%S", kUtc20150729, 0},
      {"20150729T174144Z", "%Y%m%dT%H%M%SZ", kUtc20150729, 0},
      {"150729 174144", "%y%m%d %H%M%S", kUtc20150729, 0},
      {"081109 203518", "%y%m%d %H%M%S", 1226262918, 0},
      // other orders
      {"15/07/29 17:41:44", "%y/%m/%d %H:%M:%S", kUtc20150729, 0},
      {"29.07.2015 17:41:44", "%d.%m.%Y %H:%M:%S", kUtc20150729, 0},
      {"07/29/2015 17:41:44", "%m/%d/%Y %H:%M:%S", kUtc20150729, 0},
      {"29/07/2015 17:41:44", "%d/%m/%Y %H:%M:%S", kUtc20150729, 0},
      {"07/29/2015 05:41:44 PM", "%m/%d/%Y %I:%M:%S %p", kUtc20150729, 0},
      {"7/29/2015 5:41:44 PM", "%-m/%-d/%Y %-I:%M:%S %p", kUtc20150729, 0},
      {"7/29/2015\t5:41 am", "%-m/%-d/%Y\t%-I:%M %P", (kUtc20150729 - 44) / 60 - 720, 0},
      {"29/Jul/2015:17:41:44 -0500", "%d/%b/%Y:%H:%M:%S %z", kUtc20150729, 601},
      {"29/Jul/2015:17:41:44.747", "%d/%b/%Y:%H:%M:%S.%3f", kUtc20150729 * 1000 + 747, 0},
      {"29-Jul-2015 17:41:44.747", "%d-%b-%Y %H:%M:%S.%3f", kUtc20150729 * 1000 + 747, 0},
      {"29 Jul 2015 17:41:44", "%d %b %Y %H:%M:%S", kUtc20150729, 0},
      // names
      {"Jun 14 15:16:01", "%b %_d %H:%M:%S", 77382961, 0},
      {"Jun  9 06:06:20", "%b %_d %H:%M:%S", 76917980, 0},
      {"Nov 9 12:01:01", "%b %-d %H:%M:%S", 90158461, 0},
      {"Feb 29 12:01:01", "%b %_d %H:%M:%S", 68212861, 0},
      {"Jul 29 2015 17:41:44", "%b %_d %Y %H:%M:%S", kUtc20150729, 0},
      {"Wed Jul 29 17:41:44 2015", "%a %b %_d %H:%M:%S %Y", kUtc20150729, 0},
      {"Wed Jul 29 17:41:44.123456 2015", "%a %b %_d %H:%M:%S.%6f %Y",
       kUtc20150729 * 1000000 + 123456, 0},
      {"Wed Jul 29 17:41:44 CEST 2015", "%a %b %_d %H:%M:%S %Z %Y", kUtc20150729, 3 * 2880},
      {"Wed Jul 29 17:41:44", "%a %b %_d %H:%M:%S", 81279704, 3 * 64 * 2880},
      {"Wed, 29 Jul 2015 17:41:44 GMT", "%a, %d %b %Y %H:%M:%S %Z", kUtc20150729, 2880},
      {"Wednesday, 29-Jul-15 17:41:44 GMT", "%A, %d-%b-%y %H:%M:%S %Z", kUtc20150729, 2880},
      {"JUL 29 17:41:44", "%^b %_d %H:%M:%S", 81279704, 0},
      {"July 29, 2015 05:41:44 PM", "%B %_d, %Y %I:%M:%S %p", kUtc20150729, 0},
      // no year, only a date, only a time
      {"07-29 17:41:44.747", "%m-%d %H:%M:%S.%3f", 81279704747, 0},
      {"07.29 17:41:44", "%m.%d %H:%M:%S", 81279704, 0},
      {"0729 17:41:44.123456", "%m%d %H:%M:%S.%6f", 81279704123456, 0},
      {"2015.07.29", "%Y.%m.%d", 16645, 0},
      {"2015-07-29", "%Y-%m-%d", 16645, 0},
      {"17:41:44", "%H:%M:%S", 63704, 0},
      {"17:41:44.747", "%H:%M:%S.%3f", 63704747, 0},
      // epochs
      {"1438191704", "%s", kUtc20150729, 0},
      {"1438191704747", "%s%3f", kUtc20150729 * 1000 + 747, 0},
      {"1438191704747123", "%s%6f", kUtc20150729 * 1000000 + 747123, 0},
      {"1438191704747123999", "%s%9f", kUtc20150729 * 1000000000 + 747123999, 0},
      {"1521911751.429515", "%s.%6f", 1521911751429515, 0},
  };
  return *kShapes;
}

// Formats that detection does not give or gives only when it sees more than one sample.
inline constexpr const char* kMorePatterns[] = {
    "%Y-%m-%dT%H:%M:%S%.9fZ",
    "%Y-%m-%d %H:%M:%S%,3f",
    "%_m/%_d/%Y %_I:%M%P",
    "%-d.%-m.%y",
    "%A %#b %-d %H:%M %Z",
    "%^a %^b %d %Y",
    "%s%1f",
    "%Y%m%d%H%M%S%8f%z",
    "%a %d %B %H:%M:%S%:z",
    "%-I:%-M:%-S%.6f%p",
};

inline std::vector<TimestampFormat> AllFormats() {
  std::vector<TimestampFormat> formats;
  TimestampFormat format;
  for (const Shape& shape : Shapes()) {
    REQUIRE(TimestampFormat::FromPattern(shape.pattern, &format));
    formats.push_back(format);
  }
  for (const char* pattern : kMorePatterns) {
    INFO(pattern);
    REQUIRE(TimestampFormat::FromPattern(pattern, &format));
    formats.push_back(format);
  }
  return formats;
}

inline TimestampFormat Format(const char* pattern) {
  TimestampFormat format;
  INFO(pattern);
  REQUIRE(TimestampFormat::FromPattern(pattern, &format));
  return format;
}

struct Matched {
  int64_t ticks = 0;
  int64_t extra = 0;
  size_t size = 0;
};

// Matches in a copy of its own that ends where the text does, so that the sanitizers see a byte
// read too far; then again with text behind it, which must not matter up to the size.
inline bool MatchExactly(const TimestampFormat& format, std::string_view text, Matched* m) {
  const std::vector<char> copy(text.begin(), text.end());
  return format.Match(copy.data(), copy.data() + copy.size(), &m->ticks, &m->extra, &m->size);
}

inline std::string Rendered(const TimestampFormat& format, int64_t ticks, int64_t extra) {
  std::vector<char> out(kMaxTimestampSize, '#');
  const size_t size = format.Render(ticks, extra, out.data());
  REQUIRE(size <= format.max_size());
  return std::string(out.data(), size);
}

// A seed that LOGPRESS_TEST_SEED overrides, to run a failure again.
inline uint64_t Seed() {
  const char* const given = std::getenv("LOGPRESS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

}  // namespace logpress::time

#endif  // LOGPRESS_TESTS_TEXT_TIMESTAMP_SHAPES_H_
