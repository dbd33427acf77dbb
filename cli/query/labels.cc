#include "cli/query/labels.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"

namespace logpress::cli::query {
namespace {

bool IsLetter(char byte) { return absl::ascii_isalpha(static_cast<unsigned char>(byte)); }
bool IsNameByte(char byte) {
  return absl::ascii_isalnum(static_cast<unsigned char>(byte)) || byte == '_' || byte == '-' ||
         byte == '.';
}

// maxWait, max-wait and max.wait as maxwait, max_wait and max_wait.
std::string Normal(std::string_view name) {
  std::string normal;
  for (const char byte : name) {
    const auto letter = static_cast<unsigned char>(byte);
    normal += absl::ascii_isalnum(letter) ? static_cast<char>(absl::ascii_tolower(letter)) : '_';
  }
  return normal;
}

// The name that stands before a slot: of uid=<*>, "status": <*>, took <*>.
std::string NameBefore(ByteView text) {
  const size_t last = text.find_last_not_of(" \t=:\"'([{<");
  if (last == ByteView::npos) return {};
  size_t begin = last + 1;
  while (begin > 0 && IsNameByte(text[begin - 1])) --begin;
  while (begin <= last && !IsLetter(text[begin])) ++begin;
  return Normal(text.substr(begin, last + 1 - begin));
}

ByteView UnitBehind(ByteView text) {
  size_t begin = 0;
  while (begin < text.size() && text[begin] == ' ') ++begin;
  size_t end = begin;
  while (end < text.size() && IsLetter(text[end])) ++end;
  const ByteView unit = text.substr(begin, end - begin);
  return unit.empty() || !ParseQuantity("1", unit) ? ByteView() : unit;
}

std::optional<Quantity> QuantityOf(const LabelValue& value) {
  const size_t unit = std::min(value.text.find_first_not_of("-0123456789."), value.text.size());
  ByteView own = value.text.substr(unit);
  while (own.starts_with(' ')) own.remove_prefix(1);
  return ParseQuantity(value.text.substr(0, unit), own.empty() ? value.unit : own);
}

bool Compares(const LabelValue& value, const Comparison& with) {
  if (with.op == Operator::kMatches || with.op == Operator::kMatchesNot) {
    const bool matches =
        re2::RE2::FullMatch(re2::StringPiece(value.text.data(), value.text.size()), *with.regexp);
    return matches == (with.op == Operator::kMatches);
  }
  if (with.unit == Unit::kText) return (value.text == with.text) == (with.op == Operator::kEqual);
  const std::optional<Quantity> quantity = QuantityOf(value);
  // A number without a unit is compared with whatever is written.
  if (!quantity || (with.unit != Unit::kNumber && quantity->unit != with.unit)) return false;
  double number = quantity->number;
  if (with.unit == Unit::kNumber && quantity->unit != Unit::kNumber) {
    const size_t end = std::min(value.text.find_first_not_of("-0123456789."), value.text.size());
    number = ParseQuantity(value.text.substr(0, end), "")->number;
  }
  switch (with.op) {
    case Operator::kEqual:
      return number == with.number;
    case Operator::kUnequal:
      return number != with.number;
    case Operator::kLess:
      return number < with.number;
    case Operator::kAtMost:
      return number <= with.number;
    case Operator::kMore:
      return number > with.number;
    default:
      return number >= with.number;
  }
}

}  // namespace

const std::vector<Labels::Parameter>& Labels::ParametersOf(const statement::Form& form) {
  const auto [entry, added] = parameters_.try_emplace(&form);
  if (!added) return entry->second;
  for (size_t i = 0; i < form.text.slots(); ++i)
    entry->second.push_back({NameBefore(form.text.piece(i)), UnitBehind(form.text.piece(i + 1))});
  return entry->second;
}

LabelValue Labels::Of(const statement::Row& row, std::string_view label) {
  const std::string name = Normal(label);
  const Vector<std::string>& fields = row.header->names();
  for (size_t i = 0; i < fields.size(); ++i)
    if (Normal(fields[i]) == name) return {row.fields[i], {}};
  if (name == "statement") return {row.statement->id(), {}};
  if (name == "template") return {row.statement->text(), {}};
  const std::vector<Parameter>& parameters = ParametersOf(*row.form);
  for (size_t i = 0; i < parameters.size(); ++i)
    if (parameters[i].name == name) return {row.values[i], parameters[i].unit};
  return {};
}

bool Labels::Holds(const statement::Row& row, const Condition& condition) {
  const auto holds = [&](const Condition& part) { return Holds(row, part); };
  switch (condition.kind) {
    case Condition::Kind::kAll:
      return std::all_of(condition.parts.begin(), condition.parts.end(), holds);
    case Condition::Kind::kAny:
      return std::any_of(condition.parts.begin(), condition.parts.end(), holds);
    case Condition::Kind::kComparison:
      break;
  }
  return Compares(Of(row, condition.comparison.label), condition.comparison);
}

}  // namespace logpress::cli::query
