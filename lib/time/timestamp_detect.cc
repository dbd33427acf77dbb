// Finding out which format a timestamp has.
//
// The pieces of a timestamp (weekday, date, join, time, fraction, AM/PM, zone, year) are tried one
// after the other at the place where the piece before ended; every way through gives a pattern. The
// lists stand in order of preference, which decides where a sample leaves two readings open.
// docs/timestamps.md is the reader's version of these lists, and of those of timestamp_pieces.cc.
#include <algorithm>
#include <string>

#include "base/memory.h"
#include "time/timestamp.h"
#include "time/timestamp_internal.h"
#include "time/timestamp_pieces.h"

namespace logpress::time {
namespace {

constexpr auto kWeekdayWritings = std::to_array<std::string_view>({"%a", "%A", "%^a", "%#a"});
constexpr auto kWeekdayJoins = std::to_array<std::string_view>({" ", ", ", ",", ". "});
constexpr auto kJoins = std::to_array<std::string_view>(
    {"T", " ", "  ", "_", "-", ":", ", ", ",", "\t", " - ", ".", ";", " at "});
constexpr auto kAmPm = std::to_array<std::pair<std::string_view, std::string_view>>({{" AM", " %p"},
                                                                                     {" PM", " %p"},
                                                                                     {"AM", "%p"},
                                                                                     {"PM", "%p"},
                                                                                     {" am", " %P"},
                                                                                     {" pm", " %P"},
                                                                                     {"am", "%P"},
                                                                                     {"pm", "%P"}});
// What a fraction of varying length may be cut from: milliseconds, microseconds, the 100 ns of
// Windows, nanoseconds.
constexpr auto kTrimmedDigits = std::to_array<size_t>({3, 6, 7, 9});
constexpr size_t kSamplesExamined = 16;

bool IsAlphanumeric(char c) { return IsDigit(c) || IsLetter(c); }

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// A date alone must say its year in full and be no version number or address; a time alone has
// seconds.
bool StandsAlone(std::string_view date) { return Contains(date, "%Y") && !Contains(date, "%Y%m"); }

// Whether a timestamp may end here. One that is only a date or only a time may be a part of
// something else: a version, an address, a path.
bool EndsHere(const TimestampFormat& format, const char* at, const char* end) {
  if (at == end) return true;
  if (IsAlphanumeric(*at)) return false;
  const bool whole = format.is_epoch() || (format.has_date() && format.has_time());
  if (whole || end - at < 2 || !IsDigit(at[1])) return true;
  return *at != ':' && *at != '.' && (format.has_time() || (*at != '-' && *at != '/'));
}

struct Candidate {
  ByteBuffer pattern;
  TimestampFormat format;
  size_t size;
};

template <typename... Parts>
ByteBuffer Joined(const Parts&... parts) {
  ByteBuffer result;
  (result.append(static_cast<ByteView>(parts)), ...);
  return result;
}

ByteView Digit(size_t digit) { return ByteView("0123456789").substr(digit, 1); }

// Collects every reading of the text at the front of [p, end).
class Readings {
 public:
  // `varying`: fractions of varying length too.
  Readings(const char* p, const char* end, bool varying, Vector<Candidate>* candidates)
      : begin_(p), end_(end), varying_(varying), candidates_(candidates) {}

  void Collect() {
    if (!MayBegin()) return;
    Epoch();
    if (!IsDigit(*begin_)) Weekday();
    Date(begin_, "");
    Time(begin_, "");
  }

 private:
  void Weekday() {
    for (const std::string_view writing : kWeekdayWritings) {
      for (const std::string_view join : kWeekdayJoins) {
        // A weekday alone is no format, so it is tried in front of a whole date.
        const size_t size = WeekdaySize(writing, join);
        if (size != 0) Date(begin_ + size, Joined(writing, join));
      }
    }
  }

  // Sorts out most tokens that are no timestamps: all shapes begin with a name or with a number of
  // certain lengths.
  bool MayBegin() const {
    switch (Digits(begin_)) {
      case 0:
        return end_ - begin_ >= 3 && IsName(LoadThree(begin_));
      case 1:
      case 2:
      case 4:
      case 6:
      case 8:
      case 10:
      case 13:
      case 14:
      case 16:
      case 19:
        return true;
      default:
        return false;
    }
  }
  static bool IsName(uint32_t word) {
    for (const NameCase letters : {NameCase::kTitle, NameCase::kUpper, NameCase::kLower}) {
      if (kMonths.Find(word, letters) != kMonthNames.size() ||
          kWeekdays.Find(word, letters) != kWeekdayNames.size()) {
        return true;
      }
    }
    return false;
  }

  bool Starts(const char* at, std::string_view text) const {
    return std::string_view(at, static_cast<size_t>(end_ - at)).starts_with(text);
  }

