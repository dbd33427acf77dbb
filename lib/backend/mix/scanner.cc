#include "backend/mix/scanner.h"

#include <array>

#include "backend/mix/pattern.h"
#include "base/memory.h"

namespace logpress::mix {
namespace {

using time::TimestampFormat;

constexpr std::array<bool, 256> kSeparators = [] {
  std::array<bool, 256> separators{};
  for (size_t c = 0; c <= ' '; ++c) separators[c] = true;
  for (const char c : ByteView("[](){},;=<>|\"'")) separators[static_cast<uint8_t>(c)] = true;
  return separators;
}();

bool IsSeparator(char c) { return kSeparators[static_cast<uint8_t>(c)]; }

bool IsWord(char c) { return IsLetter(c) || IsDigit(c); }

class Scanner {
 public:
  Scanner(ByteView string, std::span<const TimestampFormat> formats, Vector<ScannedToken>* tokens)
      : string_(string), size_(string.size()), formats_(formats), tokens_(tokens) {
    tokens_->clear();
  }

  void Coarse() {
    // Without this a row of a million quotes that close nothing would be searched a million times.
    bool quotes_close = true;
    for (size_t i = 0; i < size_;) {
      const char c = string_[i];
      const bool starts_word = i == 0 || (!IsWord(string_[i - 1]) && string_[i - 1] != '.');
      if (starts_word && IsWord(c)) {
        if (const size_t taken = Timestamp(i, size_); taken != 0) {
          i += taken;
          continue;
        }
      }
      if (c == '"' && quotes_close) {
        const size_t close = ClosingQuote(i);
        if (close < size_) {
          i = Quoted(i, close);
          continue;
        }
        quotes_close = false;
      }
      if (IsSeparator(c)) {
        Emit(ScannedToken::kDelimiter, i, 1);
        ++i;
        continue;
      }
      i = Unquoted(i);
    }
  }

  void Fine() {
    for (size_t i = 0; i < size_;) {
      const char c = string_[i];
      if (!IsWord(c)) {
        Emit(ScannedToken::kDelimiter, i, 1);
        ++i;
        continue;
      }
      if (IsDigit(c)) {
        if (const size_t taken = DigitsFirst(i); taken != 0) {
          i += taken;
          continue;
        }
      }
      i = Word(i);
    }
  }

 private:
  void Emit(ScannedToken::Type type, size_t offset, size_t size, uint8_t kind = 0) {
    tokens_->push_back({type, kind, static_cast<uint32_t>(offset), static_cast<uint32_t>(size)});
  }
  void EmitSlot(size_t offset, size_t size) {
    Emit(ScannedToken::kSlot, offset, size, KindOf(string_.substr(offset, size)));
  }

  // Emits the timestamp at `i`, if there is one that ends at `end` or before a byte that is no
  // letter or digit, and returns its size.
  size_t Timestamp(size_t i, size_t end) {
    for (size_t f = 0; f < formats_.size(); ++f) {
      int64_t ticks;
      int64_t extra;
      size_t size;
      if (formats_[f].Match(string_.data() + i, string_.data() + end, &ticks, &extra, &size) &&
          (i + size == size_ || !IsWord(string_[i + size]))) {
        Emit(ScannedToken::kSlot, i, size, static_cast<uint8_t>(kTimestamp + f));
        return size;
      }
    }
    return 0;
  }

  // A backslash protects the byte after it.
  size_t ClosingQuote(size_t open) const {
    size_t i = open + 1;
    while (i < size_ && string_[i] != '"') i += string_[i] == '\\' ? 2 : 1;
    return i;
  }

