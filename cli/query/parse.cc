// From the words of a query to what it asks.

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/match.h"
#include "base/status.h"
#include "cli/query/expression.h"
#include "cli/query/lexer.h"
#include "cli/text.h"

namespace logpress::cli::query {
namespace {

// Parentheses in one another.
constexpr int kMostDepth = 50;
constexpr int64_t kMaxRegexpMemory = int64_t{64} << 20;

struct UnitName {
  std::string_view name;
  Unit unit;
  double factor;
};
constexpr UnitName kUnits[] = {
    {"", Unit::kNumber, 1},
    {"ns", Unit::kSeconds, 1e-9},
    {"us", Unit::kSeconds, 1e-6},
    {"ms", Unit::kSeconds, 1e-3},
    {"msec", Unit::kSeconds, 1e-3},
    {"msecs", Unit::kSeconds, 1e-3},
    {"milliseconds", Unit::kSeconds, 1e-3},
    {"s", Unit::kSeconds, 1},
    {"sec", Unit::kSeconds, 1},
    {"secs", Unit::kSeconds, 1},
    {"second", Unit::kSeconds, 1},
    {"seconds", Unit::kSeconds, 1},
    {"m", Unit::kSeconds, 60},
    {"min", Unit::kSeconds, 60},
    {"mins", Unit::kSeconds, 60},
    {"minutes", Unit::kSeconds, 60},
    {"h", Unit::kSeconds, 3600},
    {"hours", Unit::kSeconds, 3600},
    {"d", Unit::kSeconds, 86400},
    {"days", Unit::kSeconds, 86400},
    {"w", Unit::kSeconds, 7 * 86400},
    {"b", Unit::kBytes, 1},
    {"bytes", Unit::kBytes, 1},
    {"kb", Unit::kBytes, 1e3},
    {"kib", Unit::kBytes, 1024},
    {"mb", Unit::kBytes, 1e6},
    {"mib", Unit::kBytes, 1048576},
    {"gb", Unit::kBytes, 1e9},
    {"gib", Unit::kBytes, 1073741824},
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  absl::StatusOr<Expression> Run() {
    LOGPRESS_RETURN_IF_ERROR(ReadMetric());
    if (Now().kind != TokenKind::kEnd) return Wrong("nothing may follow here; leave it out");
    const bool rate =
        expression_.function == Function::kRate || expression_.function == Function::kBytesRate;
    if (rate && expression_.width == 0)
      return Wrong("a rate needs a span of time; give it as in rate({} [1m])");
    return std::move(expression_);
  }

 private:
  const Token& Now() const { return tokens_[at_]; }
  bool Is(std::string_view mark) const {
    return Now().kind == TokenKind::kMark && Now().text == mark;
  }
  bool IsName(std::string_view name) const {
    return Now().kind == TokenKind::kName && Now().text == name;
  }
  bool Take(std::string_view mark) {
    if (!Is(mark)) return false;
    ++at_;
    return true;
  }
  absl::Status Wrong(std::string_view what) const {
    const Token& token = Now();
    return absl::InvalidArgumentError(
        token.kind == TokenKind::kEnd
            ? Cat("at its end: ", what)
            : Cat("at byte ", token.at + 1, " (", token.text, "): ", what));
  }
  absl::Status Expect(std::string_view mark) {
    return Take(mark) ? absl::OkStatus() : Wrong(Cat("there is no '", mark, "'; put it here"));
  }

  // topk(3, sum by (level) (rate({} [1m]))), or some of that, or what lines to show.
  absl::Status ReadMetric() {
    if (IsName("topk") || IsName("bottomk")) {
      expression_.bottom = Now().text == "bottomk";
      ++at_;
      LOGPRESS_RETURN_IF_ERROR(Expect("("));
      size_t top = 0;
      const std::string& text = Now().text;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), top);
      if (Now().kind != TokenKind::kNumber || error != std::errc() ||
          end != text.data() + text.size() || top == 0)
        return Wrong("how many are to be shown is no number; give one, as in topk(3, ...)");
      ++at_;
      expression_.top = top;
      LOGPRESS_RETURN_IF_ERROR(Expect(","));
      LOGPRESS_RETURN_IF_ERROR(ReadSum());
      return Expect(")");
    }
    return ReadSum();
  }

