#include "statement/header.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "statement/header_sample.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

// Columns looked at; logs with more fields before the message are rare.
constexpr size_t kMostColumns = 12;
// How far on the field may stand that closes a header: "app *64 - message".
constexpr size_t kAhead = 2;
static_assert(kMostColumns + kAhead <= FieldList::kMost);
// Share of the lines that must agree. Nine of ten: an alert flag, a name with a blank in it.
constexpr double kShare = 0.9;
// Lines with a header among all, at least: the others belong to those before them.
constexpr double kLeastLines = 0.2;
// A column of names has at most so many different ones.
constexpr size_t kFewNames = 4;
constexpr size_t kMostNames = 64;
constexpr double kNamesShare = 0.05;
constexpr double kProcessShare = 0.3;

// What bytes are to a field, and all bytes of a word together.
enum : uint8_t { kDigitByte = 1, kTimeLetter = 2, kOtherLetter = 4, kEnd = 8 };
constexpr std::array<uint8_t, 256> Bytes() {
  std::array<uint8_t, 256> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char byte = static_cast<char>(i);
    if (IsDigit(byte)) bytes[i] = kDigitByte;
    if (IsLetter(byte)) bytes[i] = byte == 'T' || byte == 'Z' ? kTimeLetter : kOtherLetter;
    if (IsBlank(byte) || byte == '|') bytes[i] = kEnd;
  }
  return bytes;
}
constexpr std::array<uint8_t, 256> kBytes = Bytes();

FieldForm FormOf(std::string_view word, uint8_t bytes) {
  if (word == "-") return FieldForm::kDash;
  const bool digit = (bytes & kDigitByte) != 0;
  if (!digit && IsLevel(word)) return FieldForm::kLevel;
  if (word.size() > 1 && word.back() == ':') return FieldForm::kLabel;
  if (!digit) return IsCalendarName(word) ? FieldForm::kMonth : FieldForm::kWord;
  if ((bytes & (kTimeLetter | kOtherLetter)) == 0) return FieldForm::kNumber;
  // 2024-05-31T23:59:00Z: a digit at the front, and no other letter.
  const bool iso = IsDigit(word[0]) && (bytes & kOtherLetter) == 0;
  return iso && word.size() >= 10 ? FieldForm::kNumber : FieldForm::kMixed;
}

// The end of the bracket that opens at `begin`, or npos.
size_t BracketEnd(ByteView line, size_t begin) {
  int depth = 0;
  for (size_t i = begin; i < line.size(); ++i) {
    if (line[i] == '[') ++depth;
    if (line[i] != ']' || --depth > 0) continue;
    const size_t end = i + 1;
    if (end == line.size() || IsBlank(line[end]) || line[end] == '[') return end;
    return line[end] == ':' ? end + 1 : ByteView::npos;
  }
  return ByteView::npos;
}

bool Closes(FieldForm form) {
  return form == FieldForm::kLevel || form == FieldForm::kLabel || form == FieldForm::kBracket ||
         form == FieldForm::kDash || form == FieldForm::kPipe;
}

// How many lines have a field of the form in column c or up to two behind it.
size_t CountNear(const Vector<SampledLine>& sample, size_t c, FieldForm form) {
  size_t count = 0;
  for (const SampledLine& each : sample) {
    const size_t end = std::min(each.fields.size(), c + kAhead + 1);
    for (size_t i = c; i < end; ++i) {
      if (each.fields[i].form != form) continue;
      ++count;
      break;
    }
  }
  return count;
}

// The lines that begin in the commonest of the ways in which headers begin; all if there is none.
Vector<SampledLine> WithHeader(Vector<SampledLine> sample) {
  const Column first = ColumnOf(sample, 0);
  FieldForm top = FieldForm::kWord;
  for (const FieldForm form : {FieldForm::kNumber, FieldForm::kMonth, FieldForm::kMixed,
                               FieldForm::kBracket, FieldForm::kLevel, FieldForm::kDash}) {
    if (first.Of(form) > first.Of(top) || top == FieldForm::kWord) top = form;
  }
  const size_t count = first.Of(top);
  if (static_cast<double>(count) >= kShare * static_cast<double>(sample.size()) ||
      static_cast<double>(count) < kLeastLines * static_cast<double>(sample.size()))
    return sample;
  Vector<SampledLine> begun;
  size_t timed = 0;
  for (const SampledLine& each : sample) {
    if (each.fields.size() == 0 || each.fields[0].form != top) continue;
    const size_t looked_at = std::min<size_t>(each.fields.size(), 4);
    timed +=
        std::any_of(each.fields.begin(), each.fields.begin() + looked_at,
                    [&](const Field& field) {
                      return LooksLikeTime(each.line.substr(field.begin, field.end - field.begin));
                    })
            ? 1
            : 0;
    begun.push_back(each);
  }
  // Numbers that begin some lines are no header.
  if (static_cast<double>(timed) < kShare * static_cast<double>(begun.size())) return {};
  return begun;
}

}  // namespace

void SplitFields(ByteView line, size_t limit, FieldList* fields) {
  fields->Clear();
  size_t i = 0;
  while (fields->size() < limit) {
    while (i < line.size() && IsBlank(line[i])) ++i;
    if (i == line.size()) return;
    const size_t begin = i;
    const auto add = [&](FieldForm form) {
      fields->Add({form, static_cast<uint32_t>(begin), static_cast<uint32_t>(i)});
    };
    if (line[i] == '|') {
      ++i;
      add(FieldForm::kPipe);
      continue;
    }
    if (line[i] == '[') {
      if (const size_t end = BracketEnd(line, i); end != ByteView::npos) {
        i = end;
        const bool colon = line[end - 1] == ':';
        const ByteView inner = line.substr(begin + 1, end - begin - (colon ? 3 : 2));
        add(IsLevel(Trimmed(inner)) ? FieldForm::kLevel : FieldForm::kBracket);
        continue;
      }
    }
    uint8_t bytes = 0;
    for (; i < line.size(); ++i) {
      const uint8_t byte = kBytes[static_cast<unsigned char>(line[i])];
      if (byte == kEnd) break;
      bytes |= byte;
    }
    add(FormOf(line.substr(begin, i - begin), bytes));
  }
}

