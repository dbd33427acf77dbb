#include "statement/spans.h"

#include <string_view>

#include "statement/words.h"

namespace logpress::statement {
namespace {

// Whether a path or URL may begin behind `before`.
bool Opens(char before) {
  static constexpr ByteSet kOpens(" \t\r\n\"'([{<=,:");
  return kOpens(before);
}

// Bytes of a path; and those that stand between its parts, but end no path.
bool IsPathByte(char byte) {
  static constexpr ByteSet kEnds({" \t\r\n\0\"'()<>{}[],;:", 18});
  return !kEnds(byte);
}
bool JoinsPath(char byte) {
  static constexpr ByteSet kJoins(":=&?,;");
  return kJoins(byte);
}

// Hexadecimal groups of at most four digits with ':' between: at least four, or fewer around a
// "::".
size_t EndOfAddress(ByteView content, size_t begin) {
  size_t i = begin;
  size_t colons = 0;
  size_t group = 0;
  bool digit = false;
  bool shortened = false;
  for (; i < content.size() && (IsHexDigit(content[i]) || content[i] == ':'); ++i) {
    if (content[i] != ':') {
      if (++group > 4) return begin;
      digit |= IsDigit(content[i]);
      continue;
    }
    if (group == 0 && i > begin && content[i - 1] == ':') {
      if (shortened) return begin;
      shortened = true;
    }
    ++colons;
    group = 0;
  }
  if (i < content.size() && IsNameByte(content[i])) return begin;
  // A ':' behind it is none of it.
  if (i > begin && content[i - 1] == ':' && !(i > begin + 1 && content[i - 2] == ':')) {
    --i;
    --colons;
  }
  if (!digit || colons < (shortened ? 2U : 3U)) return begin;
  if (i < content.size() && content[i] == '%') {
    ++i;
    while (i < content.size() && IsNameByte(content[i])) ++i;
  }
  return i;
}

size_t EndOfPath(ByteView content, size_t begin) {
  size_t i = begin;
  if (IsLetter(content[i])) {
    while (i < content.size() &&
           (IsNameByte(content[i]) || content[i] == '+' || content[i] == '.' || content[i] == '-'))
      ++i;
    if (i + 1 >= content.size() || content[i] != ':') return begin;
    // A drive, or a scheme.
    const bool drive = i == begin + 1 && content[i + 1] == '\\';
    if (!drive && content[i + 1] != '/') return begin;
    ++i;
  } else if (content[i] != '/') {
    return begin;
  }
  const size_t root = i++;
  size_t end = root;
  while (i < content.size() && IsPathByte(content[i])) {
    while (i < content.size() && IsPathByte(content[i])) ++i;
    end = i;
    while (i < content.size() && JoinsPath(content[i])) ++i;
  }
  if (end <= root + 1) return begin;
  if (content[end - 1] == '.') --end;
  return end;
}

// a.b:12
size_t EndOfPlace(ByteView content, size_t begin) {
  size_t i = begin;
  bool dotted = false;
  while (i < content.size() && (IsNameByte(content[i]) || content[i] == '-' || content[i] == '.')) {
    dotted |= content[i] == '.' && i > begin && content[i - 1] != '.';
    ++i;
  }
  if (!dotted || content[i - 1] == '.' || i + 1 >= content.size() || content[i] != ':')
    return begin;
  const size_t digits = ++i;
  while (i < content.size() && IsDigit(content[i])) ++i;
  const bool ends = i == content.size() || (!IsNameByte(content[i]) && content[i] != '.');
  // A point behind the number may end the sentence.
  const bool point = i < content.size() && content[i] == '.' &&
                     (i + 1 == content.size() || IsBlank(content[i + 1]));
  return i > digits && (ends || point) ? i : begin;
}

}  // namespace

size_t EndOfSpan(ByteView content, size_t begin) {
  const char before = begin == 0 ? ' ' : content[begin - 1];
  const char first = content[begin];
  if (!IsNameByte(before) && before != ':' && before != '.' &&
      (IsHexDigit(first) || first == ':')) {
    if (const size_t end = EndOfAddress(content, begin); end > begin) return end;
  }
  if (Opens(before) && (IsLetter(first) || first == '/')) {
    if (const size_t end = EndOfPath(content, begin); end > begin) return end;
  }
  if (!IsNameByte(before) && before != '.' && before != '-' && IsNameByte(first))
    return EndOfPlace(content, begin);
  return begin;
}

bool IsAddress(ByteView value) { return !value.empty() && EndOfAddress(value, 0) == value.size(); }

}  // namespace logpress::statement