  absl::Status ReadSum() {
    if (!IsName("sum")) return ReadRange();
    ++at_;
    LOGPRESS_RETURN_IF_ERROR(ReadBy());
    LOGPRESS_RETURN_IF_ERROR(Expect("("));
    LOGPRESS_RETURN_IF_ERROR(ReadRange());
    LOGPRESS_RETURN_IF_ERROR(Expect(")"));
    if (expression_.function == Function::kLines)
      return Wrong("lines cannot be added; count them with count_over_time( ) or rate( )");
    return ReadBy();
  }

  absl::Status ReadBy() {
    if (!IsName("by")) return absl::OkStatus();
    ++at_;
    LOGPRESS_RETURN_IF_ERROR(Expect("("));
    do {
      if (Now().kind != TokenKind::kName) return Wrong("not a label; name one, such as level");
      expression_.by.push_back(tokens_[at_++].text);
    } while (Take(","));
    return Expect(")");
  }

  absl::Status ReadRange() {
    constexpr std::pair<std::string_view, Function> kFunctions[] = {
        {"count_over_time", Function::kCount},
        {"rate", Function::kRate},
        {"bytes_over_time", Function::kBytes},
        {"bytes_rate", Function::kBytesRate}};
    for (const auto& [name, function] : kFunctions) {
      if (!IsName(name)) continue;
      ++at_;
      expression_.function = function;
      LOGPRESS_RETURN_IF_ERROR(Expect("("));
      LOGPRESS_RETURN_IF_ERROR(ReadSelection());
      if (Take("[")) {
        LOGPRESS_RETURN_IF_ERROR(ReadWidth());
        LOGPRESS_RETURN_IF_ERROR(Expect("]"));
        // As Loki has it too: the range before the filters.
        LOGPRESS_RETURN_IF_ERROR(ReadStages());
      }
      return Expect(")");
    }
    if (expression_.top)
      return Wrong("not a count; give count_over_time( ), rate( ) or sum by ( ) ( ) of one");
    return ReadSelection();
  }

  absl::Status ReadWidth() {
    constexpr double kMostSeconds = 1e10;
    const std::optional<Quantity> width = QuantityNow();
    if (!width || width->unit != Unit::kSeconds || !(width->number >= 1e-3) ||
        width->number > kMostSeconds)
      return Wrong("not a span of time; give one such as 30s, 5m, 1h or 1d");
    ++at_;
    expression_.width = static_cast<int64_t>(width->number * 1e6);
    return absl::OkStatus();
  }

  absl::Status ReadSelection() {
    if (Take("{")) {
      while (!Take("}")) {
        LOGPRESS_ASSIGN_OR_RETURN(Condition condition, ReadComparison());
        expression_.selection.conditions.push_back(std::move(condition));
        if (!Is("}")) LOGPRESS_RETURN_IF_ERROR(Expect(","));
      }
    } else if (!Is("|=") && !Is("|~") && !Is("!=") && !Is("!~") && !Is("|")) {
      return Wrong("a query begins with { } and labels, a filter or a function; see logpress(1)");
    }
    return ReadStages();
  }

  absl::Status ReadStages() {
    for (;;) {
      if (Is("|=") || Is("!=") || Is("|~") || Is("!~")) {
        LineFilter filter;
        const std::string mark = tokens_[at_++].text;
        filter.negated = mark[0] == '!';
        if (Now().kind != TokenKind::kString)
          return Wrong("not a string; put what is looked for between \" \" or ` `");
        filter.text = Now().text;
        if (mark[1] == '~') {
          LOGPRESS_ASSIGN_OR_RETURN(filter.regexp, Compile(filter.text));
        }
        ++at_;
        expression_.selection.filters.push_back(std::move(filter));
      } else if (Take("|")) {
        LOGPRESS_ASSIGN_OR_RETURN(Condition condition, ReadAny(0));
        expression_.selection.conditions.push_back(std::move(condition));
      } else {
        return absl::OkStatus();
      }
    }
  }

  absl::StatusOr<Condition> ReadAny(int depth) { return ReadJoined(Condition::Kind::kAny, depth); }

  // Conditions with `or` between, or with `and` or a comma.
  absl::StatusOr<Condition> ReadJoined(Condition::Kind kind, int depth) {
    const bool any = kind == Condition::Kind::kAny;
    Condition joined;
    joined.kind = kind;
    for (;;) {
      LOGPRESS_ASSIGN_OR_RETURN(Condition part,
                                any ? ReadJoined(Condition::Kind::kAll, depth) : ReadTerm(depth));
      joined.parts.push_back(std::move(part));
      if (any ? !IsName("or") : !IsName("and") && !Is(",")) return joined;
      ++at_;
    }
  }

