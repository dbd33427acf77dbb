#include "text/timestamp.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "text/timestamp_calendar.h"
#include "text/timestamp_names.h"

namespace logpress::text {
namespace {

struct Shape {
  const char* text;
  const char* pattern;
  int64_t ticks;
  int64_t extra;
};

constexpr int64_t kUtc20150729 = 1438191704;  // 2015-07-29 17:41:44

// What `date -u -d ... +%s` says of each.
const std::vector<Shape>& Shapes() {
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
constexpr const char* kMorePatterns[] = {
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

std::vector<TimestampFormat> AllFormats() {
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

TimestampFormat Format(const char* pattern) {
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
bool MatchExactly(const TimestampFormat& format, std::string_view text, Matched* m) {
  const std::vector<char> copy(text.begin(), text.end());
  return format.Match(copy.data(), copy.data() + copy.size(), &m->ticks, &m->extra, &m->size);
}

std::string Rendered(const TimestampFormat& format, int64_t ticks, int64_t extra) {
  std::vector<char> out(kMaxTimestampSize, '#');
  const size_t size = format.Render(ticks, extra, out.data());
  REQUIRE(size <= format.max_size());
  return std::string(out.data(), size);
}

// A seed that LOGPRESS_TEST_SEED overrides, to run a failure again.
uint64_t Seed() {
  const char* const given = std::getenv("LOGPRESS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

TEST_CASE("every shape is detected whole, with its ticks") {
  for (const Shape& shape : Shapes()) {
    for (const std::string behind : {"", " ", "] INFO start", "|Step", ", 5"}) {
      const std::string text = shape.text + behind;
      INFO(text);
      TimestampFormat format;
      size_t size = 0;
      REQUIRE(DetectTimestamp(text.data(), text.data() + text.size(), &format, &size));
      CHECK(text.substr(0, size) == shape.text);
      // Six digits of a time could be an hour padded with a space, and so on: what counts is the
      // ticks, but the reading that stands first is pinned, for it decides about other lines.
      CHECK(format.Pattern() == shape.pattern);
      Matched m;
      REQUIRE(MatchExactly(format, text, &m));
      CHECK(m.size == size);
      CHECK(m.ticks == shape.ticks);
      CHECK(m.extra == shape.extra);
      CHECK(Rendered(format, m.ticks, m.extra) == shape.text);
    }
  }
}

TEST_CASE("what is no timestamp is not detected") {
  const char* const text = GENERATE(
      as<const char*>(), "", "1", "12", "[0,759s]", "0.006s", "16:13", "10.30.16.49", "2015",
      "00:1a:92:bb:cc:dd", "10:20:30:40:50:60", "1.2.3", "20150729", "123456", "999999999",
      "2200000001", "9999999999999", "2015-02-29 10:00:00x", "2015-13-01", "17:41:60", "24:00:00",
      "17:60:00", "Jun", "Jun 31", "Juni 14 15:16:01", "192.168.1.1:8080", "2015.07.29.1",
      "blk_4394112519745907149", "4394112519745907149", "17:41:44a", "1438191704a", "Monday");
  INFO(text);
  TimestampFormat format;
  size_t size = 0;
  const std::string_view view(text);
  CHECK_FALSE(DetectTimestamp(view.data(), view.data() + view.size(), &format, &size));
}

TEST_CASE("dates and times that do not exist fail to match") {
  const auto [pattern, text] = GENERATE(table<const char*, const char*>({
      {"%Y-%m-%d", "2015-02-29"},
      {"%Y-%m-%d", "1900-02-29"},
      {"%Y-%m-%d", "2015-04-31"},
      {"%Y-%m-%d", "2015-00-10"},
      {"%Y-%m-%d", "2015-13-10"},
      {"%Y-%m-%d", "2015-12-00"},
      {"%Y-%m-%d", "2015-12-32"},
      {"%b %_d %H:%M", "Feb 30 10:00"},
      {"%b %_d %H:%M", "Jun 09 10:00"},
      {"%b %_d %H:%M", "Jun  0 10:00"},
      {"%b %d %H:%M", "Jun  9 10:00"},
      {"%b %-d %H:%M", "Jun 09 10:00"},
      {"%b %d %H:%M", "JUN 09 10:00"},
      {"%b %d %H:%M", "Jux 09 10:00"},
      {"%H:%M:%S", "24:00:00"},
      {"%H:%M:%S", "23:60:00"},
      {"%H:%M:%S", "23:59:60"},
      {"%I:%M %p", "00:10 AM"},
      {"%I:%M %p", "13:10 AM"},
      {"%I:%M %p", "12:10 am"},
      {"%I:%M %p", "12:10 XM"},
      {"%H:%M%z", "10:00+2400"},
      {"%H:%M%z", "10:00+0060"},
      {"%H:%M%z", "10:00,0100"},
      {"%H:%M %Z", "10:00 XYZ"},
      {"%H:%M %Z", "10:00 "},
      {"%H:%M %Z", "10:00 CESTA"},
      {"%a %b %d %Y", "Thu Jul 29 2015"},
      {"%s", "0999999999"},
      {"%s", "2200000001"},
      {"%H:%M:%S%.3f", "10:00:00.120"},
      {"%H:%M:%S%.3f", "10:00:00.0"},
      {"%Y-%m-%d %H:%M:%S.%9f", "2263-01-01 00:00:00.000000000"},
      {"%-H:%-M:%-S:%-L", "1:2:3:04"},
      {"%Y%m%d", "2015072"},
  }));
  INFO(pattern << " " << text);
  Matched m;
  CHECK_FALSE(MatchExactly(Format(pattern), text, &m));
}

TEST_CASE("day numbers agree with the calendar of the standard library, years 0 to 9999") {
  namespace chrono = std::chrono;
  int32_t number = DayNumber({0, 1, 1});
  const auto first = chrono::sys_days{chrono::days{number}};
  REQUIRE(chrono::year_month_day{first} ==
          chrono::year_month_day{chrono::year{0}, chrono::January, chrono::day{1}});
  size_t wrong = 0;
  for (auto day = first; number <= DayNumber({9999, 12, 31}); ++number, day += chrono::days{1}) {
    const chrono::year_month_day date{day};
    const CivilDate expected = {static_cast<uint32_t>(static_cast<int>(date.year())),
                                static_cast<unsigned>(date.month()),
                                static_cast<unsigned>(date.day())};
    const CivilDate got = DateOfDay(number);
    wrong += got.year != expected.year || got.month != expected.month || got.day != expected.day;
    wrong += DayNumber(expected) != number;
    wrong += WeekdayOfDay(number) != chrono::weekday{day}.c_encoding();
    wrong += !IsDate(expected);
  }
  CHECK(wrong == 0);
  for (uint32_t year = 0; year <= 9999; ++year) {
    for (uint32_t month = 0; month <= 13; ++month) {
      for (uint32_t day : {0u, 28u, 29u, 30u, 31u, 32u, 99u}) {
        const chrono::year_month_day date{chrono::year{static_cast<int>(year)},
                                          chrono::month{month}, chrono::day{day}};
        wrong += IsDate({year, month, day}) != date.ok();
      }
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("Match says the same as a plain reading of the fields") {
  // The reference: every field with the standard library, nothing shared with the code under test.
  namespace chrono = std::chrono;
  const TimestampFormat format = Format("%Y-%m-%d %H:%M:%S.%6f");
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  for (int i = 0; i < 50000; ++i) {
    const unsigned year = below(10000), month = below(14), day = below(33), hour = below(26),
                   minute = below(62), second = below(62), fraction = below(1000000);
    char text[40];
    const int size = std::snprintf(text, sizeof(text), "%04u-%02u-%02u %02u:%02u:%02u.%06u", year,
                                   month, day, hour, minute, second, fraction);
    const chrono::year_month_day date{chrono::year{static_cast<int>(year)}, chrono::month{month},
                                      chrono::day{day}};
    const bool exists = date.ok() && hour < 24 && minute < 60 && second < 60;
    Matched m;
    REQUIRE(MatchExactly(format, std::string_view(text, static_cast<size_t>(size)), &m) == exists);
    if (!exists) continue;
    const auto instant = chrono::sys_days{date} + chrono::hours{hour} + chrono::minutes{minute} +
                         chrono::seconds{second} + chrono::microseconds{fraction};
    REQUIRE(m.ticks == instant.time_since_epoch().count());
  }
}

TEST_CASE("what is rendered matches again, with the same ticks") {
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  size_t rendered = 0;
  for (const TimestampFormat& format : AllFormats()) {
    INFO(format.Pattern());
    for (int i = 0; i < 2000; ++i) {
      // Days near and far, so that every format is given some that it can say.
      const int64_t days = format.is_epoch()    ? static_cast<int64_t>(random() % 30000)
                           : !format.has_date() ? 0
                           : !format.has_year() ? 730 + static_cast<int64_t>(random() % 366)
                           : i % 2 == 0         ? static_cast<int64_t>(random() % 36000)
                                                : static_cast<int64_t>(random() % 3652059) - 719528;
      int64_t ticks = 0;
      if (__builtin_mul_overflow(days, format.ticks_per_day(), &ticks)) continue;
      const auto in_day =
          static_cast<int64_t>(random() % static_cast<uint64_t>(format.ticks_per_day()));
      if (__builtin_add_overflow(ticks, in_day, &ticks)) continue;
      int64_t extra = i % 2 == 0 ? 0 : static_cast<int64_t>(random() % (2880 * 64 * 7));
      if (i % 4 == 3) extra %= 2880;
      if (i % 8 == 5) extra -= extra % 2880;
      const std::string text = Rendered(format, ticks, extra);
      if (text.empty()) continue;
      ++rendered;
      INFO(text << " " << ticks << " " << extra);
      Matched m;
      REQUIRE(MatchExactly(format, text, &m));
      REQUIRE(m.size == text.size());
      REQUIRE(m.ticks == ticks);
      REQUIRE(m.extra == extra);
      // Bytes behind the timestamp do not change what it is, unless they go on with it.
      REQUIRE(MatchExactly(format, text + "] a line that goes on for quite a while longer", &m));
      REQUIRE(m.size == text.size());
      REQUIRE(m.ticks == ticks);
    }
  }
  CHECK(rendered > 30000);
}

TEST_CASE("text that was changed fails to match or comes back byte for byte") {
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const std::string bytes =
      "0123456789 :-/.,+TZAPMapmJanFebMarSunMon\t\xff\x80" + std::string(1, '\0');
  const std::vector<TimestampFormat> formats = AllFormats();
  size_t matched = 0;
  for (size_t i = 0; i < 300000; ++i) {
    const TimestampFormat& format = formats[random() % formats.size()];
    std::string text = Shapes()[random() % Shapes().size()].text;
    if (i % 4 != 0)
      text = Shapes()[static_cast<size_t>(&format - formats.data()) % Shapes().size()].text;
    for (size_t n = random() % 3; n > 0 && !text.empty(); --n) {
      const size_t at = random() % text.size();
      switch (random() % 6) {
        case 0:
          text.erase(at, 1);
          break;
        case 1:
          text.insert(at, 1, bytes[random() % bytes.size()]);
          break;
        case 2:
          text[at] = static_cast<char>(random());
          break;
        default:
          text[at] = text[at] >= '0' && text[at] <= '9' ? static_cast<char>('0' + random() % 10)
                                                        : bytes[random() % bytes.size()];
      }
    }
    Matched m;
    if (!MatchExactly(format, text, &m)) continue;
    ++matched;
    INFO(format.Pattern() << " " << text);
    REQUIRE(m.size <= text.size());
    REQUIRE(m.size <= format.max_size());
    REQUIRE(Rendered(format, m.ticks, m.extra) == text.substr(0, m.size));
  }
  CHECK(matched > 10000);
}

TEST_CASE("text cut off anywhere is read no further than it goes") {
  for (const Shape& shape : Shapes()) {
    const std::string text = shape.text;
    const TimestampFormat format = Format(shape.pattern);
    for (size_t size = 0; size < text.size(); ++size) {
      INFO(text.substr(0, size));
      Matched m;
      if (MatchExactly(format, text.substr(0, size), &m))
        CHECK(Rendered(format, m.ticks, m.extra) == text.substr(0, m.size));
      TimestampFormat found;
      const std::vector<char> copy(text.begin(), text.begin() + static_cast<ptrdiff_t>(size));
      size_t found_size = 0;
      if (DetectTimestamp(copy.data(), copy.data() + size, &found, &found_size))
        CHECK(found_size <= size);
    }
  }
}

TEST_CASE("any ticks and extra render within bounds or to nothing") {
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  std::vector<TimestampFormat> formats = AllFormats();
  formats.emplace_back();
  for (const TimestampFormat& format : formats) {
    INFO(format.Pattern());
    for (int i = 0; i < 3000; ++i) {
      const auto any = [&]() -> int64_t {
        switch (random() % 4) {
          case 0:
            return static_cast<int64_t>(random());
          case 1:
            return static_cast<int64_t>(random() % 100) - 50;
          case 2:
            return std::numeric_limits<int64_t>::min() + static_cast<int64_t>(random() % 4);
          default:
            return static_cast<int64_t>(random() >> (random() % 64));
        }
      };
      const int64_t ticks = any();
      const int64_t extra = any();
      INFO(ticks << " " << extra);
      const std::string text = Rendered(format, ticks, extra);
      Matched m;
      if (!text.empty()) {
        REQUIRE(MatchExactly(format, text, &m));
        REQUIRE(m.ticks == ticks);
        REQUIRE(m.extra == extra);
      }
      int64_t micros = 0;
      if (format.ToUnixMicros(ticks, extra, &micros)) REQUIRE_FALSE(text.empty());
    }
  }
}

TEST_CASE("a format comes back from its bytes and from its pattern") {
  for (const TimestampFormat& format : AllFormats()) {
    ByteBuffer bytes;
    format.Serialize(&bytes);
    CHECK(bytes.size() <= 34);
    ByteReader reader(bytes);
    TimestampFormat read;
    REQUIRE(TimestampFormat::Parse(&reader, &read));
    CHECK(reader.empty());
    CHECK(read == format);
    CHECK(Format(format.Pattern().c_str()) == format);
  }
}

TEST_CASE("patterns that make no timestamp are refused") {
  const char* const pattern = GENERATE(
      as<const char*>(), "", "%", "%%", "%q", "%Y", "%Y-%m", "%m", "%d", "%H", "%M", "%S", "%H:%S",
      "%3f", "%H:%M%3f", "%a", "%a %H:%M", "%I:%M", "%H:%M %p", "%z", "%Y-%m-%d%z", "%s%s", "%s %H",
      "%H:%M:%M", "%Y-%m-%d %Y", "%Y-%m-%d %y", "%s %z", "%H:%M\n", "%H:%M\xc3\xa4", "abc",
      "%H:%M:%S%3f%-L", "                                                            %H:%M");
  INFO(pattern);
  TimestampFormat format;
  CHECK_FALSE(TimestampFormat::FromPattern(pattern, &format));
  CHECK(format == TimestampFormat());
}

TEST_CASE("format bytes that nobody wrote are refused or make a format that keeps its promises") {
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const std::vector<TimestampFormat> formats = AllFormats();
  size_t parsed = 0;
  for (int i = 0; i < 100000; ++i) {
    ByteBuffer bytes;
    formats[random() % formats.size()].Serialize(&bytes);
    for (size_t n = random() % 4; n > 0 && !bytes.empty(); --n) {
      const size_t at = random() % bytes.size();
      if (random() % 4 == 0)
        bytes.erase(at, 1);
      else if (random() % 3 == 0)
        bytes.insert(at, 1, static_cast<char>(random()));
      else
        bytes[at] = static_cast<char>(0x80 + random() % 64);
    }
    ByteReader reader(bytes);
    TimestampFormat format;
    if (!TimestampFormat::Parse(&reader, &format)) continue;
    ++parsed;
    INFO(format.Pattern());
    REQUIRE(format.max_size() <= kMaxTimestampSize);
    const std::string text = Rendered(format, static_cast<int64_t>(random() % 60000000000), 0);
    const std::string shape = Shapes()[random() % Shapes().size()].text;
    Matched m;
    if (MatchExactly(format, text, &m))
      REQUIRE(Rendered(format, m.ticks, m.extra) == text.substr(0, m.size));
    if (MatchExactly(format, shape, &m))
      REQUIRE(Rendered(format, m.ticks, m.extra) == shape.substr(0, m.size));
  }
  CHECK(parsed > 1000);
}

TEST_CASE("several samples settle what one leaves open") {
  const auto choose = [](std::vector<ByteView> samples) {
    TimestampFormat format;
    const size_t matched = ChooseTimestampFormat(samples, &format);
    return std::to_string(matched) + " " + format.Pattern();
  };
  CHECK(choose({"12/11/2015 10:00:00", "13/11/2015 10:00:00"}) == "2 %d/%m/%Y %H:%M:%S");
  CHECK(choose({"11/12/2015 10:00:00", "11/13/2015 10:00:00"}) == "2 %m/%d/%Y %H:%M:%S");
  CHECK(choose({"Nov 19 10:00:00 a", "Nov 9 10:00:00 b"}) == "2 %b %-d %H:%M:%S");
  CHECK(choose({"Nov 19 10:00:00 a", "Nov 09 10:00:00 b"}) == "2 %b %d %H:%M:%S");
  CHECK(choose({"20171223-22:15:29:606|", "20171223-22:5:29:6|"}) == "2 %Y%m%d-%-H:%-M:%-S:%-L");
  CHECK(choose({"2022-01-28T16:04:05.673Z", "2022-01-28T16:04:05.67355281Z",
                "2022-01-28T16:04:06Z"}) == "3 %Y-%m-%dT%H:%M:%S%.9fZ");
  CHECK(choose({"10:00:00,123", "10:00:00,120", "no time at all"}) == "2 %H:%M:%S,%3f");
  CHECK(choose({"nothing", "", "here"}) == "0 ");
  CHECK(choose({}) == "0 ");
}

TEST_CASE("an instant is what the text says, less its zone") {
  const auto micros = [](const char* pattern, const char* text) {
    const TimestampFormat format = Format(pattern);
    Matched m;
    REQUIRE(MatchExactly(format, text, &m));
    int64_t result = -1;
    CHECK(format.ToUnixMicros(m.ticks, m.extra, &result));
    return result;
  };
  CHECK(micros("%Y-%m-%d", "1970-01-02") == 86400000000);
  CHECK(micros("%Y-%m-%d %H:%M", "1970-01-01 00:01") == 60000000);
  CHECK(micros("%Y-%m-%d %H:%M:%S%z", "1970-01-01 02:00:00+0200") == 0);
  CHECK(micros("%Y-%m-%d %H:%M:%S%z", "1969-12-31 19:00:00-0500") == 0);
  CHECK(micros("%Y-%m-%d %H:%M:%S %Z", "1970-01-01 01:00:00 CET") == 0);
  CHECK(micros("%Y-%m-%d %H:%M:%S.%9f", "1969-12-31 23:59:59.999999999") == -1);
  CHECK(micros("%s.%3f", "1521911751.429") == 1521911751429000);
  int64_t result = 0;
  CHECK_FALSE(Format("%H:%M:%S").ToUnixMicros(5, 0, &result));
  CHECK_FALSE(Format("%b %d %H:%M").ToUnixMicros(5, 0, &result));
  CHECK_FALSE(Format("%Y-%m-%d").ToUnixMicros(1ll << 40, 0, &result));
}

}  // namespace
}  // namespace logpress::text
