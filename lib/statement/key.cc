#include "statement/key.h"

#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr std::array<char, 256> Bytes() {
  std::array<char, 256> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i);
  return bytes;
}
constexpr std::array<char, 256> kBytes = Bytes();

}  // namespace

Symbols::Symbols() {
  Add(kSlot, 0, '\0');
  Add(" ", 0, '\0');
}

Symbol Symbols::Add(ByteView text, uint8_t traits, char mark) {
  texts_.push_back(text);
  traits_.push_back(traits);
  marks_.push_back(mark);
  return static_cast<Symbol>(texts_.size() - 1);
}

Symbol Symbols::Of(ByteView text, TokenKind kind) {
  if (kind == TokenKind::kValue) return kValueSymbol;
  if (kind == TokenKind::kBlank) return kBlankSymbol;
  const bool is_word = kind == TokenKind::kWord;
  if (!is_word && text.size() == 1) {
    const auto mark = static_cast<unsigned char>(text[0]);
    if (symbols_of_marks_[mark] == 0)
      symbols_of_marks_[mark] = Add(ByteView(&kBytes[mark], 1), 0, text[0]);
    return symbols_of_marks_[mark];
  }
  const uint32_t number = words_.Add(text);
  if (number < symbols_of_words_.size()) return symbols_of_words_[number];
  uint8_t traits = 0;
  if (is_word) {
    traits |= kWord;
    if (statement::IsIdentifier(text)) traits |= kIdentifier;
    if (statement::IsDottedName(text)) traits |= kDotted;
    if (statement::AnnouncesName(text)) traits |= kAnnounces;
  }
  symbols_of_words_.push_back(Add(words_[number], traits, '\0'));
  return symbols_of_words_.back();
}

Key Symbols::KeyOf(ByteView content, const Vector<Token>& tokens) {
  Key key;
  key.reserve(tokens.size());
  for (const Token& token : tokens)
    key.push_back(Of(content.substr(token.begin, token.end - token.begin), token.kind));
  return key;
}

Key Symbols::JoinValues(KeyView key) const {
  Key joined;
  joined.reserve(key.size());
  for (const Symbol symbol : key) {
    joined.push_back(symbol);
    for (size_t gap = GapBeforeValue(joined); gap != 0; gap = GapBeforeValue(joined))
      joined.resize(joined.size() - gap);
  }
  return joined;
}

// How many symbols at the end go when the last value joins the one before it.
size_t Symbols::GapBeforeValue(KeyView key) const {
  const size_t n = key.size();
  const auto value = [&](size_t back) { return n >= back && key[n - back] == kValueSymbol; };
  if (!value(1)) return 0;
  if (value(2)) return 1;
  const auto mark = [&](size_t back, char byte) { return IsMark(key[n - back], byte); };
  if (value(3) &&
      (key[n - 2] == kBlankSymbol || mark(2, ':') || mark(2, ',') || mark(2, ';') || mark(2, '|')))
    return 2;
  if (value(4) && key[n - 2] == kBlankSymbol && (mark(3, ',') || mark(3, ';'))) return 3;
  return 0;
}

}  // namespace logpress::statement
