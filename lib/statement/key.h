// What lines of one statement have in common, as numbers that are quick to compare.
#ifndef LOGPRESS_STATEMENT_KEY_H_
#define LOGPRESS_STATEMENT_KEY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

#include "base/bytes.h"
#include "base/memory.h"
#include "base/run_hash.h"
#include "statement/tokens.h"

namespace logpress::statement {

// A word, a delimiter, a blank or a value; equal ones have equal numbers.
using Symbol = uint32_t;
inline constexpr Symbol kValueSymbol = 0;
inline constexpr Symbol kBlankSymbol = 1;

using Key = Vector<Symbol>;

struct KeyHash {
  size_t operator()(const Key& key) const {
    return HashRun(reinterpret_cast<const char*>(key.data()), key.size() * sizeof(Symbol), 0);
  }
};
template <typename Value>
using KeyMap = std::unordered_map<Key, Value, KeyHash, std::equal_to<Key>,
                                  Allocator<std::pair<const Key, Value>>>;

// Numbers texts in order of first occurrence.
class Symbols {
 public:
  Symbols();

  Symbol Of(ByteView text, TokenKind kind);
  ByteView TextOf(Symbol symbol) const { return entries_[symbol].text; }
  bool IsWord(Symbol symbol) const { return entries_[symbol].word; }
  // As in words.h.
  bool IsIdentifier(Symbol symbol) const { return entries_[symbol].identifier; }
  bool IsDottedName(Symbol symbol) const { return entries_[symbol].dotted; }
  bool AnnouncesName(Symbol symbol) const { return entries_[symbol].announces; }
  // Whether it is a delimiter of this one mark.
  bool IsMark(Symbol symbol, char mark) const {
    const Entry& entry = entries_[symbol];
    return entry.delimiter && entry.text.size() == 1 && entry.text[0] == mark;
  }
  // The only mark, or 0.
  char MarkOf(Symbol symbol) const {
    const Entry& entry = entries_[symbol];
    return entry.delimiter && entry.text.size() == 1 ? entry.text[0] : '\0';
  }

  Key KeyOf(ByteView content, const Vector<Token>& tokens);
  // The same with values that stand in a row, or in a list, as one.
  Key JoinValues(const Key& key) const;

 private:
  struct Entry {
    ByteView text;
    bool word = false;
    bool delimiter = false;
    bool identifier = false;
    bool dotted = false;
    bool announces = false;
  };

  Symbol Add(Entry entry);
  size_t GapBeforeValue(const Key& key) const;

  Deque<ByteBuffer> texts_;
  Vector<Entry> entries_;
  HashMap<ByteView, Symbol> words_;
  HashMap<ByteView, Symbol> runs_;   // delimiters of several marks
  std::array<Symbol, 256> marks_{};  // those of one; 0: not seen
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_KEY_H_
