// Queries in a part of LogQL, read: which lines, and what is counted of them. docs/query.md says
// which part.
#ifndef LOGPRESS_CLI_QUERY_EXPRESSION_H_
#define LOGPRESS_CLI_QUERY_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace re2 {
class RE2;
}

namespace logpress::cli::query {

// What a label's value is compared with.
enum class Unit { kText, kNumber, kSeconds, kBytes };

enum class Operator { kEqual, kUnequal, kMatches, kMatchesNot, kLess, kAtMost, kMore, kAtLeast };

// label op value
struct Comparison {
  std::string label;
  Operator op = Operator::kEqual;
  Unit unit = Unit::kText;
  std::string text;
  double number = 0;                       // in the unit
  std::shared_ptr<const re2::RE2> regexp;  // of the whole value, for kMatches and kMatchesNot
};

// A comparison, or several conditions of which all or any must hold.
struct Condition {
  enum class Kind { kComparison, kAll, kAny };
  Kind kind = Kind::kAll;
  Comparison comparison;
  std::vector<Condition> parts;
};

// A string or an expression that a line must hold, or must not.
struct LineFilter {
  bool negated = false;
  std::string text;
  std::shared_ptr<const re2::RE2> regexp;  // instead of the text
};

struct Selection {
  std::vector<LineFilter> filters;    // all must hold
  std::vector<Condition> conditions;  // likewise
};

enum class Function { kLines, kCount, kRate, kBytes, kBytesRate };

struct Expression {
  Function function = Function::kLines;  // kLines: the lines themselves
  Selection selection;
  int64_t width = 0;  // of the spans of time, in microseconds; 0: all is one
  std::vector<std::string> by;
  std::optional<size_t> top;  // of each span only so many, those with the largest values
  bool bottom = false;        // or the smallest
};

// kInvalidArgument with "what; what to do", and where.
absl::StatusOr<Expression> Parse(std::string_view text);

// "1.5" with what is behind it: "ms", "KB", "" ...: seconds, bytes or a plain number; nothing if
// the number or the unit is none.
struct Quantity {
  Unit unit;
  double number;
};
std::optional<Quantity> ParseQuantity(std::string_view number, std::string_view unit);

}  // namespace logpress::cli::query

#endif  // LOGPRESS_CLI_QUERY_EXPRESSION_H_
