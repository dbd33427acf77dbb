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
  auto& known = word ? words_ : delimiters_;
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

}  // namespace logpress::statement
