#include "statement/template_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "statement/spans.h"
#include "statement/tokens.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr size_t kNone = ByteView::npos;

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

bool IsOneWord(ByteView value) {
  return std::none_of(value.begin(), value.end(),
                      [](char byte) { return IsDelimiter(byte) || IsBlank(byte); });
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
  TextMaker(const Key& key, const Symbols& symbols, std::span<const ByteView> examples) {
    for (const Symbol symbol : key) {
      if (symbol == kValueSymbol) {
        loose_.emplace_back();
      } else {
        loose_.back().append(symbols.TextOf(symbol));
      }
    }
    TemplateText loose;
    for (size_t i = 0; i < loose_.size(); ++i) {
      if (i > 0) loose.AppendSlot();
      loose.AppendText(loose_[i]);
    }
    columns_.resize(loose_.size() - 1);
    pieces_.resize(loose_.size());
    if (loose.slots() != columns_.size()) return;
    Values values;
    for (const ByteView example : examples) {
      if (!loose.Match(example, /*loose=*/true, &values)) continue;
      const char* at = example.data();
      for (size_t i = 0; i < values.size(); ++i) {
        pieces_[i].emplace_back(at, values[i].data());
        at = values[i].data() + values[i].size();
        columns_[i].push_back(values[i]);
      }
      pieces_.back().emplace_back(at, example.data() + example.size());
    }
  }

  TemplateTexts Make() {
    TemplateTexts texts;
    for (size_t i = 0; i < loose_.size(); ++i) {
      if (i > 0) {
        AppendColumn(columns_[i - 1], loose_[i].starts_with('('), &texts.fine);
        texts.coarse.AppendSlot();
      }
      AppendPiece(i, /*fine=*/true, &texts.fine);
      AppendPiece(i, /*fine=*/false, &texts.coarse);
    }
    return texts;
  }

 private:
  // The piece with the blanks that it has in the examples. Where these differ, the value beside
  // them takes what is more than one; between two words they are a value themselves.
  void AppendPiece(size_t i, bool fine, TemplateText* text) const {
    const ByteView piece = loose_[i];
    const Values& actual = pieces_[i];
    if (actual.empty() || piece.find(' ') == kNone) return text->AppendText(piece);
    if (fine && AllEqual(actual)) return text->AppendText(actual[0]);
    Vector<size_t> at(actual.size(), 0);
    Values runs(actual.size());
    for (size_t p = 0; p < piece.size();) {
      const size_t blank = std::min(piece.find(' ', p), piece.size());
      text->AppendText(piece.substr(p, blank - p));
      if (blank == piece.size()) return;
      for (size_t row = 0; row < actual.size(); ++row) {
        const size_t begin = at[row] += blank - p;
        while (at[row] < actual[row].size() && IsBlank(actual[row][at[row]])) ++at[row];
        runs[row] = actual[row].substr(begin, at[row] - begin);
      }
      p = blank + 1;
      if ((blank == 0 && i > 0) || (p == piece.size() && i + 1 < loose_.size())) {
        text->AppendText(BlankBesideValue(runs, fine));
      } else if (AllEqual(runs)) {
        text->AppendText(runs[0]);
      } else {
        text->AppendSlot();
      }
    }
  }

  // What all have in common at either end.
  static ByteView BlankBesideValue(const Values& runs, bool fine) {
    if (fine && AllEqual(runs)) return runs[0];
    const bool spaces = std::all_of(runs.begin(), runs.end(), [](ByteView run) {
      return run.find_first_not_of(' ') == ByteView::npos;
    });
    return spaces ? ByteView(" ") : ByteView();
  }

  // Divides the values where all have the same marks. `called`: behind them stands '('.
  static void AppendColumn(const Values& values, bool called, TemplateText* text) {
    if (values.empty() || std::all_of(values.begin(), values.end(), IsAddress))
      return text->AppendSlot();
    if (std::all_of(values.begin(), values.end(), IsOneWord))
      return AppendWord(values, called, text);
    Vector<Values> parts(values.size());
    for (size_t row = 0; row < values.size(); ++row) DivideValue(values[row], &parts[row]);
    const Values& first = parts[0];
    for (const Values& row : parts) {
      bool same = row.size() == first.size();
      for (size_t i = 1; same && i < row.size(); i += 2) same = SameMark(row[i], first[i]);
      if (!same) return text->AppendSlot();
    }
    Values column(values.size());
    for (size_t i = 0; i < first.size(); ++i) {
      for (size_t row = 0; row < parts.size(); ++row) column[row] = parts[row][i];
      if (i % 2 == 0) {
        AppendWord(column, called && i + 1 == first.size(), text);
      } else {
        text->AppendText(IsBlank(first[i][0]) ? BlankBesideValue(column, /*fine=*/true) : first[i]);
      }
    }
  }

  static bool SameMark(ByteView a, ByteView b) {
    return a == b || (IsBlank(a[0]) && IsBlank(b[0]));
  }

  static void AppendWord(const Values& words, bool called, TemplateText* text) {
    const ByteView first = words[0];
    const bool equal = AllEqual(words);
    // Words that are there or not are told by no mark between two slots.
    if (equal && first.empty()) return;
    const bool plain =
        !HasDigit(first) && !IsLiteral(first) && first.find('/') == kNone && !IsDottedName(first);
    const bool function =
        called && IsLetter(first[0]) && std::all_of(first.begin(), first.end(), IsNameByte);
    if (equal && ((plain && words.size() > 1) || function || IsUnit(first)))
      return text->AppendText(first);
    const ByteView name = NamedNumber(first);
    if (!name.empty() && std::all_of(words.begin(), words.end(),
                                     [&](ByteView word) { return NamedNumber(word) == name; }))
      text->AppendText(name);
    text->AppendSlot();
  }

  Vector<ByteBuffer> loose_{1};  // the pieces of the key, with one blank for each run
  Vector<Values> columns_;       // per value of the key, those of the examples
  Vector<Values> pieces_;        // per piece, its text in the examples
};

}  // namespace

TemplateText TemplateText::OfAny() {
  TemplateText any;
  any.AppendSlot();
  return any;
}

void TemplateText::AppendText(ByteView text) {
  pieces_.back().append(text);
  text_.append(text);
  for (size_t at = pieces_.back().find(kSlot); at != kNone; at = pieces_.back().find(kSlot)) {
    ByteBuffer rest = pieces_.back().substr(at + kSlot.size());
    pieces_.back().resize(at);
    pieces_.push_back(std::move(rest));
  }
}

void TemplateText::AppendSlot() {
  pieces_.emplace_back();
  text_.append(kSlot);
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

TemplateTexts MakeTexts(const Key& key, const Symbols& symbols,
                        std::span<const ByteView> examples) {
  return TextMaker(key, symbols, examples).Make();
}

}  // namespace logpress::statement
