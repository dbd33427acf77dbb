// What lines of one statement have in common, as numbers that are quick to compare.
#ifndef LOGPRESS_STATEMENT_KEY_H_
#define LOGPRESS_STATEMENT_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/memory.h"
#include "statement/text_set.h"
#include "statement/tokens.h"

namespace logpress::statement {

// A word, a delimiter, a blank or a value; equal ones have equal numbers.
using Symbol = uint32_t;
inline constexpr Symbol kValueSymbol = 0;
inline constexpr Symbol kBlankSymbol = 1;

using Key = Vector<Symbol>;
using KeyView = std::span<const Symbol>;

inline ByteView BytesOf(KeyView key) {
  return {reinterpret_cast<const char*>(key.data()), key.size_bytes()};
}
inline KeyView KeyOfBytes(ByteView bytes) {
  return {reinterpret_cast<const Symbol*>(bytes.data()), bytes.size() / sizeof(Symbol)};
}
inline KeyView CopyKey(KeyView key, TextArena* arena) {
  return KeyOfBytes(arena->Copy(BytesOf(key)));
}

// Distinct keys, numbered in order of first occurrence.
class KeySet {
 public:
  static constexpr uint32_t kNone = TextSet::kNone;

  // As of a TextSet.
  uint32_t Find(KeyView key) const { return keys_.Find(BytesOf(key)); }
  uint32_t Add(KeyView key) { return keys_.Add(BytesOf(key)); }
  size_t size() const { return keys_.size(); }
  KeyView operator[](uint32_t number) const { return KeyOfBytes(keys_[number]); }
  void Clear() { keys_.Clear(); }

 private:
  TextSet keys_;
};

// Numbers texts in order of first occurrence.
class Symbols {
 public:
  Symbols();

  Symbol Of(ByteView text, TokenKind kind);
  ByteView TextOf(Symbol symbol) const { return texts_[symbol]; }
  bool IsWord(Symbol symbol) const { return Has(symbol, kWord); }
  // As in words.h.
  bool IsIdentifier(Symbol symbol) const { return Has(symbol, kIdentifier); }
  bool IsDottedName(Symbol symbol) const { return Has(symbol, kDotted); }
  bool AnnouncesName(Symbol symbol) const { return Has(symbol, kAnnounces); }
  // Whether it is a delimiter of this one mark.
  bool IsMark(Symbol symbol, char mark) const { return marks_[symbol] == mark; }
  // The only mark of a delimiter, or 0.
  char MarkOf(Symbol symbol) const { return marks_[symbol]; }

  Key KeyOf(ByteView content, const Vector<Token>& tokens);
  // The same with values that stand in a row, or in a list, as one.
  Key JoinValues(KeyView key) const;

 private:
  enum Trait : uint8_t { kWord = 1, kIdentifier = 2, kDotted = 4, kAnnounces = 8 };

  bool Has(Symbol symbol, Trait trait) const { return (traits_[symbol] & trait) != 0; }
  Symbol Add(ByteView text, uint8_t traits, char mark);
  size_t GapBeforeValue(KeyView key) const;

  // Of each symbol.
  Vector<ByteView> texts_;
  Vector<uint8_t> traits_;
  Vector<char> marks_;

  TextSet words_;  // and delimiters of several marks, which no word is
  Vector<Symbol> symbols_of_words_;
  std::array<Symbol, 256> symbols_of_marks_{};  // 0: not seen
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_KEY_H_