  size_t Digits(const char* at) const {
    size_t n = 0;
    while (at + n != end_ && IsDigit(at[n])) ++n;
    return n;
  }

  bool Fits(const Piece& piece, const char* at, size_t* size) const {
    if (end_ - at >= 8 && !piece.format.MayBegin(at)) return false;
    int64_t ticks = 0;
    int64_t extra = 0;
    return piece.format.Match(at, end_, &ticks, &extra, size);
  }

  void Complete(ByteView pattern) {
    for (const Candidate& known : *candidates_)
      if (known.pattern == pattern) return;
    TimestampFormat format;
    int64_t ticks = 0;
    int64_t extra = 0;
    size_t size = 0;
    if (!TimestampFormat::FromPattern(pattern, &format) ||
        !format.Match(begin_, end_, &ticks, &extra, &size) ||
        !EndsHere(format, begin_ + size, end_)) {
      return;
    }
    candidates_->push_back({ByteBuffer(pattern), format, size});
  }

  void Epoch() {
    const size_t digits = Digits(begin_);
    if (digits == 13) Complete("%s%3f");
    if (digits == 16) Complete("%s%6f");
    if (digits == 19) Complete("%s%9f");
    if (digits != 10) return;
    Fraction(begin_ + 10, "%s");
    Complete("%s");
  }

  size_t WeekdaySize(std::string_view writing, std::string_view join) const {
    if (end_ - begin_ < 3) return 0;
    const NameCase letters = writing == "%^a"   ? NameCase::kUpper
                             : writing == "%#a" ? NameCase::kLower
                                                : NameCase::kTitle;
    const size_t place = kWeekdays.Find(LoadThree(begin_), letters);
    if (place == kWeekdayNames.size()) return 0;
    const std::string_view name = kWeekdayNames[place];
    if (writing == "%A" && !Starts(begin_, name)) return 0;
    const size_t size = writing == "%A" ? name.size() : 3;
    return Starts(begin_ + size, join) ? size + join.size() : 0;
  }

  void Date(const char* at, ByteView before) {
    for (const Piece& date : DatesLike(at, end_)) {
      size_t size = 0;
      if (!Fits(date, at, &size)) continue;
      const bool compact = Contains(date.pattern, "%m%d");
      // Eight digits are a date only in our times.
      if (compact && Contains(date.pattern, "%Y") && !Starts(at, "19") && !Starts(at, "20"))
        continue;
      for (const std::string_view join : kJoins) {
        if (Starts(at + size, join))
          Time(at + size + join.size(), Joined(before, date.pattern, join));
      }
      if (Contains(date.pattern, "%Y%m")) Time(at + size, Joined(before, date.pattern));
      if (StandsAlone(date.pattern)) Complete(Joined(before, date.pattern));
    }
  }

  void Time(const char* at, ByteView before) {
    // Alone it begins with the hour and a colon.
    if (before.empty() && (Digits(at) > 2 || !Starts(at + Digits(at), ":"))) return;
    for (const Piece& time : Times()) {
      const bool seconds = Contains(time.pattern, "S");
      if (before.empty() && (!seconds || !Contains(time.pattern, ":"))) continue;
      if (time.pattern == "%H%M%S" && !Contains(before, "%y%m%d") && !Contains(before, "%Y%m%d"))
        continue;
      size_t size = 0;
      if (!Fits(time, at, &size)) continue;
      const ByteBuffer pattern = Joined(before, time.pattern);
      if (seconds) Fraction(at + size, pattern);
      Suffixes(at + size, pattern);
    }
  }

  void Fraction(const char* at, ByteView before) {
    if (at == end_ || (*at != '.' && *at != ',' && *at != ':')) return;
    const size_t digits = Digits(at + 1);
    if (digits == 0 || digits > 9) return;
    const char* const after = at + 1 + digits;
    // Behind a colon there are milliseconds; the other digits there may be anything.
    const bool colon = *at == ':';
    const ByteView point(at, 1);
    const auto follow = [&](ByteView pattern) {
      if (before == "%s") {
        if (!colon) Complete(pattern);
      } else {
        Suffixes(after, pattern);
      }
    };
    if (colon && !Contains(before, "d")) return;  // a time alone: 10:20:30:40 is an address
    if (colon && digits <= 3 && Contains(before, "%-S")) follow(Joined(before, ":%-L"));
    if (!colon || digits == 3) follow(Joined(before, point, "%", Digit(digits), "f"));
    if (colon || !varying_) return;
    for (const size_t most : kTrimmedDigits) {
      if (digits <= most) follow(Joined(before, "%", point, Digit(most), "f"));
    }
  }

  // What may follow a time, in this order: AM or PM, a zone, the year if the date had none.
  void Suffixes(const char* at, ByteView before) {
    for (const auto& [text, pattern] : kAmPm) {
      if (!Starts(at, text)) continue;
      ByteBuffer twelve(before);
      std::replace(twelve.begin(), twelve.end(), 'H', 'I');  // %H, %_H, %-H; no literal is an H
      Zones(at + text.size(), Joined(twelve, pattern));
    }
    Zones(at, before);
  }

