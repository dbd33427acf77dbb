#include "statement/tokens.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "statement/spans.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

// A path as a word: /a, ./a, ~/a.
bool IsPath(std::string_view word) {
  size_t i = 0;
  while (i < 2 && i < word.size() && (word[i] == '.' || word[i] == '~')) ++i;
  return i + 1 < word.size() && word[i] == '/';
}

// What bytes are to a word: those that go on with it whatever stands beside them, and those that
// end it; others depend.
enum : uint8_t { kDigitByte = 1, kOrdinary = 2, kEnd = 4 };
constexpr std::array<uint8_t, 256> Bytes() {
  std::array<uint8_t, 256> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = static_cast<char>(i);
    if (IsLetter(byte) || byte == '_') bytes[i] = kOrdinary;
    if (IsDigit(byte)) bytes[i] = kOrdinary | kDigitByte;
    if (IsBlank(byte) || IsDelimiter(byte)) bytes[i] = kEnd;
  }
  return bytes;
}
constexpr std::array<uint8_t, 256> kBytes = Bytes();
uint8_t TraitsOf(char byte) { return kBytes[static_cast<unsigned char>(byte)]; }

class Tokenizer {
 public:
  Tokenizer(ByteView content, Vector<Token>* tokens) : content_(content), tokens_(*tokens) {}

  void Run() {
    tokens_.clear();
    const size_t end = std::min(content_.size(), kMostContent);
    size_t i = 0;
    while (i < end && tokens_.size() < kMostTokens) i = Step(i);
    if (i < content_.size()) Add(TokenKind::kValue, i, content_.size());
    if (values_ && calendar_) JoinTimes();
    if (unit_ || calendar_) JoinUnits();
    const bool assigns = content_.find('=') != ByteView::npos;
    if (assigns) JoinObjects();
    if (values_ && dotted_) JoinNames();
    if (values_ || assigns) JoinLists();
    while (!tokens_.empty() && tokens_.back().kind == TokenKind::kBlank) tokens_.pop_back();
  }

