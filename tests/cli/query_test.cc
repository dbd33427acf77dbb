// Queries, read.
#include <re2/re2.h>

#include <catch2/catch.hpp>
#include <string>

#include "cli/query/expression.h"
#include "cli/query/lexer.h"

namespace logpress::cli::query {
namespace {

Expression Read(std::string_view text) {
  INFO(text);
  auto expression = Parse(text);
  REQUIRE(expression.ok());
  return *std::move(expression);
}

std::string Wrong(std::string_view text) {
  INFO(text);
  const auto expression = Parse(text);
  REQUIRE(!expression.ok());
  return std::string(expression.status().message());
}

TEST_CASE("a query selects lines by labels, strings and expressions") {
  const Expression read =
      Read(R"({level="ERROR", pid!="7"} |= "a\"b" != `c\d` |~ "x+" !~ "y" | status >= 500)");
  CHECK(read.function == Function::kLines);
  const Selection& selection = read.selection;
  REQUIRE(selection.filters.size() == 4);
  CHECK(selection.filters[0].text == "a\"b");
  CHECK(selection.filters[1].text == "c\\d");
  CHECK(selection.filters[1].negated);
  CHECK(selection.filters[2].regexp != nullptr);
  CHECK(selection.filters[3].negated);
  REQUIRE(selection.conditions.size() == 3);
  CHECK(selection.conditions[0].comparison.text == "ERROR");
  CHECK(selection.conditions[1].comparison.op == Operator::kUnequal);
}

TEST_CASE("and binds tighter than or, and parentheses than both") {
  const Expression read = Read(R"({} | a="1" or b="2" and (c="3" or d="4"))");
  const Condition& any = read.selection.conditions[0];
  REQUIRE(any.kind == Condition::Kind::kAny);
  REQUIRE(any.parts.size() == 2);
  const Condition& all = any.parts[1];
  REQUIRE(all.kind == Condition::Kind::kAll);
  REQUIRE(all.parts.size() == 2);
  CHECK(all.parts[1].kind == Condition::Kind::kAny);
  CHECK(all.parts[1].parts.size() == 2);
}

TEST_CASE("counts have a span of time, labels and a limit") {
  const Expression read =
      Read(R"(topk(3, sum by (level, statement) (bytes_rate({} |= "x" [5m]))))");
  CHECK(read.function == Function::kBytesRate);
  CHECK(read.width == int64_t{300} * 1'000'000);
  CHECK(read.by == std::vector<std::string>{"level", "statement"});
  CHECK(read.top == 3);
  CHECK(!read.bottom);
  CHECK(Read("sum(count_over_time({}[1h])) by (level)").by.size() == 1);
  CHECK(Read("bottomk(1, count_over_time({}))").bottom);
  CHECK(Read(R"(rate({}[1m] |= "x"))").selection.filters.size() == 1);
}

TEST_CASE("numbers have units") {
  const auto number = [](const std::string& text) {
    return Read("{} | x > " + text).selection.conditions[0].parts[0].parts[0].comparison;
  };
  CHECK(number("1.5").unit == Unit::kNumber);
  CHECK(number("-2").number == -2);
  CHECK(number("250ms").unit == Unit::kSeconds);
  CHECK(number("250ms").number == 0.25);
  CHECK(number("10KB").number == 10'000);
  CHECK(number("1MiB").number == 1 << 20);
}

TEST_CASE("what is no query is said to be none, and where") {
  CHECK(Wrong("level=\"x\"").starts_with("at byte 1 (level): a query begins with { }"));
  CHECK(Wrong("") ==
        "at its end: a query begins with { } and labels, a filter or a function; see "
        "logpress(1)");
  CHECK(Wrong("{").starts_with("at its end: not a label"));
  CHECK(Wrong("{level}").starts_with("at byte 7 (}): not a comparison"));
  CHECK(Wrong("{} |= x").starts_with("at byte 7 (x): not a string"));
  CHECK(Wrong("{} |= \"x").starts_with("at byte 7: a string that does not end"));
  CHECK(Wrong("{} |= \"\\q\"").starts_with("at byte 7: a string with an unknown escape"));
  CHECK(Wrong("{} |~ \"(\"").find("missing )") != std::string::npos);
  CHECK(Wrong("{} | x > \"1\"").find("not a number") != std::string::npos);
  CHECK(Wrong("{} | x > 1foo").find("not a number") != std::string::npos);
  CHECK(Wrong("{} | x =~ 1").find("not a value") != std::string::npos);
  CHECK(Wrong("{} | x > 1.2.3").find("not a number") != std::string::npos);
  CHECK(Wrong("rate({})").find("a rate needs a span") != std::string::npos);
  CHECK(Wrong("rate({}[5])").find("not a span") != std::string::npos);
  CHECK(Wrong("sum({})").find("lines cannot be added") != std::string::npos);
  CHECK(Wrong("topk(0, rate({}[1m]))").find("how many") != std::string::npos);
  CHECK(Wrong("topk(2, {})").find("not a count") != std::string::npos);
  CHECK(Wrong("{} {}").find("nothing may follow") != std::string::npos);
  CHECK(Wrong("{} | json").find("not a comparison") != std::string::npos);
  CHECK(Wrong("{} # x").find("has no meaning") != std::string::npos);
  CHECK(Wrong("{} | " + std::string(100'000, '(')).find("too many parentheses") !=
        std::string::npos);
}

}  // namespace
}  // namespace logpress::cli::query
