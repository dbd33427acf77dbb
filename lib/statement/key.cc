#include "statement/key.h"

#include "statement/words.h"

namespace logpress::statement {

Symbols::Symbols() {
  Add({.text = kSlot});
  Add({.text = " "});
}

Symbol Symbols::Add(Entry entry) {
  texts_.emplace_back(entry.text);
  entry.text = texts_.back();
  entries_.push_back(entry);
  return static_cast<Symbol>(entries_.size() - 1);
}

Symbol Symbols::Of(ByteView text, TokenKind kind) {
  if (kind == TokenKind::kValue) return kValueSymbol;
  if (kind == TokenKind::kBlank) return kBlankSymbol;
  const bool word = kind == TokenKind::kWord;
  if (!word && text.size() == 1) {
    Symbol& mark = marks_[static_cast<unsigned char>(text[0])];
    if (mark == 0) mark = Add({.text = text, .delimiter = true});
    return mark;
  }
  auto& known = word ? words_ : runs_;
  if (const auto found = known.find(text); found != known.end()) return found->second;
  Entry entry{.text = text, .word = word, .delimiter = !word};
  if (word) {
    entry.identifier = statement::IsIdentifier(text);
    entry.dotted = statement::IsDottedName(text);
    entry.announces = statement::AnnouncesName(text);
  }
  const Symbol symbol = Add(entry);
  known.emplace(entries_[symbol].text, symbol);
  return symbol;
}

Key Symbols::KeyOf(ByteView content, const Vector<Token>& tokens) {
  Key key;
  key.reserve(tokens.size());
  for (const Token& token : tokens)
    key.push_back(Of(content.substr(token.begin, token.end - token.begin), token.kind));
  return key;
}

Key Symbols::JoinValues(const Key& key) const {
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
size_t Symbols::GapBeforeValue(const Key& key) const {
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