Header Header::Find(std::span<const ByteView> lines) {
  Vector<SampledLine> all;
  for (const ByteView line : lines) {
    if (Trimmed(line).empty()) continue;
    all.push_back({line, {}});
    SplitFields(line, kMostColumns + kAhead, &all.back().fields);
  }
  const Vector<SampledLine> sample = WithHeader(std::move(all));
  const auto n = static_cast<double>(sample.size());
  const auto most = [&](size_t count) { return static_cast<double>(count) >= kShare * n; };
  const auto share = [&](double part) { return static_cast<size_t>(part * n); };

  Header header;
  Vector<uint8_t> forms;
  bool closed = false;
  bool timed = false;    // behind a time
  bool certain = false;  // it has a time or a level, without which fields are no header
  const auto extend = [&](FieldForm form) {
    header.forms_ = forms;
    header.last_ = static_cast<uint8_t>(form);
  };
  for (size_t c = 0; c < kMostColumns && !sample.empty(); ++c) {
    const Column column = ColumnOf(sample, c);
    if (column.lines == 0) break;
    const bool agreed = most(column.Of(column.top)) && column.top != FieldForm::kWord;
    forms.push_back(agreed ? static_cast<uint8_t>(column.top) : kAny);
    if (agreed) {
      const bool number = column.top == FieldForm::kNumber || column.top == FieldForm::kMonth ||
                          (column.top == FieldForm::kMixed && !closed);
      if (!number && !Closes(column.top)) break;
      // Behind a level and words: of the message.
      if (number && closed && header.forms_.size() < c) break;
      extend(column.top);
      timed |= number || column.top == FieldForm::kBracket;
      certain |=
          column.top == FieldForm::kMonth || column.top == FieldForm::kLevel || most(column.times);
      if (column.top == FieldForm::kLabel && timed) break;
      closed |= column.top == FieldForm::kLevel || column.top == FieldForm::kPipe ||
                column.top == FieldForm::kLabel || (column.top == FieldForm::kDash && c > 0);
      continue;
    }
    const size_t words = column.Of(FieldForm::kWord);
    const size_t mixed = column.Of(FieldForm::kMixed);
    const size_t labels = column.Of(FieldForm::kLabel);
    const size_t dashes = column.Of(FieldForm::kDash);
    // What closes the header stands here or, behind a name of several words, a little farther on.
    if (!closed && (column.top == FieldForm::kWord || column.top == FieldForm::kDash ||
                    column.top == FieldForm::kLabel)) {
      bool found = false;
      for (const FieldForm close : {FieldForm::kDash, FieldForm::kLabel}) {
        if (found || column.Of(close) < share(0.5) || !most(CountNear(sample, c, close))) continue;
        extend(close);
        found = closed = true;
      }
      if (found) continue;
    }
    // A name behind the level that stands in a column of its own width.
    if (header.last_ == static_cast<uint8_t>(FieldForm::kLevel) && header.forms_.size() == c &&
        most(words) && most(column.padded) && CountNames(sample, c) <= 2 * kFewNames) {
      extend(FieldForm::kWord);
      break;
    }
    // Names of hosts, components and processes: passed over, in case something closes behind them.
    if (!closed && mixed >= share(kProcessShare) && most(mixed + words)) continue;
    const size_t soft = words + mixed + labels + dashes + column.Of(FieldForm::kLevel) +
                        column.Of(FieldForm::kNumber);
    const bool named = !closed && most(words + mixed + labels);
    if (!most(soft) && !named) break;
    const size_t names = CountNames(sample, c);
    if (most(soft) && names <= std::max(kFewNames, std::min(kMostNames, share(kNamesShare))))
      continue;
    if (named && names <= share(kProcessShare)) continue;
    break;
  }
  if (!certain) return {};
  header.SetNames(sample);
  return header;
}

size_t Header::SizeIn(ByteView line) const {
  if (forms_.empty()) return 0;
  FieldList fields;
  SplitFields(line, forms_.size(), &fields);
  if (fields.size() < forms_.size()) return 0;
  // Numbers are where they should be: the rest may vary.
  for (size_t c = 0; c < forms_.size(); ++c) {
    const auto number = static_cast<uint8_t>(FieldForm::kNumber);
    if (forms_[c] == number && fields[c].form != FieldForm::kNumber &&
        fields[c].form != FieldForm::kMixed)
      return 0;
  }
  const auto last = static_cast<FieldForm>(last_);
  size_t end = fields[forms_.size() - 1].end;
  if (Closes(last) && fields[forms_.size() - 1].form != last) {
    SplitFields(line, forms_.size() + kAhead, &fields);
    for (size_t i = forms_.size(); i < fields.size(); ++i) {
      if (fields[i].form != last) continue;
      end = fields[i].end;
      break;
    }
  }
  while (end < line.size() && IsBlank(line[end])) ++end;
  return end;
}

ByteView Header::ContentOf(ByteView line) const { return Trimmed(line.substr(SizeIn(line))); }

size_t Header::CountIn(std::span<const ByteView> lines) const {
  return static_cast<size_t>(std::count_if(lines.begin(), lines.end(),
                                           [this](ByteView line) { return SizeIn(line) > 0; }));
}

}  // namespace logpress::statement
