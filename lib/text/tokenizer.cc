#include "text/tokenizer.h"

#include <algorithm>
#include <array>

#include "base/memory.h"
#include "text/row_ends.h"

namespace logpress::text {
namespace {

enum ByteClass : uint8_t { kDelimiter = 1, kDigit = 2, kLetter = 4 };

// Delimiters divide a line; digits and letters (every byte above ASCII is one, so that UTF-8 words
// stay whole) make words. What is neither, like ':' or '/', divides words inside a value but not a
// line.
constexpr std::array<uint8_t, 256> MakeClasses() {
  std::array<uint8_t, 256> classes{};
  for (const char c : {' ', '\t', '\r', '\n', '"', '\'', '(', ')', '[', ']', '{', '}', '<', '>',
                       ',', ';', '=', '|'}) {
    classes[static_cast<uint8_t>(c)] |= kDelimiter;
  }
  for (int c = '0'; c <= '9'; ++c) classes[static_cast<size_t>(c)] |= kDigit;
  for (int c = 'a'; c <= 'z'; ++c) classes[static_cast<size_t>(c)] |= kLetter;
  for (int c = 'A'; c <= 'Z'; ++c) classes[static_cast<size_t>(c)] |= kLetter;
  for (size_t c = 128; c < 256; ++c) classes[c] |= kLetter;
  return classes;
}
constexpr std::array<uint8_t, 256> kClasses = MakeClasses();

inline uint8_t ClassOf(char c) { return kClasses[static_cast<uint8_t>(c)]; }
inline bool IsWord(char c) { return (ClassOf(c) & (kDigit | kLetter)) != 0; }
inline bool IsDelimiter(char c) { return (ClassOf(c) & kDelimiter) != 0; }
inline bool IsDigit(char c) { return (ClassOf(c) & kDigit) != 0; }

// The quote that closes the string opened at `open`, or `end`. A backslash protects the byte after
// it.
const char* ClosingQuote(const char* open, const char* end) {
  for (const char* p = open + 1; p < end; ++p) {
    if (*p == '"') return p;
    if (*p == '\\') ++p;
  }
  return end;
}

// The end of the timestamp that begins at `p`, or `p` if there is none.
const char* TimestampEnd(const char* p, const char* end,
                         std::span<const time::TimestampFormat> formats) {
  for (const time::TimestampFormat& format : formats) {
    int64_t ticks;
    int64_t extra;
    size_t size;
    if (format.Match(p, end, &ticks, &extra, &size) && (p + size == end || !IsWord(p[size]))) {
      return p + size;
    }
  }
  return p;
}

template <typename Emit>
void TokenizeLine(const char* begin, const char* end,
                  std::span<const time::TimestampFormat> timestamps, const Emit& emit) {
  const char* p = begin;
  // Without this a line of a million quotes that close nothing would be searched a million times.
  bool quotes_close = true;
  while (p < end) {
    const char c = *p;
    if (IsDelimiter(c)) {
      if (c == '"' && quotes_close) {
        const char* const close = ClosingQuote(p, end);
        if (close < end) {
          const bool key = close + 1 < end && close[1] == ':';
          if (!key) {
            emit(p + 1, close, true);
          } else if (close > p + 1) {
            emit(p + 1, close, false);
          }
          p = close + 1;
          continue;
        }
        quotes_close = false;
      }
      ++p;
      continue;
    }
    if (!IsWord(c)) {
      const bool sign = c == '-' || c == '+';
      const bool starts_number = sign && p + 1 < end && IsDigit(p[1]);
      if (!starts_number) {
        // A lone dash stands for "no value" in most log formats, so it is one.
        const bool lone =
            c == '-' && (p == begin || IsDelimiter(p[-1])) && (p + 1 == end || IsDelimiter(p[1]));
        if (lone) emit(p, p + 1, true);
        ++p;
        continue;
      }
    }
    if (!timestamps.empty()) {
      if (const char* const stop = TimestampEnd(p, end, timestamps); stop != p) {
        emit(p, stop, true);
        p = stop;
        continue;
      }
    }
    const char* last =
        p;  // the last byte of the token: punctuation at its end is left to the delimiters
    bool digit = false;
    const char* q = p;
    for (; q < end && !IsDelimiter(*q); ++q) {
      digit |= IsDigit(*q);
      if (IsWord(*q)) last = q;
    }
    emit(p, last + 1, digit);
    p = q;
  }
}

template <typename Emit>
void TokenizeValue(const char* begin, const char* end, const Emit& emit) {
  for (const char* p = begin; p < end;) {
    if (!IsWord(*p)) {
      ++p;
      continue;
    }
    bool digit = false;
    const char* q = p;
    for (; q < end && IsWord(*q); ++q) digit |= IsDigit(*q);
    emit(p, q, digit);
    p = q;
  }
}

template <typename Emit>
void TokenizeDigits(const char* begin, const char* end, const Emit& emit) {
  if (const HexWord hex(begin, end); hex.first != 0) {
    if (hex.prefix != 0) emit(begin, begin + hex.prefix, false);
    return hex.ForEachValue(begin, end,
                            [&](const char* from, const char* to) { emit(from, to, true); });
  }
  for (const char* p = begin; p < end;) {
    const bool digit = IsDigit(*p);
    const char* q = p;
    while (q < end && IsDigit(*q) == digit) ++q;
    emit(p, q, digit);
    p = q;
  }
}

}  // namespace

HexWord::HexWord(const char* begin, const char* end) {
  constexpr size_t kPrefix = 2;
  const auto size = static_cast<size_t>(end - begin);
  if (size <= kPrefix) return;
  const bool prefixed = begin[0] == '0' && (begin[1] | 0x20) == 'x';
  if (prefixed ? size > kPrefix + kMaxDigits : size <= kMaxDigits) return;
  bool letters = false;
  for (const char* p = begin + (prefixed ? kPrefix : 0); p < end; ++p) {
    const auto lower = static_cast<char>(*p | 0x20);
    const bool letter = lower >= 'a' && lower <= 'f';
    if (!letter && !IsDigit(*p)) return;
    letters |= letter;
  }
  if (!prefixed) {
    if (letters) first = next = kMaxDigits;
    return;
  }
  prefix = kPrefix;
  const size_t digits = size - kPrefix;
  first = digits < kAddress ? digits : digits - kOffset;
  next = kOffset;
}

void Tokenize(ByteView text, Slice row, Grain grain,
              std::span<const time::TimestampFormat> timestamps, Vector<Token>* tokens) {
  const char* const base = text.data();
  const char* const begin = base + row.offset;
  const char* const end = begin + row.size;
  const auto emit = [base, tokens](const char* from, const char* to, bool variable) {
    tokens->push_back(
        {{static_cast<uint32_t>(from - base), static_cast<uint32_t>(to - from)}, variable});
  };
  switch (grain) {
    case Grain::kLine:
      return TokenizeLine(begin, end, timestamps, emit);
    case Grain::kValue:
      return TokenizeValue(begin, end, emit);
    case Grain::kDigits:
      return TokenizeDigits(begin, end, emit);
  }
}

void SplitRows(ByteView text, Vector<Slice>* rows) {
  // Shorter objects stay on one row: a row of its own pays only when it repeats a template of some
  // size.
  constexpr size_t kMinObject = 256;
  RowEnds ends(text);
  size_t begin = 0;
  size_t row_end = 0;
  while (begin < text.size()) {
    if (row_end <= begin) row_end = ends.After(begin);
    size_t end = row_end;
    if (row_end - begin > 2 * kMinObject) {
      const size_t object = text.substr(0, row_end).find("},{", begin + kMinObject);
      if (object != ByteView::npos) end = object + 2;
    }
    rows->push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)});
    begin = end;
  }
}

}  // namespace logpress::text
