// Timestamps as one integer, exactly.
//
// A TimestampFormat is a concrete shape such as "2015-07-29 17:41:44,747": fields and the bytes
// between them. Match turns text of that shape into ticks (one integer), Render turns the ticks
// back into the same bytes. The promise: Match succeeds only if Render gives back exactly the bytes
// that were matched, and neither reads nor writes out of bounds, whatever it is given.
//
// Ticks are what the text says, on the clock it was written by:
//   date and time   since 1970-01-01 00:00:00, in units of the last field (10^-n s for n fraction
//                   digits, seconds, or minutes if there are no seconds); no zone correction
//   date only       days since 1970-01-01
//   no year         as above, in the leap year kAssumedYear
//   time only       since midnight
//   epoch           the number itself, its fraction included
// What ticks do not determine goes to `extra`: the zone, and the weekday when the year is missing.
// It is 0 for formats that have none of these, and the same for almost all lines of a log.
//
// The fast path works for shapes whose fields have fixed widths, which nearly all have: all bytes
// are checked and all digit pairs are computed eight at a time in 64-bit words, and the day number
// follows by the arithmetic of Neri and Schneider (timestamp_calendar.h). Shapes with fields of
// varying width go field by field. docs/timestamps.md lists the shapes that are recognised.
#ifndef LOGPRESS_TIME_TIMESTAMP_H_
#define LOGPRESS_TIME_TIMESTAMP_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "base/bytes.h"
#include "base/hash.h"

namespace logpress::time {

// No format renders to more bytes than this.
inline constexpr size_t kMaxTimestampSize = 64;

// The year of dates without one. A leap year, so that Feb 29 is a date.
inline constexpr int kAssumedYear = 1972;

struct TimeOfDay;

// A small value type: about 300 bytes, no heap. Immutable once made; a const format may be used by
// any number of threads.
class TimestampFormat {
 public:
  // Matches nothing.
  TimestampFormat() = default;

  // Makes a format of a pattern in the notation of strftime: literal bytes (0x20 to 0x7e, tab) and
  //   %Y %y                  year of four or two digits (70 to 99 and 00 to 69: 1970 to 2069)
  //   %m %d %H %I %M %S      month, day, hour, hour of twelve, minute, second with leading zeros;
  //   %_m %-m ...            the same padded with a space, or not padded (%M and %S: only %-M, %-S)
  //   %b %^b %#b %B          Jan, JAN, jan, January
  //   %a %^a %#a %A          Mon, MON, mon, Monday
  //   %p %P                  AM or PM, am or pm
  //   %1f .. %9f             fraction of so many digits
  //   %.1f .. %.9f, %,nf     '.' (or ',') and at most so many digits without a trailing zero;
  //                          nothing at all when the fraction is zero
  //   %-L                    milliseconds, 0 to 999, not padded
  //   %z %:z %:::z           +hhmm, +hh:mm, +hh
  //   %Z                     a zone's name out of kZoneNames (timestamp_names.h)
  //   %s                     seconds since 1970 in ten digits, 1000000000 to 2200000000
  // Each field at most once. False when the pattern is not of this kind or has fields that make no
  // timestamp (a month without a day, a fraction without seconds, ...); *format is then untouched.
  static bool FromPattern(ByteView pattern, TimestampFormat* format);

  // The pattern that FromPattern takes.
  std::string Pattern() const;

  // Appends the format in 1 + (bytes of code()) bytes.
  void Serialize(ByteBuffer* out) const;

  // Reads what Serialize wrote. The bytes may be hostile: false when they are no format; *format is
  // then untouched.
  static bool Parse(ByteReader* reader, TimestampFormat* format);

  // Matches the text at the front of [p, end). On success fills *ticks, *extra and the number of
  // bytes consumed, at most max_size(); what follows them is the caller's to judge. On failure the
  // results are untouched. Constant time; reads nothing outside [p, end). For many timestamps take
  // a TimestampMatcher (timestamp_run.h), for rendering many a TimestampRenderer.
  bool Match(const char* p, const char* end, int64_t* ticks, int64_t* extra, size_t* size) const;

