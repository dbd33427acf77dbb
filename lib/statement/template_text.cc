#include "statement/template_text.h"

#include <algorithm>
#include <string_view>

#include "statement/spans.h"
#include "statement/tokens.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr size_t kNone = ByteView::npos;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

// Where `piece` ends if it stands at content[at]; kNone if it does not.
size_t EndAt(ByteView piece, ByteView content, size_t at, bool loose) {
  if (!loose) return content.substr(at).starts_with(piece) ? at + piece.size() : kNone;
  for (const char byte : piece) {
    if (at == content.size()) return kNone;
    if (byte == ' ' && IsBlank(content[at])) {
      while (at < content.size() && IsBlank(content[at])) ++at;
    } else if (content[at++] != byte) {
      return kNone;
    }
  }
  return at;
}

// The first place from `at` on where `piece` stands, and its end.
bool FindPiece(ByteView piece, ByteView content, size_t at, bool loose, size_t* begin,
               size_t* end) {
  for (; at <= content.size(); ++at) {
    if (!piece.empty() && piece[0] != ' ') {
      at = content.find(piece[0], at);
      if (at == kNone) return false;
    }
    *end = EndAt(piece, content, at, loose);
    if (*end == kNone) continue;
    *begin = at;
    return true;
  }
  return false;
}

// What a value is divided at: the marks of tokens.h, and runs of blanks.
size_t EndOfMark(ByteView value, size_t i) {
  if (IsDelimiter(value[i])) return i + 1;
  while (i < value.size() && IsBlank(value[i])) ++i;
  return i;
}

// A value as words and marks by turns, beginning and ending with a word, which may be empty.
void DivideValue(ByteView value, Vector<ByteView>* parts) {
  parts->clear();
  size_t begin = 0;
  for (size_t i = 0; i < value.size();) {
    const size_t end = EndOfMark(value, i);
    if (end == i) {
      ++i;
      continue;
    }
    parts->push_back(value.substr(begin, i - begin));
    parts->push_back(value.substr(i, end - i));
    begin = i = end;
  }
  parts->push_back(value.substr(begin));
}

// "core." of core.2384, "node-" of node-12: letters and a mark before a number; empty if there is
// none.
ByteView NamedNumber(ByteView word) {
  size_t i = 0;
  while (i < word.size() && IsLetter(word[i])) ++i;
  if (i == 0 || i + 1 >= word.size() || (word[i] != '.' && word[i] != '-' && word[i] != '#'))
    return {};
  const ByteView digits = word.substr(i + 1);
  return std::all_of(digits.begin(), digits.end(), IsDigit) ? word.substr(0, i + 1) : ByteView();
}

using Values = Vector<ByteView>;

bool AllEqual(const Values& values) {
  return std::all_of(values.begin(), values.end(),
                     [&](ByteView value) { return value == values[0]; });
}

class TextMaker {
 public:
  TextMaker(const Key& key, const Symbols& symbols, std::span<const ByteView> examples)
      : key_(key), symbols_(symbols) {
    for (const Symbol symbol : key) {
      if (symbol == kValueSymbol) {
        coarse_.AppendSlot();
      } else {
        coarse_.AppendText(symbols.TextOf(symbol));
      }
    }
    columns_.resize(coarse_.slots());
    Values values;
    for (const ByteView example : examples) {
      if (!coarse_.Match(example, /*loose=*/true, &values)) continue;
      for (size_t i = 0; i < values.size(); ++i) columns_[i].push_back(values[i]);
    }
  }

  TemplateText Make() {
    size_t slot = 0;
    for (size_t i = 0; i < key_.size(); ++i) {
      if (key_[i] != kValueSymbol) {
        text_.AppendText(symbols_.TextOf(key_[i]));
        continue;
      }
      const bool called = i + 1 < key_.size() && symbols_.IsMark(key_[i + 1], '(');
      AppendColumn(columns_[slot++], called);
    }
    return std::move(text_);
  }

 private:
  // Divides the values where all have the same marks. `called`: behind them stands '('.
  void AppendColumn(const Values& values, bool called) {
    if (values.empty() || std::all_of(values.begin(), values.end(), IsAddress)) {
      text_.AppendSlot();
      return;
    }
    Vector<Values> parts(values.size());
    for (size_t row = 0; row < values.size(); ++row) DivideValue(values[row], &parts[row]);
    const Values& first = parts[0];
    for (const Values& row : parts) {
      bool same = row.size() == first.size();
      for (size_t i = 1; same && i < row.size(); i += 2) same = SameMark(row[i], first[i]);
      if (!same) {
        text_.AppendSlot();
        return;
      }
    }
    for (size_t i = 0; i < first.size(); ++i) {
      if (i % 2 == 1) {
        text_.AppendText(IsBlank(first[i][0]) ? " " : first[i]);
        continue;
      }
      Values column;
      for (const Values& row : parts) column.push_back(row[i]);
      AppendWord(column, called && i + 1 == first.size());
    }
  }

  static bool SameMark(ByteView a, ByteView b) {
    return a == b || (IsBlank(a[0]) && IsBlank(b[0]));
  }

  void AppendWord(const Values& words, bool called) {
    const ByteView first = words[0];
    const bool equal = AllEqual(words);
    // Words that are there or not are told by no mark between two slots.
    if (equal && first.empty()) return;
    const bool plain =
        !HasDigit(first) && !IsLiteral(first) && first.find('/') == kNone && !IsDottedName(first);
    const bool function =
        called && IsLetter(first[0]) && std::all_of(first.begin(), first.end(), IsNameByte);
    if (equal && ((plain && words.size() > 1) || function || IsUnit(first))) {
      text_.AppendText(first);
      return;
    }
    const ByteView name = NamedNumber(first);
    if (!name.empty() && std::all_of(words.begin(), words.end(),
                                     [&](ByteView word) { return NamedNumber(word) == name; }))
      text_.AppendText(name);
    text_.AppendSlot();
  }

  const Key& key_;
  const Symbols& symbols_;
  TemplateText coarse_;
  TemplateText text_;
  Vector<Values> columns_;  // per value of the key, those of the examples
};

}  // namespace

ByteBuffer TemplateText::Text() const {
  ByteBuffer text;
  for (size_t i = 0; i < pieces_.size(); ++i) {
    if (i > 0) text.append(kSlot);
    text.append(pieces_[i]);
  }
  return text;
}

bool TemplateText::Match(ByteView content, bool loose, Vector<ByteView>* values) const {
  values->clear();
  size_t at = EndAt(pieces_[0], content, 0, loose);
  if (at == kNone) return false;
  for (size_t i = 1; i < pieces_.size(); ++i) {
    const ByteView piece = pieces_[i];
    size_t begin = 0;
    size_t end = 0;
    if (i + 1 < pieces_.size()) {
      if (!FindPiece(piece, content, at, loose, &begin, &end)) return false;
    } else {
      // The last one ends the content.
      end = kNone;
      size_t from = at;
      if (!loose)
        from = content.size() >= at + piece.size() ? content.size() - piece.size() : kNone;
      for (; from <= content.size(); from = begin + 1) {
        if (!FindPiece(piece, content, from, loose, &begin, &end)) return false;
        if (piece.empty()) begin = end = content.size();
        if (end == content.size()) break;
      }
      if (end != content.size()) return false;
    }
    values->push_back(content.substr(at, begin - at));
    at = end;
  }
  return at == content.size();
}

TemplateText MakeText(const Key& key, const Symbols& symbols, std::span<const ByteView> examples) {
  return TextMaker(key, symbols, examples).Make();
}

}  // namespace logpress::statement