 private:
  void Add(TokenKind kind, size_t begin, size_t end) {
    values_ |= kind == TokenKind::kValue;
    tokens_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  // Notes what the rest may have to look for.
  void AddWord(size_t begin, size_t end, bool digit) {
    const ByteView word = content_.substr(begin, end - begin);
    if (digit || IsPath(word) || IsLiteral(word)) return Add(TokenKind::kValue, begin, end);
    const size_t n = tokens_.size();
    if (Is(n - 1, TokenKind::kBlank) && Is(n - 2, TokenKind::kValue)) {
      unit_ |= IsUnit(word);
      calendar_ |= IsZoneName(word);
    }
    calendar_ |= IsCalendarName(word);
    Add(TokenKind::kWord, begin, end);
  }

  ByteView TextOf(const Token& token) const {
    return content_.substr(token.begin, token.end - token.begin);
  }
  bool Is(size_t i, TokenKind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }
  bool IsMark(size_t i, char mark) const {
    return Is(i, TokenKind::kDelimiter) && content_[tokens_[i].begin] == mark;
  }

  // Adds what begins at content_[i] and returns its end.
  size_t Step(size_t i) {
    const char first = content_[i];
    if (IsBlank(first)) {
      size_t end = i;
      while (end < content_.size() && IsBlank(content_[end])) ++end;
      Add(TokenKind::kBlank, i, end);
      return end;
    }
    const uint8_t traits = TraitsOf(first);
    const bool delimiter = traits == kEnd || ((traits & kOrdinary) == 0 && IsOffset(i));
    if (delimiter || first == '.') {
      size_t end = i;
      if (first == ':' && MayBeAddress(i)) end = EndOfSpan(content_, i);
      if (first == '<')
        end = content_.substr(i).starts_with(kSlot) ? i + kSlot.size() : EndOfBound(i);
      if (end > i) {
        Add(TokenKind::kValue, i, end);
        return end;
      }
      while (first == '.' && end < content_.size() && content_[end] == '.') ++end;
      if (delimiter || end > i + 1) {
        end = std::max(end, i + 1);
        Add(TokenKind::kDelimiter, i, end);
        return end;
      }
    }
    bool digit = false;
    size_t end = EndOfWord(i, &digit);
    if (first == '/' || MaySpan(end)) {
      if (const size_t span = EndOfSpan(content_, i); span > i) {
        Add(TokenKind::kValue, i, span);
        return span;
      }
    }
    // A point that ends a sentence is none of the word.
    const bool ends = content_[end - 1] == '.' && end > i + 1;
    if (ends) --end;
    AddWord(i, end, digit);
    if (ends) {
      Add(TokenKind::kDelimiter, end, end + 1);
      ++end;
    }
    return end;
  }

  // Whether a word up to here may be the begin of a span: nothing but a ':' goes on with one, and
  // not before a blank.
  bool MaySpan(size_t end) const {
    if (end == content_.size() || IsBlank(content_[end])) return false;
    if (content_[end] == ':') return end + 1 < content_.size() && !IsBlank(content_[end + 1]);
    return !IsDelimiter(content_[end]);
  }

  // Whether more of an address may stand behind this ':'.
  bool MayBeAddress(size_t i) const {
    return i + 1 < content_.size() && (content_[i + 1] == ':' || IsHexDigit(content_[i + 1]));
  }

  // do_page_fault+0x3f: the '+' before an offset.
  bool IsOffset(size_t i) const { return content_[i] == '+' && content_.substr(i, 3) == "+0x"; }

  // *digit: whether it has any.
  size_t EndOfWord(size_t i, bool* digit) {
    size_t end = i;
    uint8_t seen = 0;
    for (; end < content_.size(); ++end) {
      const uint8_t traits = TraitsOf(content_[end]);
      if (traits == kEnd) break;
      seen |= traits;
      if ((traits & kOrdinary) != 0) continue;
      dotted_ |= content_[end] == '.';
      if ((end > i && IsOffset(end)) || content_.substr(end, 2) == "..") break;
    }
    *digit = (seen & kDigitByte) != 0;
    return std::max(end, i + 1);
  }

  // "<1": less than a number, where nothing closes the '<'.
  size_t EndOfBound(size_t i) {
    if (content_[i] != '<' || (i > 0 && !IsBlank(content_[i - 1])) || i + 1 >= content_.size() ||
        !IsDigit(content_[i + 1]))
      return i;
    bool digit = false;
    const size_t end = EndOfWord(i + 1, &digit);
    return end < content_.size() && content_[end] == '>' ? i : end;
  }

  // Makes one value of tokens [first, last].
  void Join(size_t first, size_t last) {
    tokens_[first] = {TokenKind::kValue, tokens_[first].begin, tokens_[last].end};
    tokens_.erase(tokens_.begin() + static_cast<long>(first) + 1,
                  tokens_.begin() + static_cast<long>(last) + 1);
  }

  // The place of the next token that is no blank or comma; tokens_.size() if there is none.
  size_t Near(size_t i, int step) const {
    do {
      i += static_cast<size_t>(step);
    } while (Is(i, TokenKind::kBlank) || IsMark(i, ','));
    return i;
  }

  // Names of months and days beside a value; zones behind one.
  void JoinTimes() {
    bool any = true;
    for (int round = 0; any && round < 2; ++round) {
      any = false;
      for (size_t i = 0; i < tokens_.size(); ++i) {
        if (!Is(i, TokenKind::kWord)) continue;
        if (!Is(Near(i, 1), TokenKind::kValue) && !Is(Near(i, -1), TokenKind::kValue)) continue;
        if (!IsCalendarName(TextOf(tokens_[i]))) continue;
        tokens_[i].kind = TokenKind::kValue;
        any = true;
      }
    }
    for (size_t i = 2; i < tokens_.size(); ++i) {
      if (Is(i, TokenKind::kWord) && Is(i - 1, TokenKind::kBlank) && Is(i - 2, TokenKind::kValue) &&
          IsZoneName(TextOf(tokens_[i])))
        tokens_[i].kind = TokenKind::kValue;
    }
  }

  void JoinUnits() {
    for (size_t i = 0; i + 2 < tokens_.size(); ++i) {
      if (Is(i, TokenKind::kValue) && Is(i + 1, TokenKind::kBlank) && Is(i + 2, TokenKind::kWord) &&
          IsUnit(TextOf(tokens_[i + 2])))
        Join(i, i + 2);
    }
  }

  // name=Kind{...} and name="...": what stands in the brackets or quotes is the value; name=a.b.c
  void JoinObjects() {
    for (size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (!IsMark(i, '=')) continue;
      if (IsMark(i + 1, '"') || IsMark(i + 1, '\'')) {
        const size_t close = FindClose(i + 1);
        if (close > i + 2 && close < tokens_.size()) Join(i + 2, close - 1);
      } else if (Is(i + 1, TokenKind::kWord) || Is(i + 1, TokenKind::kValue)) {
        if (IsDottedName(TextOf(tokens_[i + 1]))) tokens_[i + 1].kind = TokenKind::kValue;
        if (!IsMark(i + 2, '{') && !IsMark(i + 2, '[') && !IsMark(i + 2, '(')) continue;
        if (const size_t close = FindClose(i + 2); close < tokens_.size()) Join(i + 1, close);
      }
    }
  }

  // The place of the mark that closes the one at `open`, or tokens_.size().
  size_t FindClose(size_t open) const {
    const char mark = content_[tokens_[open].begin];
    const char close = Closing(mark);
    size_t depth = 0;
    for (size_t i = open + 1; i < tokens_.size(); ++i) {
      if (IsMark(i, close) && depth-- == 0) return i;
      if (mark != close && IsMark(i, mark)) ++depth;
    }
    return tokens_.size();
  }

  // a.b.c:12
  void JoinNames() {
    for (size_t i = 0; i + 2 < tokens_.size(); ++i) {
      if (Is(i, TokenKind::kWord) && (IsMark(i + 1, ':') || IsMark(i + 1, '|')) &&
          Is(i + 2, TokenKind::kValue) && IsDottedName(TextOf(tokens_[i])))
        Join(i, i + 2);
    }
  }

  // 10.0.0.1:80 and 1,2,3; values with blanks between, or commas and blanks.
  void JoinLists() {
    size_t out = 0;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      tokens_[out++] = tokens_[i];
      if (tokens_[i].kind != TokenKind::kValue) continue;
      for (size_t to = ValueBefore(out); to < out; to = ValueBefore(out)) {
        tokens_[to].end = tokens_[out - 1].end;
        out = to + 1;
      }
    }
    tokens_.resize(out);
  }