  // Whether the eight bytes at `p`, all of which may be read, can begin a timestamp of this format:
  // false is certain, and cheap.
  bool MayBegin(const char* p) const {
    const uint64_t t = (LoadWord(p) ^ pattern_[0]) & care_[0];
    if ((((t + add_[0]) | t) & 0x8080808080808080u) != 0) return false;
    // Only digits stand before the first literal, so looking for it alone can say no.
    for (size_t i = 1; i <= second_at_most_; ++i)
      if (p[i] == second_) return true;
    return second_at_most_ == 0;
  }

  // Whether no timestamp of this format begins with anything but a digit.
  bool BeginsWithDigit() const;
  // Whether all of them begin with a month or weekday of three letters and a space.
  bool BeginsWithShortName() const;

  // Writes the text of `ticks` and `extra`, which may be any integers, and returns its size; 0 when
  // they stand for no text of this format. Precondition: `out` has room for kMaxTimestampSize
  // bytes; those after the returned size are overwritten with anything.
  size_t Render(int64_t ticks, int64_t extra, char* out) const;

  // The instant in microseconds since 1970-01-01 00:00 UTC, rounded down. A missing zone counts as
  // UTC. False when the text tells no instant (no year, no date) or the instant is out of range.
  bool ToUnixMicros(int64_t ticks, int64_t extra, int64_t* micros) const;

  // How far the zone of `extra` is east of Greenwich, in microseconds; 0 when there is none. False
  // when ticks and extra stand for no text.
  bool ZoneMicros(int64_t ticks, int64_t extra, int64_t* micros) const;

  bool has_date() const { return Has(Part::kMonth); }
  bool has_time() const { return Has(Part::kHour); }
  bool has_year() const { return Has(Part::kYear); }
  bool is_epoch() const { return Has(Part::kEpoch); }
  // A numeric or named zone, or 'Z' as the last byte.
  bool has_zone() const;
  int fraction_digits() const { return fraction_digits_; }
  // Ticks in a day: 1 (date only), 1440 (no seconds), or 86400 * 10^fraction_digits().
  int64_t ticks_per_day() const { return per_day_; }
  // The most bytes that Match consumes and Render returns.
  size_t max_size() const { return max_size_; }

  // The format as bytes: a literal is itself, a field is one byte from 0x80 on. Equal formats have
  // equal codes.
  ByteView code() const { return ByteView(code_.data(), code_size_); }
  friend bool operator==(const TimestampFormat& a, const TimestampFormat& b) {
    return a.code() == b.code();
  }
  friend bool operator<(const TimestampFormat& a, const TimestampFormat& b) {
    return a.code() < b.code();
  }
  template <typename H>
  friend H AbslHashValue(H state, const TimestampFormat& format) {
    return H::combine(std::move(state), format.code());
  }

  // Makes a format of the bytes of code(). False as for FromPattern.
  static bool FromCode(ByteView code, TimestampFormat* format);

 private:
  friend struct FieldTable;
  friend class TimestampMatcher;
  friend class TimestampRenderer;
  enum class Part : uint8_t {
    kYear,
    kMonth,
    kDay,
    kWeekday,
    kHour,
    kMinute,
    kSecond,
    kFraction,
    kAmPm,
    kZone,
    kZoneName,
    kEpoch,
  };
  // How a field is written. Numbers: kZero to kPlain; names: kTitle to kFull; others: see the
  // table.
  enum class Style : uint8_t {
    kZero,
    kSpace,
    kPlain,
    kTwelveZero,
    kTwelveSpace,
    kTwelvePlain,
    kTitle,
    kUpper,
    kLower,
    kFull,
    kTwoDigits,
    kTrimDot,
    kTrimComma,
    kMillis,
    kZoneColon,
    kZoneHour,
  };
  struct Field;
  struct Values;

  static constexpr size_t kParts = 12;
  static constexpr size_t kMaxCodeSize = 48;
  static constexpr size_t kMaxWords = 6;
  // Where the parts of one text begin.
  using Offsets = std::array<uint8_t, kParts>;
  // Where an absent field's digits are read: pairs from here on are zero.
  static constexpr uint8_t kAbsent = 8 * kMaxWords;