  // A quoted string is one slot, but the keys of JSON are constants. Returns where to go on.
  size_t Quoted(size_t open, size_t close) {
    if (close + 1 < size_ && string_[close + 1] == ':') {
      Emit(ScannedToken::kDelimiter, open, close + 1 - open);
      return close + 1;
    }
    Emit(ScannedToken::kDelimiter, open, 1);
    if (close > open + 1) {
      const size_t begin = open + 1;
      const size_t mark = tokens_->size();
      const size_t taken = IsWord(string_[begin]) ? Timestamp(begin, close) : 0;
      if (taken != close - begin) {
        tokens_->resize(mark);
        EmitSlot(begin, close - begin);
      }
    }
    Emit(ScannedToken::kDelimiter, close, 1);
    return close + 1;
  }

  size_t Unquoted(size_t begin) {
    size_t end = begin;
    bool digit = false;
    for (; end < size_ && !IsSeparator(string_[end]); ++end) digit |= IsDigit(string_[end]);
    size_t last = end;
    while (last > begin + 1 && (string_[last - 1] == ':' || string_[last - 1] == '.')) --last;
    if (digit) {
      EmitSlot(begin, last - begin);
    } else {
      Emit(ScannedToken::kConstant, begin, last - begin);
    }
    for (size_t i = last; i < end; ++i) Emit(ScannedToken::kDelimiter, i, 1);
    return end;
  }

  // A timestamp, an address, a decimal or a UUID at `i`; the size, or 0.
  size_t DigitsFirst(size_t i) {
    if (const size_t taken = Timestamp(i, size_); taken != 0) {
      if (taken < size_) return taken;
      tokens_->pop_back();  // the whole value: nothing would be divided
    }
    size_t end = i;
    size_t points = 0;
    while (end < size_ && (IsDigit(string_[end]) ||
                           (string_[end] == '.' && end + 1 < size_ && IsDigit(string_[end + 1])))) {
      points += string_[end] == '.';
      ++end;
    }
    if ((points == 3 || points == 1) && !(end < size_ && IsLetter(string_[end])) &&
        !(i > 0 && string_[i - 1] == '.')) {
      const uint8_t kind = KindOf(string_.substr(i, end - i));
      if (kind == kAddress || kind == kDecimal) {
        Emit(ScannedToken::kSlot, i, end - i, kind);
        return end - i;
      }
    }
    if (KindOf(string_.substr(i, 36)) == kUuid) {
      Emit(ScannedToken::kSlot, i, 36, kUuid);
      return 36;
    }
    return 0;
  }

  // A run of letters and digits: letters are constant, digits behind letters a slot of their own;
  // mixed ones are one slot. Returns its end.
  size_t Word(size_t begin) {
    size_t end = begin;
    size_t changes = 0;
    size_t first_change = 0;
    bool digit = false;
    for (; end < size_ && IsWord(string_[end]); ++end) {
      if (end > begin && IsDigit(string_[end]) != IsDigit(string_[end - 1]) && ++changes == 1)
        first_change = end;
      digit |= IsDigit(string_[end]);
    }
    if (!digit) {
      Emit(ScannedToken::kConstant, begin, end - begin);
    } else if (changes == 0) {
      EmitSlot(begin, end - begin);
    } else if (changes == 1 && !IsDigit(string_[begin]) && first_change - begin >= 2) {
      Emit(ScannedToken::kConstant, begin, first_change - begin);
      EmitSlot(first_change, end - first_change);
    } else {
      Emit(ScannedToken::kSlot, begin, end - begin, kText);
    }
    return end;
  }

  ByteView string_;
  size_t size_;
  std::span<const TimestampFormat> formats_;
  Vector<ScannedToken>* tokens_;
};

}  // namespace

void ScanCoarsely(ByteView string, std::span<const TimestampFormat> formats,
                  Vector<ScannedToken>* tokens) {
  Scanner(string, formats, tokens).Coarse();
}

void ScanFinely(ByteView string, std::span<const TimestampFormat> formats,
                Vector<ScannedToken>* tokens) {
  Scanner(string, formats, tokens).Fine();
}

bool HasSeparator(ByteView string) {
  for (const char c : string) {
    if (IsSeparator(c)) return true;
  }
  return false;
}

}  // namespace logpress::mix