  void Zones(const char* at, ByteView before) {
    for (const std::string_view gap : {"", " "}) {
      if (!Starts(at, gap)) continue;
      const char* const zone = at + gap.size();
      const ByteBuffer pattern = Joined(before, gap);
      if (Starts(zone, "+") || Starts(zone, "-")) {
        const size_t digits = Digits(zone + 1);
        const bool colon = digits == 2 && Starts(zone + 3, ":") && Digits(zone + 4) == 2;
        if (colon) ZoneName(zone + 6, Joined(pattern, "%:z"));
        if (digits == 4) ZoneName(zone + 5, Joined(pattern, "%z"));
        if (digits == 2 && !colon) Year(zone + 3, Joined(pattern, "%:::z"));
      }
      if (Starts(zone, "Z") && gap.empty()) Year(zone + 1, Joined(pattern, "Z"));
    }
    ZoneName(at, before);
  }

  void ZoneName(const char* at, ByteView before) {
    const size_t gap = Starts(at, " ") ? 1 : 0;
    uint32_t place = 0;
    size_t size = 0;
    if (ReadZoneName(at + gap, end_, &place, &size))
      Year(at + gap + size, Joined(before, gap != 0 ? " %Z" : "%Z"));
    Year(at, before);
  }

  void Year(const char* at, ByteView before) {
    const bool has_year = Contains(before, "%Y") || Contains(before, "%y");
    if (!has_year && Starts(at, " ") && Digits(at + 1) == 4) Complete(Joined(before, " %Y"));
    Complete(before);
  }

  const char* const begin_;
  const char* const end_;
  const bool varying_;
  Vector<Candidate>* const candidates_;
};

}  // namespace

bool DetectTimestamp(const char* p, const char* end, TimestampFormat* format, size_t* size) {
  if (static_cast<size_t>(end - p) > kMaxTimestampSize + 1) end = p + kMaxTimestampSize + 1;
  Vector<Candidate> candidates;
  Readings(p, end, false, &candidates).Collect();
  const auto longest =
      std::max_element(candidates.begin(), candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.size < b.size; });
  if (longest == candidates.end()) return false;
  *format = longest->format;
  *size = longest->size;
  return true;
}

bool FindsAgain(const TimestampFormat& format, const char* p, const char* end, size_t* size) {
  if (format.is_epoch() || !format.has_date() || !format.has_time()) return false;
  int64_t ticks = 0;
  int64_t extra = 0;
  if (!format.Match(p, end, &ticks, &extra, size)) return false;
  const char* at = p + *size;
  if (at == end) return true;
  // A fraction or a zone's offset.
  if (IsAlphanumeric(*at) || *at == '+' || *at == '-') return false;
  if ((*at == '.' || *at == ',' || *at == ':') && at + 1 != end && IsDigit(at[1]) &&
      format.fraction_digits() == 0 && !format.has_zone())
    return false;
  // AM or PM, a zone or a year.
  if (*at == ' ') ++at;
  if (end - at < 2) return true;
  if (*at == '+' || *at == '-') return false;
  const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
  if ((lower(at[0]) == 'a' || lower(at[0]) == 'p') && lower(at[1]) == 'm') return false;
  uint32_t place = 0;
  size_t zone = 0;
  if (ReadZoneName(at, end, &place, &zone)) return false;
  return format.has_year() || end - at < 4 || !std::all_of(at, at + 4, IsDigit);
}

size_t ChooseTimestampFormat(std::span<const ByteView> samples, TimestampFormat* format) {
  Vector<Candidate> candidates;
  const size_t examined = std::min(samples.size(), kSamplesExamined);
  for (size_t i = 0; i < examined; ++i) {
    const ByteView sample = samples[i * samples.size() / examined].substr(0, kMaxTimestampSize + 1);
    Readings(sample.data(), sample.data() + sample.size(), true, &candidates).Collect();
  }
  size_t most_matched = 0;
  size_t most_bytes = 0;
  for (const Candidate& candidate : candidates) {
    size_t matched = 0;
    size_t bytes = 0;
    for (const ByteView sample : samples) {
      const char* const p = sample.data();
      const char* const end = p + sample.size();
      int64_t ticks = 0;
      int64_t extra = 0;
      size_t size = 0;
      if (!candidate.format.Match(p, end, &ticks, &extra, &size) ||
          !EndsHere(candidate.format, p + size, end)) {
        continue;
      }
      ++matched;
      bytes += size;
    }
    if (matched < most_matched || (matched == most_matched && bytes <= most_bytes)) continue;
    most_matched = matched;
    most_bytes = bytes;
    *format = candidate.format;
  }
  return most_matched;
}

}  // namespace logpress::time
