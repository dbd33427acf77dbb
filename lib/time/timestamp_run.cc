#include "time/timestamp_run.h"

#include <algorithm>

#include "time/timestamp_internal.h"

namespace logpress::time {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080u;
constexpr uint64_t kZeros = 0x3030303030303030u;

// The two digits at p, which are known to be digits.
inline uint32_t TwoDigits(const char* p) {
  return static_cast<uint32_t>(p[0] - '0') * 10 + static_cast<uint32_t>(p[1] - '0');
}

// Eight bytes 0 to 9, the first the most significant, as a number: pairs, then fours, then eight.
inline uint32_t EightDigits(uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  constexpr uint64_t kMask = 0x000000ff000000ffu;
  constexpr uint64_t kFirst = 100 + (uint64_t{1000000} << 32);
  constexpr uint64_t kSecond = 1 + (uint64_t{10000} << 32);
  return static_cast<uint32_t>(((digits & kMask) * kFirst + ((digits >> 16) & kMask) * kSecond) >>
                               32);
}

// Reads `digits` (1 to 9) digits; eight bytes from p on may be read, nine if there are nine digits.
inline uint32_t ReadFraction(const char* p, uint32_t digits) {
  uint32_t high = 0;
  if (digits == 9) {
    high = static_cast<uint32_t>(*p++ - '0') * 100000000;
    digits = 8;
  }
  return high + EightDigits((LoadWord(p) ^ kZeros) << (64 - 8 * digits));
}

template <uint32_t kUnit>
inline uint32_t SplitFraction(uint64_t ticks, uint32_t* fraction) {
  *fraction = static_cast<uint32_t>(ticks % kUnit);
  return static_cast<uint32_t>(ticks / kUnit);
}

// Seconds and the rest of ticks below a day.
inline uint32_t SplitSecond(uint64_t ticks, int digits, uint32_t* fraction) {
  switch (digits) {
    case 0:
      return static_cast<uint32_t>(ticks);
    case 1:
      return SplitFraction<10>(ticks, fraction);
    case 2:
      return SplitFraction<100>(ticks, fraction);
    case 3:
      return SplitFraction<1000>(ticks, fraction);
    case 4:
      return SplitFraction<10000>(ticks, fraction);
    case 5:
      return SplitFraction<100000>(ticks, fraction);
    case 6:
      return SplitFraction<1000000>(ticks, fraction);
    case 7:
      return SplitFraction<10000000>(ticks, fraction);
    case 8:
      return SplitFraction<100000000>(ticks, fraction);
    default:
      return SplitFraction<1000000000>(ticks, fraction);
  }
}

// Writes the time of day `ticks` after base (below a day, or half a day for hours of twelve).
inline void WriteTime(uint64_t ticks, const TimeOfDay& time, char* out) {
  if (!time.has_time) return;
  uint32_t fraction = 0;
  const uint32_t seconds = time.has_second ? SplitSecond(ticks, time.fraction_digits, &fraction)
                                           : static_cast<uint32_t>(ticks) * 60;
  const uint32_t minutes = seconds / 60;
  const uint32_t hour = minutes / 60;
  WriteTwo(time.twelve && hour == 0 ? 12 : hour, out + time.hour);
  WriteTwo(minutes - 60 * hour, out + time.minute);
  if (!time.has_second) return;
  WriteTwo(seconds - 60 * minutes, out + time.second);
  if (time.fraction_digits != 0) WriteDigits(fraction, time.fraction_digits, out + time.fraction);
}

}  // namespace

