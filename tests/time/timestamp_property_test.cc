// What holds for any timestamp, any change of its text and any hostile bytes.
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "time/timestamp.h"
#include "time/timestamp_run.h"
#include "time/timestamp_shapes.h"

namespace logpress::time {
namespace {

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

// One step of a log's clock: mostly a little later, sometimes elsewhere.
int64_t NextTicks(int64_t ticks, const TimestampFormat& format, std::mt19937_64* random) {
  const auto day = static_cast<uint64_t>(format.ticks_per_day());
  const auto step = static_cast<uint64_t>((*random)());
  switch ((*random)() % 16) {
    case 0:
      return static_cast<int64_t>(static_cast<uint64_t>(ticks) + day);
    case 1:
      return static_cast<int64_t>(static_cast<uint64_t>(ticks) + day - step % (2 * day));
    case 2:
      return static_cast<int64_t>(step % (day * 25000));
    case 3:
      return static_cast<int64_t>(step >> (step % 64));
    default:
      return static_cast<int64_t>(static_cast<uint64_t>(ticks) + step % (day / 20 + 2));
  }
}

TEST_CASE("a run of timestamps matches and renders as each of them does alone") {
  const uint64_t seed = Seed();
  INFO("LOGPRESS_TEST_SEED=" << seed);
  std::mt19937_64 random(seed);
  const std::string bytes = "0123456789:  -/.,+PMAZCET2a";
  size_t matched = 0;
  for (const TimestampFormat& format : AllFormats()) {
    INFO(format.Pattern());
    TimestampMatcher matcher(format);
    TimestampRenderer renderer(format);
    const int64_t start = format.ticks_per_day() * (format.is_epoch()    ? 17000
                                                    : !format.has_date() ? 0
                                                                         : 735);
    int64_t ticks = start;
    int64_t extra = 0;
    for (int i = 0; i < 3000; ++i) {
      ticks = NextTicks(ticks, format, &random);
      if (random() % 64 == 0) extra = static_cast<int64_t>(random() % 8) * 60;
      if (random() % 64 == 0) extra = static_cast<int64_t>(random() % 8) * 2880 + extra;
      INFO(ticks << " " << extra);
      const std::string text = Rendered(format, ticks, extra);
      std::vector<char> out(kMaxTimestampSize, '#');
      const size_t size = renderer.Render(ticks, extra, out.data());
      REQUIRE(std::string(out.data(), size) == text);
      if (text.empty()) {  // nothing that this format can say
        ticks = start;
        extra = 0;
      }

      // The text whole, changed, cut off, or with something behind it.
      std::string line = text;
      if (!line.empty() && random() % 4 == 0)
        line[random() % line.size()] = bytes[random() % bytes.size()];
      if (random() % 4 == 0) line.resize(random() % (line.size() + 1));
      if (random() % 2 == 0) line += " and the rest of the line";
      if (random() % 8 == 0) line += bytes[random() % bytes.size()];
      INFO(line);
      const std::vector<char> copy(line.begin(), line.end());
      const char* const end = copy.data() + copy.size();
      Matched alone;
      Matched in_run;
      const bool found = MatchExactly(format, line, &alone);
      REQUIRE(matcher.Match(copy.data(), end, &in_run.ticks, &in_run.extra, &in_run.size) == found);
      if (!found) continue;
      ++matched;
      REQUIRE(in_run.ticks == alone.ticks);
      REQUIRE(in_run.extra == alone.extra);
      REQUIRE(in_run.size == alone.size);
    }
  }
  CHECK(matched > 30000);
}

}  // namespace
}  // namespace logpress::time
