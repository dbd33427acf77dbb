#include "statement/header_sample.h"

#include <algorithm>

#include "statement/words.h"

namespace logpress::statement {
namespace {

ByteView TextOf(const SampledLine& line, const Field& field) {
  return line.line.substr(field.begin, field.end - field.begin);
}

}  // namespace

bool LooksLikeTime(ByteView field) {
  constexpr size_t kMostLetters = 6;  // of a month and a day of the week
  size_t marks = 0;
  size_t digits = 0;
  size_t letters = 0;
  bool clock = false;
  for (size_t i = 0; i < field.size(); ++i) {
    const char byte = field[i];
    digits += IsDigit(byte) ? 1 : 0;
    letters += IsLetter(byte) ? 1 : 0;
    if (letters > kMostLetters) return false;
    marks += byte == ':' || byte == '-' || byte == '/' || byte == '.' ? 1 : 0;
    clock |= byte == ':' && i > 0 && i + 1 < field.size() && IsDigit(field[i - 1]) &&
             IsDigit(field[i + 1]);
  }
  if (digits < 4) return false;
  return clock || (letters == 0 && (marks >= 2 || digits >= 10));
}

Column ColumnOf(const Vector<SampledLine>& sample, size_t c) {
  Column column;
  for (const SampledLine& each : sample) {
    if (each.fields.size() <= c) continue;
    const Field& field = each.fields[c];
    ++column.lines;
    ++column.forms[static_cast<size_t>(field.form)];
    column.times += LooksLikeTime(TextOf(each, field)) ? 1 : 0;
    if (field.end + 1 < each.line.size() && IsBlank(each.line[field.end]) &&
        IsBlank(each.line[field.end + 1]))
      ++column.padded;
  }
  for (size_t form = 0; form < kFieldForms; ++form) {
    if (column.forms[form] > column.Of(column.top)) column.top = static_cast<FieldForm>(form);
  }
  return column;
}

size_t CountNames(const Vector<SampledLine>& sample, size_t c) {
  HashMap<ByteView, bool> names;
  for (const SampledLine& each : sample)
    if (each.fields.size() > c) names.try_emplace(TextOf(each, each.fields[c]), true);
  return names.size();
}

}  // namespace logpress::statement