// Whether the time of day is digits of fixed widths, and no field of varying width can run into
// other digits, so that the bytes around the digits decide where these stand.
bool TimestampFormat::HasFixedTime() const {
  if (is_epoch() || code_size_ == 0) return false;
  for (size_t i = 0; i < code_size_; ++i) {
    const Field* const field = FindField(static_cast<uint8_t>(code_[i]));
    if (field == nullptr) continue;
    const bool of_time = field->part == Part::kHour || field->part == Part::kMinute ||
                         field->part == Part::kSecond || field->part == Part::kFraction;
    if (of_time && field->style != Style::kZero && field->style != Style::kTwelveZero) return false;
    if (field->width != 0 || i + 1 == code_size_) continue;
    const char next = code_[i + 1];
    if (FindField(static_cast<uint8_t>(next)) != nullptr || IsDigit(next) || IsCapital(next))
      return false;
  }
  return true;
}

TimeOfDay TimestampFormat::TimeAt(const Offsets& at) const {
  const auto offset = [&](Part part) { return at[static_cast<size_t>(part)]; };
  TimeOfDay time;
  time.hour = offset(Part::kHour);
  time.minute = offset(Part::kMinute);
  time.second = offset(Part::kSecond);
  time.fraction = offset(Part::kFraction);
  time.fraction_digits = fraction_digits_;
  time.has_time = has_time();
  time.has_second = Has(Part::kSecond);
  time.twelve = Has(Part::kAmPm);
  time.evenly = time.has_second && time.minute == time.hour + 3 && time.second == time.hour + 6;
  time.per_hour = per_hour_;
  time.per_minute = per_minute_;
  time.per_second = per_second_;
  return time;
}

TimestampMatcher::TimestampMatcher(const TimestampFormat& format)
    : format_(format), suitable_(format.HasFixedTime()) {}

bool TimestampMatcher::Match(const char* p, const char* end, int64_t* ticks, int64_t* extra,
                             size_t* size) {
  const auto left = static_cast<size_t>(end - p);
  if (words_ == 0 || left < size_) return MatchAndLearn(p, end, ticks, extra, size);
  std::array<char, 8 * kWords + 16> padded;
  const char* text = p;
  if (left < readable_) {
    padded.fill(0);
    std::memcpy(padded.data(), p, left);
    text = padded.data();
  }
  // Two words at a time and no loop, which a compiler turns into two vector operations a step.
  uint64_t wrong = Wrong(text, 0) | Wrong(text, 1);
  if (words_ > 2) wrong |= Wrong(text, 2) | Wrong(text, 3);
  if (words_ > 4) wrong |= Wrong(text, 4) | Wrong(text, 5);
  // A field of varying width at the end might go on.
  const char next = text[size_];
  int64_t time = 0;
  if ((wrong & kHighBits) != 0 || IsDigit(next) || IsCapital(next) || !ReadTime(text, &time))
    return MatchAndLearn(p, end, ticks, extra, size);
  *ticks = base_ + time;
  *extra = extra_;
  *size = size_;
  return true;
}

// The high bit of each byte of a word of text that is not as it must be.
inline uint64_t TimestampMatcher::Wrong(const char* text, size_t word) const {
  const uint64_t t = (LoadWord(text + 8 * word) ^ pattern_[word]) & care_[word];
  return (t + add_[word]) | t;
}

// The words have seen to it that the digits are digits, and those of minutes and seconds below 60.
inline bool TimestampMatcher::ReadTime(const char* text, int64_t* time) const {
  *time = 0;
  if (!time_.has_time) return true;
  uint32_t hour = 0;
  uint32_t minute = 0;
  uint32_t second = 0;
  if (time_.evenly) {
    uint64_t digits = LoadWord(text + time_.hour) & 0x0f0f0f0f0f0f0f0fu;
    digits = digits * 10 + (digits >> 8);  // no byte carries: none is above 15 * 10 + 15
    hour = digits & 0xff;
    minute = (digits >> 24) & 0xff;
    second = (digits >> 48) & 0xff;
  } else {
    hour = TwoDigits(text + time_.hour);
    minute = TwoDigits(text + time_.minute);
    if (time_.has_second) second = TwoDigits(text + time_.second);
  }
  if (time_.twelve) {
    if (hour - 1 >= 12) return false;
    if (hour == 12) hour = 0;
  }
  if (hour >= 24) return false;
  int64_t sum = hour * time_.per_hour + minute * time_.per_minute + second * time_.per_second;
  if (time_.fraction_digits != 0) sum += ReadFraction(text + time_.fraction, time_.fraction_digits);
  *time = sum;
  return true;
}

