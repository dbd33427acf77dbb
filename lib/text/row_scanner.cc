#include "text/row_scanner.h"

#include <algorithm>
#include <bit>

#include "base/memory.h"

namespace logpress::text {

RowScanner::RowScanner(ByteView text, Grain grain,
                       std::span<const time::TimestampFormat> timestamps,
                       const ClassifyKernel& kernel)
    : text_(text), grain_(grain), masks_(kernel) {
  if (grain != Grain::kLine) return;
  timestamps_.reserve(timestamps.size());
  for (const time::TimestampFormat& format : timestamps) {
    timestamps_.emplace_back(format);
    if (format.BeginsWithDigit()) continue;
    names_ = std::max(names_, format.BeginsWithShortName() ? Names::kShort : Names::kAny);
  }
}

void RowScanner::Scan(Slice row, Vector<Slice>* values) {
  masks_.Set(text_.data() + row.offset, row.size, text_.data() + text_.size());
  switch (grain_) {
    case Grain::kLine:
      return ScanLine(row, values);
    case Grain::kValue:
      return ScanValue(row, values);
    case Grain::kDigits:
      return ScanDigits(row, values);
  }
}

// The quote that closes the string opened at `open`, or the row's size. A backslash protects the
// byte after it, so a quote behind an odd number of them closes nothing.
size_t RowScanner::ClosingQuote(const char* row, size_t open) const {
  size_t close = open;
  for (;;) {
    close = masks_.Find(ByteClass::kQuote, close + 1);
    if (close == masks_.size()) return close;
    size_t slashes = 0;
    while (row[close - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2 == 0) return close;
  }
}

// The end of the timestamp that begins at `at`, or `at` if there is none.
size_t RowScanner::TimestampEnd(const char* row, size_t at) {
  constexpr ptrdiff_t kWord = 8;
  const char* const p = row + at;
  const char* const end = row + masks_.size();
  for (time::TimestampMatcher& matcher : timestamps_) {
    if (text_.data() + text_.size() - p >= kWord && !matcher.format().MayBegin(p)) continue;
    int64_t ticks;
    int64_t extra;
    size_t size;
    if (matcher.Match(p, end, &ticks, &extra, &size) &&
        (p + size == end || !masks_.Is(ByteClass::kWord, at + size))) {
      return at + size;
    }
  }
  return at;
}

// Goes from mark to mark, a mark being a byte that makes a token variable: a digit, a quote, a lone
// dash. Constant tokens have none and are never looked at, unless a timestamp may begin with a
// letter: then the beginnings of tokens are marks too.
void RowScanner::ScanLine(Slice row, Vector<Slice>* values) {
  const char* const bytes = text_.data() + row.offset;
  const size_t size = masks_.size();
  const auto emit = [&](size_t from, size_t to) {
    values->push_back({row.offset + static_cast<uint32_t>(from), static_cast<uint32_t>(to - from)});
  };
  // Without this a line of a million quotes that close nothing would be searched a million times.
  bool quotes_close = true;
  size_t at = 0;             // what lies before is done with
  uint64_t word_behind = 0;  // bit 0: the byte before the block is a letter or digit
  uint64_t behind = 1;       // bit 0: the byte before the block is a delimiter, or there is none
  for (size_t base = 0; base < size; base += 64) {
    const MaskBlock& block = masks_.Block(base / 64);
    const uint64_t delimiters = block.mask[static_cast<size_t>(ByteClass::kDelimiter)];
    const uint64_t words = block.mask[static_cast<size_t>(ByteClass::kWord)];
    const uint64_t digits = block.mask[static_cast<size_t>(ByteClass::kDigit)];
    const uint64_t quotes = block.mask[static_cast<size_t>(ByteClass::kQuote)];
    const uint64_t inside = size - base >= 64 ? ~uint64_t{0} : (uint64_t{1} << (size - base)) - 1;
    const uint64_t after_delimiter = delimiters << 1 | behind;
    behind = delimiters >> 63;
    // What is neither stands alone if a delimiter, or nothing, is at both of its sides.
    uint64_t alone = inside & ~(delimiters | words) & after_delimiter;
    if (alone != 0) {
      const MaskBlock& next = masks_.Block(base / 64 + 1);
      uint64_t before_delimiter =
          delimiters >> 1 | next.mask[static_cast<size_t>(ByteClass::kDelimiter)] << 63;
      if (size - base <= 64) before_delimiter |= uint64_t{1} << (size - base - 1);
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
        const size_t close = ClosingQuote(bytes, mark);
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
      const size_t end = masks_.Find(ByteClass::kDelimiter, mark);
      // The token begins behind the last delimiter, or where the last value ended.
      const uint64_t before = delimiters & (here - 1);
      size_t first = before != 0 ? base + 64 - static_cast<size_t>(std::countl_zero(before))
                                 : masks_.FindLastBefore(ByteClass::kDelimiter, at, base);
      first = masks_.Find(ByteClass::kWord, std::max(first, at));
      if (first >= end) {
        pass(end);
        continue;
      }
      if (first > at && (bytes[first - 1] == '-' || bytes[first - 1] == '+') &&
          masks_.Is(ByteClass::kDigit, first)) {
        --first;
      }
      if (!timestamps_.empty()) {
        if (const size_t stop = TimestampEnd(bytes, first); stop != first) {
          emit(first, stop);
          pass(stop);
          continue;
        }
      }
      if (names_ == Names::kNone || masks_.Any(ByteClass::kDigit, first, end)) {
        // Punctuation at the end of a token is left to the delimiters.
        emit(first, masks_.FindLast(ByteClass::kWord, first, end) + 1);
      }
      pass(end);
    }
  }
}

void RowScanner::ScanValue(Slice row, Vector<Slice>* values) {
  const size_t size = masks_.size();
  for (size_t at = masks_.Find(ByteClass::kWord, 0); at < size;) {
    const size_t end = masks_.FindOther(ByteClass::kWord, at);
    if (masks_.Any(ByteClass::kDigit, at, end)) {
      values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    }
    at = masks_.Find(ByteClass::kWord, end);
  }
}

void RowScanner::ScanDigits(Slice row, Vector<Slice>* values) {
  const size_t size = masks_.size();
  const char* const bytes = text_.data() + row.offset;
  if (const HexWord hex(bytes, bytes + size); hex.first != 0) {
    return hex.ForEachValue(bytes, bytes + size, [&](const char* from, const char* to) {
      values->push_back(
          {row.offset + static_cast<uint32_t>(from - bytes), static_cast<uint32_t>(to - from)});
    });
  }
  for (size_t at = masks_.Find(ByteClass::kDigit, 0); at < size;) {
    const size_t end = masks_.FindOther(ByteClass::kDigit, at);
    values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    at = masks_.Find(ByteClass::kDigit, end);
  }
}

}  // namespace logpress::text
