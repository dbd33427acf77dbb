#include "text/row_scanner.h"

#include <algorithm>
#include <bit>

#include "base/memory.h"

namespace logpress::text {

RowScanner::RowScanner(ByteView text, Grain grain,
                       std::span<const time::TimestampFormat> timestamps,
                       const ClassifyKernel& kernel)
    : text_(text), grain_(grain), line_(text, kernel), value_(kernel) {
  if (grain != Grain::kLine) return;
  timestamps_.reserve(timestamps.size());
  for (const time::TimestampFormat& format : timestamps) {
    timestamps_.emplace_back(format);
    if (format.BeginsWithDigit()) continue;
    names_ = std::max(names_, format.BeginsWithShortName() ? Names::kShort : Names::kAny);
  }
}

void RowScanner::Scan(Slice row, Vector<Slice>* values) {
  if (grain_ == Grain::kLine) return ScanLine(row, values);
  value_.Set(text_.data() + row.offset, row.size, text_.data() + text_.size());
  switch (grain_) {
    case Grain::kLine:
      return;
    case Grain::kValue:
      return ScanValue(row, values);
    case Grain::kDigits:
      return ScanDigits(row, values);
  }
}

// The quote that closes the string opened at `open`, or the row's end. A backslash protects the
// byte after it, so a quote behind an odd number of them closes nothing.
size_t RowScanner::ClosingQuote(size_t open) const {
  size_t close = open;
  for (;;) {
    close = line_.Find(ByteClass::kQuote, close + 1, line_.size());
    if (close == line_.size()) return close;
    size_t slashes = 0;
    while (line_.bytes()[close - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2 == 0) return close;
  }
}

// The end of the timestamp that begins at `at`, or `at` if there is none.
size_t RowScanner::TimestampEnd(size_t at) {
  constexpr ptrdiff_t kWord = 8;
  const char* const p = line_.bytes() + at;
  const char* const end = line_.bytes() + line_.size();
  for (time::TimestampMatcher& matcher : timestamps_) {
    if (text_.data() + text_.size() - p >= kWord && !matcher.format().MayBegin(p)) continue;
    int64_t ticks;
    int64_t extra;
    size_t size;
    if (matcher.Match(p, end, &ticks, &extra, &size) &&
        (p + size == end || !line_.Is(ByteClass::kWord, at + size))) {
      return at + size;
    }
  }
  return at;
}

// Goes from mark to mark, a mark being a byte that makes a token variable: a digit, a quote, a lone
// dash. Constant tokens have none and are never looked at, unless a timestamp may begin with a
// letter: then the beginnings of tokens are marks too. Most tokens begin and end in the block of
// their mark, and are found by its masks alone.
void RowScanner::ScanLine(Slice row, Vector<Slice>* values) {
  line_.Enter(row);
  const char* const bytes = line_.bytes();
  const size_t size = line_.size();
  const auto emit = [&](size_t from, size_t to) {
    values->push_back({row.offset + static_cast<uint32_t>(from), static_cast<uint32_t>(to - from)});
  };
  // Without this a line of a million quotes that close nothing would be searched a million times.
  bool quotes_close = true;
  size_t at = 0;             // what lies before is done with
  size_t token = 0;          // behind the last delimiter before the block
  uint64_t word_behind = 0;  // bit 0: the byte before the block is a letter or digit
  uint64_t behind = 1;       // bit 0: the byte before the block is a delimiter, or there is none
  for (size_t base = 0; base < size; base += 64) {
    const uint64_t inside = size - base >= 64 ? ~uint64_t{0} : (uint64_t{1} << (size - base)) - 1;
    const uint64_t delimiters = line_.Window(ByteClass::kDelimiter, base) & inside;
    const uint64_t words = line_.Window(ByteClass::kWord, base) & inside;
    const uint64_t digits = line_.Window(ByteClass::kDigit, base) & inside;
    const uint64_t quotes = line_.Window(ByteClass::kQuote, base) & inside;
    const uint64_t after_delimiter = delimiters << 1 | behind;
    behind = delimiters >> 63;
    // What is neither stands alone if a delimiter, or nothing, is at both of its sides.
    uint64_t alone = inside & ~(delimiters | words) & after_delimiter;
    if (alone != 0) {
      const uint64_t before_delimiter =
          delimiters >> 1 |
          (size - base <= 64 ? uint64_t{1} << (size - base - 1)
                             : uint64_t{line_.Is(ByteClass::kDelimiter, base + 64)} << 63);
      alone &= before_delimiter;
    }
    uint64_t marks = digits | alone;
    const uint64_t starts = names_ == Names::kAny ? inside & ~delimiters : 0;
    marks |= starts & after_delimiter;
    if (names_ == Names::kShort) {
      // A letter or digit, two more bytes and then a delimiter, unless the next block knows better.
      constexpr uint64_t kLast = ~(~uint64_t{0} >> 3);
      const uint64_t three = delimiters >> 3 & ~(delimiters >> 2 | delimiters >> 1);
      marks |= words & ~(words << 1 | word_behind) & (three | kLast);
    }
    word_behind = words >> 63;
    if (quotes_close) marks |= quotes;
    const auto pass = [&](size_t to) {
      at = to;
      if (to - base >= 64) {
        marks = 0;
        return;
      }
      // Behind a value a token may begin without a delimiter.
      const uint64_t next = uint64_t{1} << (to - base);
      marks = (marks | (starts & next)) & (~next + 1);
    };
    if (at > base) pass(at);
    while (marks != 0) {
      const auto bit = static_cast<size_t>(std::countr_zero(marks));
      const size_t mark = base + bit;
      const uint64_t here = marks & -marks;
      if ((here & quotes) != 0) {
        // Mostly the next quote closes the string, in the same block.
        const uint64_t others = quotes & ~(here | (here - 1));
        size_t close = base + static_cast<size_t>(std::countr_zero(others));
        if (others == 0 || bytes[close - 1] == '\\') close = ClosingQuote(mark);
        if (close == size) {
          quotes_close = false;
          marks &= ~quotes;
          continue;
        }
        const bool key = close + 1 < size && bytes[close + 1] == ':';
        if (!key) emit(mark + 1, close);
        pass(close + 1);
        continue;
      }
      if ((here & alone) != 0) {
        // A lone dash stands for "no value" in most log formats, so it is one.
        if (bytes[mark] == '-') emit(mark, mark + 1);
        pass(mark + 1);
        continue;
      }
      const uint64_t stops = delimiters & (~here + 1);
      const size_t stop = stops != 0 ? base + static_cast<size_t>(std::countr_zero(stops))
                                     : line_.Find(ByteClass::kDelimiter, base + 64, size);
      // The token begins behind the last delimiter, or where the last value ended.
      const uint64_t before = delimiters & (here - 1);
      size_t first =
          before != 0 ? base + 64 - static_cast<size_t>(std::countl_zero(before)) : token;
      first = std::max(first, at);
      const uint64_t rest = first >= base ? words & ~uint64_t{0} << (first - base) : 0;
      first = rest != 0 ? base + static_cast<size_t>(std::countr_zero(rest))
                        : line_.Find(ByteClass::kWord, first, stop);
      if (first >= stop) {
        pass(stop);
        continue;
      }
      if (first > at && (bytes[first - 1] == '-' || bytes[first - 1] == '+') &&
          line_.Is(ByteClass::kDigit, first)) {
        --first;
      }
      if (!timestamps_.empty()) {
        if (const size_t behind_it = TimestampEnd(first); behind_it != first) {
          emit(first, behind_it);
          pass(behind_it);
          continue;
        }
      }
      if (names_ == Names::kNone || line_.Find(ByteClass::kDigit, first, stop) < stop) {
        // Punctuation at the end of a token is left to the delimiters.
        emit(first, line_.FindLast(ByteClass::kWord, stop) + 1);
      }
      pass(stop);
    }
    if (delimiters != 0) token = base + 64 - static_cast<size_t>(std::countl_zero(delimiters));
  }
}

void RowScanner::ScanValue(Slice row, Vector<Slice>* values) {
  const size_t size = value_.size();
  for (size_t at = value_.Find(ByteClass::kWord, 0); at < size;) {
    const size_t end = value_.FindOther(ByteClass::kWord, at);
    if (value_.Any(ByteClass::kDigit, at, end)) {
      values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    }
    at = value_.Find(ByteClass::kWord, end);
  }
}

void RowScanner::ScanDigits(Slice row, Vector<Slice>* values) {
  const size_t size = value_.size();
  const char* const bytes = text_.data() + row.offset;
  if (const HexWord hex(bytes, bytes + size); hex.first != 0) {
    return hex.ForEachValue(bytes, bytes + size, [&](const char* from, const char* to) {
      values->push_back(
          {row.offset + static_cast<uint32_t>(from - bytes), static_cast<uint32_t>(to - from)});
    });
  }
  for (size_t at = value_.Find(ByteClass::kDigit, 0); at < size;) {
    const size_t end = value_.FindOther(ByteClass::kDigit, at);
    values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    at = value_.Find(ByteClass::kDigit, end);
  }
}

}  // namespace logpress::text
