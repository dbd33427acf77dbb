#include "archive/time_fields.h"

#include <catch2/catch.hpp>
#include <limits>

#include "base/memory.h"

namespace logpress::archive {
namespace {

using time::LineTime;
using time::TimeKind;
using time::TimeSpan;

constexpr int64_t kNoon = 1715947200LL * 1'000'000;

TimeSpan Span(TimeKind kind, int64_t lowest, int64_t highest) {
  TimeSpan span;
  span.kinds = static_cast<uint8_t>(1 << static_cast<int>(kind));
  span.lowest = lowest;
  span.highest = highest;
  span.width = time::kInstantWidth;
  span.first = {kind, lowest, lowest + 1};
  span.last = {kind, highest, highest + 1};
  return span;
}

TimeSpan Again(const TimeSpan& span, size_t* size) {
  ByteBuffer bytes;
  PutTimeSpan(span, &bytes);
  *size = bytes.size();
  ByteReader reader(bytes);
  TimeSpan read;
  REQUIRE(GetTimeSpan(&reader, &read));
  CHECK(reader.empty());
  // What is cut off is none.
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    ByteReader shorter(ByteView(bytes).substr(0, cut));
    TimeSpan none;
    CHECK_FALSE(GetTimeSpan(&shorter, &none));
  }
  return read;
}

void CheckSame(const TimeSpan& a, const TimeSpan& b) {
  CHECK(a.kinds == b.kinds);
  CHECK(a.starts_untimed == b.starts_untimed);
  CHECK(a.first == b.first);
  CHECK(a.last == b.last);
  if (!a.one_kind()) return;
  CHECK(a.lowest == b.lowest);
  CHECK(a.highest == b.highest);
  CHECK(a.width == b.width);
}

TEST_CASE("a span comes back from a dozen bytes") {
  size_t size = 0;
  CheckSame(TimeSpan(), Again(TimeSpan(), &size));
  CHECK(size == 1);
  TimeSpan span = Span(TimeKind::kInstant, kNoon, kNoon + 3'600'000'000);
  CheckSame(span, Again(span, &size));
  CHECK(size <= 10);
  span.lowest -= 1'000;
  span.starts_untimed = true;
  CheckSame(span, Again(span, &size));
  span.highest += 1;
  span.last = {TimeKind::kInstant, kNoon + 5, kNoon + 5 + time::kMinuteWidth};
  span.width = time::kDayWidth;
  CheckSame(span, Again(span, &size));
  CHECK(size <= 24);
  span = Span(TimeKind::kDaily, 0, 86'399'000'000);
  CheckSame(span, Again(span, &size));
  span = Span(TimeKind::kInstant, -kNoon, -5);
  CheckSame(span, Again(span, &size));
}

TEST_CASE("a span of several kinds keeps its ends") {
  TimeSpan span;
  span.kinds = 1 << static_cast<int>(TimeKind::kInstant) | 1 << static_cast<int>(TimeKind::kDaily);
  span.first = {TimeKind::kDaily, 5'000'000, 5'000'001};
  span.last = {TimeKind::kInstant, kNoon, kNoon + time::kDayWidth};
  size_t size = 0;
  CheckSame(span, Again(span, &size));
}

TEST_CASE("hostile spans are refused or harmless") {
  for (uint64_t flags = 0; flags < 0x12000; flags += 7) {
    for (const uint64_t value : {uint64_t{0}, std::numeric_limits<uint64_t>::max()}) {
      ByteBuffer bytes;
      PutVarint(&bytes, flags);
      for (int i = 0; i < 4; ++i) PutVarint(&bytes, value);
      ByteReader reader(bytes);
      TimeSpan span;
      if (GetTimeSpan(&reader, &span)) CHECK(flags <= 0xffff);
    }
  }
}

TEST_CASE("places come back, and five of them or broken ones are refused") {
  time::TimestampFormat format;
  REQUIRE(time::TimestampFormat::FromPattern("%Y-%m-%d %H:%M:%S", &format));
  Vector<time::TimePlace> places(4, time::TimePlace{'[', format});
  ByteBuffer bytes;
  PutTimePlaces(places, &bytes);
  Vector<time::TimePlace> read;
  REQUIRE(ParseTimePlaces(bytes, &read));
  REQUIRE(read.size() == 4);
  CHECK(read[3].before == '[');
  CHECK(read[3].format == format);
  CHECK_FALSE(ParseTimePlaces(ByteView(bytes).substr(0, bytes.size() - 1), &read));
  places.push_back(places[0]);
  bytes.clear();
  PutTimePlaces(places, &bytes);
  CHECK_FALSE(ParseTimePlaces(bytes, &read));
}

}  // namespace
}  // namespace logpress::archive