bool TimestampMatcher::MatchAndLearn(const char* p, const char* end, int64_t* ticks, int64_t* extra,
                                     size_t* size) {
  TimestampFormat::Offsets at;
  if (!format_.MatchAt(p, end, ticks, extra, size, &at)) return false;
  words_ = 0;
  if (!suitable_ || *size > 8 * kWords) return true;
  size_ = *size;
  extra_ = *extra;
  time_ = format_.TimeAt(at);

  // Every byte must be the same, but for digits: t + add reaches 0x80 if t is above the highest
  // one.
  std::array<char, 8 * kWords> pattern{};
  std::array<uint8_t, 8 * kWords> highest{};
  std::memcpy(pattern.data(), p, size_);
  const auto digits = [&](size_t from, size_t count, uint8_t first) {
    for (size_t i = from; i < from + count; ++i) {
      pattern[i] = '0';
      highest[i] = i == from ? first : 9;
    }
  };
  if (time_.has_time) {
    digits(time_.hour, 2, 2);
    digits(time_.minute, 2, 5);
    if (time_.has_second) digits(time_.second, 2, 5);
    digits(time_.fraction, time_.fraction_digits, 9);
  }
  words_ = (size_ + 15) / 16 * 2;
  for (size_t i = 0; i < kWords; ++i) {
    pattern_[i] = LoadWord(&pattern[8 * i]);
    care_[i] = add_[i] = 0;
    for (size_t j = 0; j < 8 && 8 * i + j < size_; ++j) {
      care_[i] |= uint64_t{0xff} << (8 * j);
      add_[i] |= static_cast<uint64_t>(0x7f - highest[8 * i + j]) << (8 * j);
    }
  }
  readable_ = std::max(8 * words_, size_ + 1);
  if (time_.has_time) {
    readable_ = std::max(readable_, size_t{time_.hour} + 8);
    if (time_.fraction_digits != 0) readable_ = std::max(readable_, size_t{time_.fraction} + 9);
  }
  std::array<char, 8 * kWords + 16> padded{};
  std::memcpy(padded.data(), p, size_);
  int64_t time = 0;
  if (!ReadTime(padded.data(), &time)) {
    words_ = 0;
    return true;
  }
  base_ = *ticks - time;
  return true;
}

TimestampRenderer::TimestampRenderer(const TimestampFormat& format)
    : format_(format), suitable_(format.HasFixedTime()) {}

size_t TimestampRenderer::Render(int64_t ticks, int64_t extra, char* out) {
  const uint64_t rest = static_cast<uint64_t>(ticks) - static_cast<uint64_t>(base_);
  if (rest >= span_ || extra != extra_) return RenderAndLearn(ticks, extra, out);
  for (size_t i = 0; i < size_; i += 8) std::memcpy(out + i, &text_[i], 8);
  WriteTime(rest, time_, out);
  return size_;
}

size_t TimestampRenderer::RenderAndLearn(int64_t ticks, int64_t extra, char* out) {
  TimestampFormat::Offsets at;
  const size_t size = format_.RenderAt(ticks, extra, out, &at);
  if (size == 0) return 0;
  span_ = 0;
  if (!suitable_) return size;
  size_ = size;
  extra_ = extra;
  time_ = format_.TimeAt(at);
  std::memcpy(text_.data(), out, size);
  // A date alone is the same for one tick; hours of twelve for half a day.
  span_ = static_cast<uint64_t>(format_.ticks_per_day()) / (time_.twelve ? 2 : 1);
  const auto span = static_cast<int64_t>(span_);
  const int64_t rest = ticks % span;
  base_ = ticks - (rest < 0 ? rest + span : rest);
  return size;
}

}  // namespace logpress::time
