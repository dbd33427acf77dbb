#include "time/timestamp.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "time/timestamp_calendar.h"
#include "time/timestamp_shapes.h"

namespace logpress::time {
namespace {

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
}  // namespace logpress::time
