#include "text/row_scanner.h"

namespace logpress::text {

RowScanner::RowScanner(ByteView text, Grain grain, std::span<const TimestampFormat> timestamps,
                       const ClassifyKernel& kernel)
    : text_(text), grain_(grain), masks_(kernel) {
  if (grain != Grain::kLine) return;
  timestamps_.reserve(timestamps.size());
  for (const TimestampFormat& format : timestamps) timestamps_.emplace_back(format);
}

void RowScanner::Scan(Slice row, std::vector<Slice>* values) {
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
  for (TimestampMatcher& matcher : timestamps_) {
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

void RowScanner::ScanLine(Slice row, std::vector<Slice>* values) {
  const char* const bytes = text_.data() + row.offset;
  const size_t size = masks_.size();
  const auto emit = [&](size_t from, size_t to) {
    values->push_back({row.offset + static_cast<uint32_t>(from), static_cast<uint32_t>(to - from)});
  };
  // Without this a line of a million quotes that close nothing would be searched a million times.
  bool quotes_close = true;
  size_t at = 0;
  while (at < size) {
    const size_t run = masks_.FindOther(ByteClass::kDelimiter, at);
    if (quotes_close && masks_.Any(ByteClass::kQuote, at, run)) {
      const size_t open = masks_.Find(ByteClass::kQuote, at);
      const size_t close = ClosingQuote(bytes, open);
      if (close == size) {
        quotes_close = false;
        at = run;
        continue;
      }
      const bool key = close + 1 < size && bytes[close + 1] == ':';
      if (!key) emit(open + 1, close);
      at = close + 1;
      continue;
    }
    if (run == size) return;
    const size_t end = masks_.Find(ByteClass::kDelimiter, run);
    size_t first = masks_.Find(ByteClass::kWord, run);
    at = end;
    if (first >= end) {
      // A lone dash stands for "no value" in most log formats, so it is one.
      const bool lone = end == run + 1 && bytes[run] == '-' &&
                        (run == 0 || masks_.Is(ByteClass::kDelimiter, run - 1));
      if (lone) emit(run, end);
      continue;
    }
    if (first > run && (bytes[first - 1] == '-' || bytes[first - 1] == '+') &&
        masks_.Is(ByteClass::kDigit, first)) {
      --first;
    }
    if (!timestamps_.empty()) {
      if (const size_t stop = TimestampEnd(bytes, first); stop != first) {
        emit(first, stop);
        at = stop;
        continue;
      }
    }
    if (masks_.Any(ByteClass::kDigit, first, end)) {
      // Punctuation at the end of a token is left to the delimiters.
      emit(first, masks_.FindLast(ByteClass::kWord, first, end) + 1);
    }
  }
}

void RowScanner::ScanValue(Slice row, std::vector<Slice>* values) {
  const size_t size = masks_.size();
  for (size_t at = masks_.Find(ByteClass::kWord, 0); at < size;) {
    const size_t end = masks_.FindOther(ByteClass::kWord, at);
    if (masks_.Any(ByteClass::kDigit, at, end)) {
      values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    }
    at = masks_.Find(ByteClass::kWord, end);
  }
}

void RowScanner::ScanDigits(Slice row, std::vector<Slice>* values) {
  const size_t size = masks_.size();
  for (size_t at = masks_.Find(ByteClass::kDigit, 0); at < size;) {
    const size_t end = masks_.FindOther(ByteClass::kDigit, at);
    values->push_back({row.offset + static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    at = masks_.Find(ByteClass::kDigit, end);
  }
}

}  // namespace logpress::text