  static const Field* FindField(uint8_t code);
  bool Has(Part part) const { return ((parts_ >> static_cast<int>(part)) & 1) != 0; }
  bool Compile();
  bool PartsAgree() const;
  void PlaceLiteral(size_t offset, char byte);
  void PlaceDigits(size_t from, size_t to);
  void PlaceField(size_t offset, const Field& field);
  void PlaceFirstNumber(const Field& field);
  void SetUnits();

  // As Match and Render, and fill *at.
  bool MatchAt(const char* p, const char* end, int64_t* ticks, int64_t* extra, size_t* size,
               Offsets* at) const;
  size_t RenderAt(int64_t ticks, int64_t extra, char* out, Offsets* at) const;
  bool HasFixedTime() const;
  TimeOfDay TimeAt(const Offsets& at) const;

  bool MatchFixed(const char* p, const char* end, Values* values, size_t* size) const;
  bool MatchFields(const char* p, const char* end, Values* values, size_t* size, Offsets* at) const;
  bool Combine(const Values& values, int64_t* ticks, int64_t* extra) const;
  bool Split(int64_t ticks, int64_t extra, Values* values) const;
  size_t RenderFixed(const Values& values, char* out) const;
  size_t RenderFields(const Values& values, char* out, Offsets* at) const;

  // The shape itself; all else follows from it.
  std::array<char, kMaxCodeSize> code_{};
  uint8_t code_size_ = 0;

  // What it is made of.
  uint16_t parts_ = 0;  // one bit a Part
  uint8_t fraction_digits_ = 0;
  uint8_t max_size_ = 0;
  int64_t per_day_ = 0;
  int64_t per_hour_ = 0;
  int64_t per_minute_ = 0;
  int64_t per_second_ = 0;
  int32_t first_day_ = 0;  // the days that can be written, since 1970-01-01
  int32_t last_day_ = 0;

  // The fixed part, if all fields (but a zone's name at the end) have fixed widths; else words_ is
  // 0. For every byte of the text: t = (byte ^ pattern) & care, and t + add reaches 0x80 exactly if
  // the byte is wrong. Then t of a digit is its value and t of a literal is 0.
  uint8_t words_ = 0;
  uint8_t fixed_size_ = 0;
  bool space_padded_ = false;
  bool two_digit_year_ = false;
  bool zone_name_last_ = false;
  std::array<uint64_t, kMaxWords> pattern_{};
  std::array<uint64_t, kMaxWords> care_{};
  std::array<uint64_t, kMaxWords> add_{};
  // Where a number of varying width begins the format: the literal behind it, if there is one, and
  // the most digits before that.
  char second_ = 0;
  uint8_t second_at_most_ = 0;
  Offsets at_{};                       // of the fixed part; kAbsent for the others
  std::array<Style, kParts> style_{};  // of the part in this format
  uint8_t zone_minutes_at_ = kAbsent;
};

// Finds the timestamp that begins at `p` and is followed by a byte that is no letter or digit: the
// format of the shapes in docs/timestamps.md that takes most bytes. Looks at no more than
// kMaxTimestampSize + 1 bytes. For sampled lines: some microseconds.
bool DetectTimestamp(const char* p, const char* end, TimestampFormat* format, size_t* size);

// Whether a timestamp in `format`, a whole one (date and time) that DetectTimestamp has found
// before in this log, stands at p, and nothing behind it could be more of it. *size is then its
// bytes. A small part of what DetectTimestamp takes.
bool FindsAgain(const TimestampFormat& format, const char* p, const char* end, size_t* size);

// As DetectTimestamp, for many samples, each the text from where a timestamp should begin to the
// end of its line. Chooses the format that matches most of them, then the one that takes most
// bytes. Sees what one sample leaves open: day before month, the padding of a day, trimmed
// fractions. Returns the number of samples matched, 0 if there is no format. Examines at most 16
// samples closely, evenly spread.
size_t ChooseTimestampFormat(std::span<const ByteView> samples, TimestampFormat* format);

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_H_