  // The place of the value that goes on with the last of tokens_[0, out); `out` if there is none.
  size_t ValueBefore(size_t out) const {
    const auto value = [&](size_t back) {
      return out >= back && Is(out - back, TokenKind::kValue);
    };
    if (!value(1)) return out;
    if (value(2)) return out - 2;
    const bool blank = out >= 2 && Is(out - 2, TokenKind::kBlank);
    if (value(3) && (blank || IsJoiner(out - 2))) return out - 3;
    if (value(4) && blank && (IsMark(out - 3, ',') || IsMark(out - 3, ';'))) return out - 4;
    return out;
  }
  bool IsJoiner(size_t i) const {
    return IsMark(i, ':') || IsMark(i, ',') || IsMark(i, ';') || IsMark(i, '|');
  }

  const ByteView content_;
  Vector<Token>& tokens_;
  bool values_ = false;
  bool calendar_ = false;  // names of months, days and zones, perhaps of nothing else
  bool unit_ = false;      // behind values
  bool dotted_ = false;    // some words
};

}  // namespace

char Closing(char mark) {
  switch (mark) {
    case '(':
      return ')';
    case '[':
      return ']';
    case '{':
      return '}';
    case '<':
      return '>';
    case '"':
    case '\'':
      return mark;
    default:
      return '\0';
  }
}

void Tokenize(ByteView content, Vector<Token>* tokens) { Tokenizer(content, tokens).Run(); }

void AppendMasked(ByteView content, const Vector<Token>& tokens, ByteBuffer* out) {
  const auto is_value = [&](size_t i) {
    return i < tokens.size() && tokens[i].kind == TokenKind::kValue;
  };
  size_t begin = 0;  // of what goes in as it is
  const auto append = [&](const Token& token, char instead) {
    out->append(content.substr(begin, token.begin - begin));
    out->push_back(instead);
    begin = token.end;
  };
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.kind == TokenKind::kValue) {
      append(token, kValueMark);
    } else if (token.kind == TokenKind::kBlank && ((i > 0 && is_value(i - 1)) || is_value(i + 1))) {
      append(token, ' ');
    }
  }
  if (!tokens.empty() && tokens.back().end > begin)
    out->append(content.substr(begin, tokens.back().end - begin));
}

}  // namespace logpress::statement
