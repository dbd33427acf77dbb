#include "search/expression.h"

#include <algorithm>
#include <iterator>

namespace logpress::search {
namespace {

using Kind = Expression::Kind;

void AppendByte(size_t byte, std::string* text) {
  constexpr char kDigits[] = "0123456789abcdef";
  const char c = static_cast<char>(byte);
  if (IsWordByte(c)) {
    *text += c;
    return;
  }
  *text += "\\x";
  *text += kDigits[byte >> 4];
  *text += kDigits[byte & 15];
}

void AppendBytes(const ByteSet& bytes, std::string* text) {
  if (bytes.none()) {
    *text += "[^\\x00-\\xff]";
    return;
  }
  const bool one = bytes.count() == 1;
  if (!one) *text += '[';
  for (size_t first = 0; first < bytes.size(); ++first) {
    if (!bytes[first]) continue;
    size_t last = first;
    while (last + 1 < bytes.size() && bytes[last + 1]) ++last;
    AppendByte(first, text);
    if (last > first) {
      *text += '-';
      AppendByte(last, text);
    }
    first = last;
  }
  if (!one) *text += ']';
}

void Append(const Expression& expression, std::string* text);

void AppendAll(const std::vector<Expression>& parts, std::string_view between, std::string* text) {
  for (const Expression& part : parts) {
    if (&part != parts.data()) *text += between;
    Append(part, text);
  }
}

void AppendRepeat(const Expression& repeat, std::string* text) {
  *text += "(?:";
  Append(repeat.parts[0], text);
  *text += "){" + std::to_string(repeat.min) + ",";
  if (repeat.max != Expression::kNoMax) *text += std::to_string(repeat.max);
  *text += '}';
}

void Append(const Expression& expression, std::string* text) {
  switch (expression.kind) {
    case Kind::kEmpty:
      *text += "(?:)";
      break;
    case Kind::kBytes:
      AppendBytes(expression.bytes, text);
      break;
    case Kind::kConcat:
      AppendAll(expression.parts, "", text);
      break;
    case Kind::kAlternate:
      *text += "(?:";
      AppendAll(expression.parts, "|", text);
      *text += ')';
      break;
    case Kind::kRepeat:
      AppendRepeat(expression, text);
      break;
    case Kind::kLineBegin:
      *text += "(?m:^)";
      break;
    case Kind::kLineEnd:
      *text += "(?m:$)";
      break;
    case Kind::kWordBegin:  // word_edges.h has left no more of these two than that
    case Kind::kWordEnd:
    case Kind::kWordEdge:
      *text += "\\b";
      break;
    case Kind::kNoWordEdge:
      *text += "\\B";
      break;
  }
}

}  // namespace

ByteSet WordBytes() {
  ByteSet bytes;
  for (size_t byte = 0; byte < bytes.size(); ++byte)
    bytes[byte] = IsWordByte(static_cast<char>(byte));
  return bytes;
}

Expression Expression::Concat(std::vector<Expression> parts) {
  std::vector<Expression> flat;
  for (Expression& part : parts) {
    if (part.kind == Kind::kConcat) {
      std::move(part.parts.begin(), part.parts.end(), std::back_inserter(flat));
    } else if (part.kind != Kind::kEmpty) {
      flat.push_back(std::move(part));
    }
  }
  if (flat.empty()) return Empty();
  if (flat.size() == 1) return std::move(flat[0]);
  return {Kind::kConcat, {}, std::move(flat), 0, 0};
}

Expression Expression::Alternate(std::vector<Expression> parts) {
  if (parts.empty()) return Bytes({});
  if (parts.size() == 1) return std::move(parts[0]);
  return {Kind::kAlternate, {}, std::move(parts), 0, 0};
}

Expression Expression::Repeat(Expression part, int min, int max) {
  if (max == 0) return Empty();
  if (min == 1 && max == 1) return part;
  Expression repeat{Kind::kRepeat, {}, {}, min, max};
  repeat.parts.push_back(std::move(part));
  return repeat;
}

bool MayBeEmpty(const Expression& expression) {
  const auto& parts = expression.parts;
  switch (expression.kind) {
    case Kind::kBytes:
      return false;
    case Kind::kConcat:
      return std::all_of(parts.begin(), parts.end(), MayBeEmpty);
    case Kind::kAlternate:
      return std::any_of(parts.begin(), parts.end(), MayBeEmpty);
    case Kind::kRepeat:
      return expression.min == 0 || MayBeEmpty(parts[0]);
    default:
      return true;
  }
}

std::string Re2Text(const Expression& expression) {
  std::string text;
  Append(expression, &text);
  return text;
}

}  // namespace logpress::search