  absl::StatusOr<Condition> ReadTerm(int depth) {
    if (!Take("(")) return ReadComparison();
    if (depth == kMostDepth) return Wrong("too many parentheses in one another; leave some out");
    LOGPRESS_ASSIGN_OR_RETURN(Condition inside, ReadAny(depth + 1));
    LOGPRESS_RETURN_IF_ERROR(Expect(")"));
    return inside;
  }

  absl::StatusOr<Condition> ReadComparison() {
    constexpr std::pair<std::string_view, Operator> kOperators[] = {
        {"=", Operator::kEqual},    {"==", Operator::kEqual},      {"!=", Operator::kUnequal},
        {"=~", Operator::kMatches}, {"!~", Operator::kMatchesNot}, {"<", Operator::kLess},
        {"<=", Operator::kAtMost},  {">", Operator::kMore},        {">=", Operator::kAtLeast}};
    Condition condition;
    condition.kind = Condition::Kind::kComparison;
    Comparison& comparison = condition.comparison;
    if (Now().kind != TokenKind::kName)
      return Wrong("not a label; name one, as in level=\"ERROR\" or status >= 500");
    comparison.label = tokens_[at_++].text;
    bool found = false;
    for (const auto& [mark, op] : kOperators) {
      if (!Is(mark)) continue;
      comparison.op = op;
      found = true;
    }
    if (!found) return Wrong("not a comparison; there are = != =~ !~ < <= > >=");
    ++at_;
    LOGPRESS_RETURN_IF_ERROR(ReadValue(&comparison));
    return condition;
  }

  absl::Status ReadValue(Comparison* comparison) {
    const Operator op = comparison->op;
    const bool matches = op == Operator::kMatches || op == Operator::kMatchesNot;
    const bool orders = op != Operator::kEqual && op != Operator::kUnequal && !matches;
    if (Now().kind == TokenKind::kString && !orders) {
      comparison->text = Now().text;
      if (matches) {
        LOGPRESS_ASSIGN_OR_RETURN(comparison->regexp, Compile(comparison->text));
      }
      ++at_;
      return absl::OkStatus();
    }
    const std::optional<Quantity> quantity = QuantityNow();
    if (!quantity || matches) {
      return Wrong(orders ? "not a number; give one, such as 500, 1.5s or 10KB"
                          : "not a value; put text between \" \" or ` `");
    }
    comparison->unit = quantity->unit;
    comparison->number = quantity->number;
    ++at_;
    return absl::OkStatus();
  }

  std::optional<Quantity> QuantityNow() const {
    if (Now().kind != TokenKind::kNumber) return std::nullopt;
    const std::string_view text = Now().text;
    const size_t unit = std::min(text.find_first_not_of("-0123456789."), text.size());
    return ParseQuantity(text.substr(0, unit), text.substr(unit));
  }

  absl::StatusOr<std::shared_ptr<const re2::RE2>> Compile(const std::string& text) const {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMaxRegexpMemory);
    auto regexp = std::make_shared<const re2::RE2>(text, options);
    if (!regexp->ok()) return Wrong(Cat(regexp->error(), "; see re2's syntax, which LogQL's is"));
    return regexp;
  }

  const std::vector<Token> tokens_;
  size_t at_ = 0;
  Expression expression_;
};

}  // namespace

std::optional<Quantity> ParseQuantity(std::string_view number, std::string_view unit) {
  double value = 0;
  const char* const end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, value, std::chars_format::fixed);
  if (number.empty() || error != std::errc() || stop != end) return std::nullopt;
  for (const UnitName& each : kUnits) {
    if (absl::EqualsIgnoreCase(absl::string_view(each.name.data(), each.name.size()),
                               absl::string_view(unit.data(), unit.size())))
      return Quantity{each.unit, value * each.factor};
  }
  return std::nullopt;
}

absl::StatusOr<Expression> Parse(std::string_view text) {
  LOGPRESS_ASSIGN_OR_RETURN(std::vector<Token> tokens, Lex(text));
  return Parser(std::move(tokens)).Run();
}

}  // namespace logpress::cli::query
