#include "statement/text_maker.h"

#include <algorithm>

#include "statement/spans.h"
#include "statement/tokens.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

constexpr size_t kNone = ByteView::npos;

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

// What all have in common at either end.
ByteView BlankBesideValue(const Values& runs, bool fine) {
  if (fine && AllEqual(runs)) return runs[0];
  const bool spaces = std::all_of(runs.begin(), runs.end(), [](ByteView run) {
    return run.find_first_not_of(' ') == ByteView::npos;
  });
  return spaces ? ByteView(" ") : ByteView();
}

bool SameMark(ByteView a, ByteView b) { return a == b || (IsBlank(a[0]) && IsBlank(b[0])); }

void AppendWord(const Values& words, bool called, TemplateText* text) {
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

}  // namespace

void TextMaker::Begin(KeyView key, std::span<const ByteView> examples) {
  loose_.Clear();
  for (const Symbol symbol : key) {
    if (symbol == kValueSymbol) {
      loose_.AppendSlot();
    } else {
      loose_.AppendText(symbols_.TextOf(symbol));
    }
  }
  if (pieces_.size() <= loose_.slots()) {
    columns_.resize(loose_.slots());
    pieces_.resize(loose_.slots() + 1);
  }
  for (Values& column : columns_) column.clear();
  for (Values& piece : pieces_) piece.clear();
  for (const ByteView example : examples) AddExample(example);
}

TemplateText TextMaker::Fine() {
  TemplateText text;
  for (size_t i = 0; i <= loose_.slots(); ++i) {
    if (i > 0) AppendColumn(columns_[i - 1], loose_.piece(i).starts_with('('), &text);
    AppendPiece(i, /*fine=*/true, &text);
  }
  return text;
}

TemplateText TextMaker::Coarse() {
  TemplateText text;
  for (size_t i = 0; i <= loose_.slots(); ++i) {
    if (i > 0) text.AppendSlot();
    AppendPiece(i, /*fine=*/false, &text);
  }
  return text;
}

void TextMaker::AddExample(ByteView example) {
  if (!loose_.Match(example, /*loose=*/true, &values_)) return;
  const char* at = example.data();
  for (size_t i = 0; i < values_.size(); ++i) {
    pieces_[i].emplace_back(at, values_[i].data());
    at = values_[i].data() + values_[i].size();
    columns_[i].push_back(values_[i]);
  }
  pieces_[values_.size()].emplace_back(at, example.data() + example.size());
}

// The piece with the blanks that it has in the examples. Where these differ, the value beside
// them takes what is more than one; between two words they are a value themselves.
void TextMaker::AppendPiece(size_t i, bool fine, TemplateText* text) {
  const ByteView piece = loose_.piece(i);
  const Values& actual = pieces_[i];
  if (actual.empty() || piece.find(' ') == kNone) return text->AppendText(piece);
  if (fine && AllEqual(actual)) return text->AppendText(actual[0]);
  at_.assign(actual.size(), 0);
  values_.resize(actual.size());
  for (size_t p = 0; p < piece.size();) {
    const size_t blank = std::min(piece.find(' ', p), piece.size());
    text->AppendText(piece.substr(p, blank - p));
    if (blank == piece.size()) return;
    for (size_t row = 0; row < actual.size(); ++row) {
      const size_t begin = at_[row] += blank - p;
      while (at_[row] < actual[row].size() && IsBlank(actual[row][at_[row]])) ++at_[row];
      values_[row] = actual[row].substr(begin, at_[row] - begin);
    }
    p = blank + 1;
    if ((blank == 0 && i > 0) || (p == piece.size() && i < loose_.slots())) {
      text->AppendText(BlankBesideValue(values_, fine));
    } else if (AllEqual(values_)) {
      text->AppendText(values_[0]);
    } else {
      text->AppendSlot();
    }
  }
}

// Divides the values where all have the same marks. `called`: behind them stands '('.
void TextMaker::AppendColumn(const Values& values, bool called, TemplateText* text) {
  if (values.empty() || std::all_of(values.begin(), values.end(), IsAddress))
    return text->AppendSlot();
  if (std::all_of(values.begin(), values.end(), IsOneWord)) return AppendWord(values, called, text);
  if (parts_.size() < values.size()) parts_.resize(values.size());
  for (size_t row = 0; row < values.size(); ++row) DivideValue(values[row], &parts_[row]);
  const Values& first = parts_[0];
  for (const Values& row : std::span(parts_).first(values.size())) {
    bool same = row.size() == first.size();
    for (size_t i = 1; same && i < row.size(); i += 2) same = SameMark(row[i], first[i]);
    if (!same) return text->AppendSlot();
  }
  column_.resize(values.size());
  for (size_t i = 0; i < first.size(); ++i) {
    for (size_t row = 0; row < values.size(); ++row) column_[row] = parts_[row][i];
    if (i % 2 == 0) {
      AppendWord(column_, called && i + 1 == first.size(), text);
    } else {
      text->AppendText(IsBlank(first[i][0]) ? BlankBesideValue(column_, /*fine=*/true) : first[i]);
    }
  }
}

}  // namespace logpress::statement
