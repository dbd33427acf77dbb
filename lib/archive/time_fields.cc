#include "archive/time_fields.h"

#include <array>
#include <cstddef>

#include "base/memory.h"

// A span is, as varints,
//   flags   bits 0 to 2: which kinds of times occur; bit 3: starts untimed; bits 4 and 5: unit;
//           then in two bits each: width of the widest, of the first and of the last time, and,
//           unless there is one kind only, kind of the first and of the last
//   one kind:       lowest (zigzag), highest - lowest, first - lowest, highest - last
//   several kinds:  first (zigzag), last (zigzag)
// in the coarsest unit in which all of them are whole numbers.
namespace logpress::archive {
namespace {

using time::TimeKind;
using time::TimeSpan;

constexpr std::array<int64_t, 3> kUnits = {1'000'000, 1'000, 1};
constexpr std::array<int64_t, 3> kWidths = {time::kInstantWidth, time::kMinuteWidth,
                                            time::kDayWidth};
constexpr int kUnitShift = 4;
constexpr int kWidthShift = 6;
constexpr int kFirstWidthShift = 8;
constexpr int kLastWidthShift = 10;
constexpr int kFirstKindShift = 12;
constexpr int kLastKindShift = 14;
constexpr uint64_t kMaxFlags = 0xffff;

uint64_t CodeOf(int64_t width) {
  for (uint64_t i = 0; i < kWidths.size(); ++i)
    if (kWidths[i] == width) return i;
  return 0;
}

// Differences wrap, so that nothing a hostile archive says can overflow.
uint64_t Difference(int64_t a, int64_t b) {
  return static_cast<uint64_t>(a) - static_cast<uint64_t>(b);
}
int64_t Sum(int64_t a, uint64_t b) { return static_cast<int64_t>(static_cast<uint64_t>(a) + b); }
int64_t Scaled(int64_t value, int64_t unit) {
  return static_cast<int64_t>(static_cast<uint64_t>(value) * static_cast<uint64_t>(unit));
}

TimeKind OnlyKind(uint8_t kinds) {
  if (kinds == 1u << static_cast<int>(TimeKind::kInstant)) return TimeKind::kInstant;
  if (kinds == 1u << static_cast<int>(TimeKind::kYearless)) return TimeKind::kYearless;
  return TimeKind::kDaily;
}

}  // namespace

void PutTimeSpan(const TimeSpan& span, ByteBuffer* out) {
  if (span.kinds == 0) return PutVarint(out, 0);
  const bool one = span.one_kind();
  uint64_t unit = 0;
  const auto whole = [&](int64_t value) { return value % kUnits[unit] == 0; };
  while (!whole(span.first.begin) || !whole(span.last.begin) ||
         (one && (!whole(span.lowest) || !whole(span.highest)))) {
    ++unit;
  }
  uint64_t flags = static_cast<uint64_t>(span.kinds >> 1) |
                   (span.starts_untimed ? uint64_t{8} : uint64_t{0}) | unit << kUnitShift |
                   CodeOf(span.width) << kWidthShift |
                   CodeOf(span.first.end - span.first.begin) << kFirstWidthShift |
                   CodeOf(span.last.end - span.last.begin) << kLastWidthShift;
  if (!one) {
    flags |= static_cast<uint64_t>(span.first.kind) << kFirstKindShift |
             static_cast<uint64_t>(span.last.kind) << kLastKindShift;
  }
  PutVarint(out, flags);
  const auto scaled = [&](int64_t value) { return value / kUnits[unit]; };
  if (one) {
    PutVarint(out, ZigZag(scaled(span.lowest)));
    PutVarint(out, Difference(scaled(span.highest), scaled(span.lowest)));
    PutVarint(out, Difference(scaled(span.first.begin), scaled(span.lowest)));
    PutVarint(out, Difference(scaled(span.highest), scaled(span.last.begin)));
  } else {
    PutVarint(out, ZigZag(scaled(span.first.begin)));
    PutVarint(out, ZigZag(scaled(span.last.begin)));
  }
}

bool GetTimeSpan(ByteReader* reader, TimeSpan* span) {
  uint64_t flags;
  if (!reader->GetVarintUpTo(kMaxFlags, &flags)) return false;
  TimeSpan read;
  read.kinds = static_cast<uint8_t>((flags & 7) << 1);
  if (read.kinds == 0) {
    *span = read;
    return flags == 0;
  }
  read.starts_untimed = (flags & 8) != 0;
  const uint64_t unit_code = flags >> kUnitShift & 3;
  const auto width = [flags](int shift, int64_t* result) {
    const uint64_t code = flags >> shift & 3;
    if (code >= kWidths.size()) return false;
    *result = kWidths[code];
    return true;
  };
  int64_t first_width;
  int64_t last_width;
  if (unit_code >= kUnits.size() || !width(kWidthShift, &read.width) ||
      !width(kFirstWidthShift, &first_width) || !width(kLastWidthShift, &last_width)) {
    return false;
  }
  const int64_t unit = kUnits[unit_code];
  if (read.one_kind()) {
    uint64_t lowest;
    uint64_t to_highest;
    uint64_t to_first;
    uint64_t to_last;
    if (!reader->GetVarint(&lowest) || !reader->GetVarint(&to_highest) ||
        !reader->GetVarint(&to_first) || !reader->GetVarint(&to_last))
      return false;
    const int64_t scaled_lowest = UnZigZag(lowest);
    const int64_t scaled_highest = Sum(scaled_lowest, to_highest);
    read.lowest = Scaled(scaled_lowest, unit);
    read.highest = Scaled(scaled_highest, unit);
    read.first.begin = Scaled(Sum(scaled_lowest, to_first), unit);
    read.last.begin = Scaled(Sum(scaled_highest, 0 - to_last), unit);
    read.first.kind = read.last.kind = OnlyKind(read.kinds);
  } else {
    uint64_t first;
    uint64_t last;
    if (!reader->GetVarint(&first) || !reader->GetVarint(&last)) return false;
    read.first.begin = Scaled(UnZigZag(first), unit);
    read.last.begin = Scaled(UnZigZag(last), unit);
    read.first.kind = static_cast<TimeKind>(flags >> kFirstKindShift & 3);
    read.last.kind = static_cast<TimeKind>(flags >> kLastKindShift & 3);
  }
  read.first.end = Sum(read.first.begin, static_cast<uint64_t>(first_width));
  read.last.end = Sum(read.last.begin, static_cast<uint64_t>(last_width));
  *span = read;
  return true;
}

void PutTimePlaces(const Vector<time::TimePlace>& places, ByteBuffer* out) {
  for (const time::TimePlace& place : places) {
    out->push_back(place.before);
    place.format.Serialize(out);
  }
}

bool ParseTimePlaces(ByteView bytes, Vector<time::TimePlace>* places) {
  places->clear();
  ByteReader reader(bytes);
  while (!reader.empty()) {
    ByteView before;
    time::TimestampFormat format;
    if (places->size() == time::kMaxTimePlaces || !reader.GetBytes(1, &before) ||
        !time::TimestampFormat::Parse(&reader, &format))
      return false;
    places->push_back({before[0], format});
  }
  return true;
}

}  // namespace logpress::archive
