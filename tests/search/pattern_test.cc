#include "search/pattern.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "search/meets.h"
#include "search/slow_matcher.h"
#include "support/random.h"

namespace logpress::search {
namespace {

using Strings = std::vector<std::string>;

absl::StatusOr<Pattern> Compile(const Strings& patterns, const PatternOptions& options = {}) {
  return Pattern::Compile(patterns, options);
}

Pattern Good(const Strings& patterns, const PatternOptions& options = {}) {
  auto pattern = Compile(patterns, options);
  INFO(patterns[0]);
  REQUIRE(pattern.ok());
  return *std::move(pattern);
}

bool Matches(const Pattern& pattern, const std::string& line) {
  return pattern.FindLine(line + "\n", 0) == 0;
}

// What -o prints.
Strings All(const Pattern& pattern, const std::string& line) {
  Strings all;
  for (size_t at = 0; at < line.size();) {
    const auto match = pattern.Find(line, at);
    if (!match) break;
    if (match->size > 0) all.push_back(line.substr(match->begin, match->size));
    at = match->begin + std::max<size_t>(match->size, 1);
  }
  return all;
}

std::string Refusal(const std::string& pattern, const PatternOptions& options = {}) {
  const auto compiled = Compile({pattern}, options);
  REQUIRE_FALSE(compiled.ok());
  const absl::string_view message = compiled.status().message();
  return {message.data(), message.size()};
}

std::string Text(const Needs& needs) {
  if (needs.kind == Needs::Kind::kNothing) return "?";
  if (needs.kind == Needs::Kind::kLiteral) return needs.literal;
  std::string text;
  for (const ByteSet& set : needs.sets) {
    size_t first = 0;
    while (!set[first]) ++first;
    text += set.count() == 1 ? static_cast<char>(first) : '.';
  }
  if (needs.kind == Needs::Kind::kSets) return text;
  for (const Needs& part : needs.parts) {
    if (!text.empty()) text += needs.kind == Needs::Kind::kAll ? "&" : "|";
    text += Text(part);
  }
  return "(" + text + ")";
}

// A pattern of -E out of few bytes, so that lines of these match often.
std::string Expression(testing::Random* random, int depth) {
  const std::array<std::string, 18> kAtoms = {"a",    "b",    "ab",  "A",   "-", ".",
                                              "[ab]", "[^a]", "\\w", "\\W", "^", "$",
                                              "\\b",  "\\B",  "\\<", "\\>", "",  "[-A]"};
  const std::array<std::string, 8> kRepeats = {"*",     "+",     "?",    "{2}",
                                               "{1,2}", "{0,1}", "{2,}", "{,2}"};
  std::string pattern;
  for (uint64_t i = 0, count = 1 + random->Below(4); i < count; ++i) {
    std::string atom = random->Pick(kAtoms);
    if (depth > 0 && random->OneIn(3)) {
      atom = "(" + Expression(random, depth - 1);
      while (random->OneIn(2)) atom += "|" + Expression(random, depth - 1);
      atom += ")";
    }
    if (!atom.empty() && random->OneIn(4)) atom += random->Pick(kRepeats);
    pattern += atom;
  }
  return pattern;
}

std::string Line(testing::Random* random) {
  constexpr std::array<char, 7> kBytes = {'a', 'b', 'A', 'B', '-', ' ', '_'};
  std::string line;
  for (uint64_t size = random->Below(9); line.size() < size;) line += random->Pick(kBytes);
  return line;
}

TEST_CASE("the longest of the first matches is found, as POSIX says") {
  CHECK(All(Good({"a|ab|abc"}), "xabcab") == Strings{"abc", "ab"});
  CHECK(All(Good({"(a|ab)(c|bcd)"}), "abcd") == Strings{"abcd"});
  CHECK(All(Good({"b*"}), "abbab") == Strings{"bb", "b"});
  CHECK(All(Good({"^a"}), "aaa") == Strings{"a"});
}

TEST_CASE("brackets are those of POSIX: a backslash is a byte") {
  CHECK(All(Good({"[\\n]"}), "a\\n") == Strings{"\\", "n"});
  CHECK(All(Good({"[]a-]"}), "b]-a") == Strings{"]", "-", "a"});
  CHECK(All(Good({"[^]a]"}), "]ab") == Strings{"b"});
  CHECK(All(Good({"[[:digit:][:space:]x]"}), "1 xy") == Strings{"1", " ", "x"});
  CHECK(All(Good({"[[.-.]b-d[=e=]]"}), "a-cef") == Strings{"-", "c", "e"});
}

TEST_CASE("what looks like an operator and is none is a byte") {
  CHECK(Matches(Good({"a{"}), "a{"));
  CHECK(Matches(Good({"a{x}"}), "a{x}"));
  CHECK(Matches(Good({"a)"}), "a)"));
  CHECK(Matches(Good({"*a"}), "a"));
  CHECK(Matches(Good({"\\d\\("}), "d("));
}

TEST_CASE("basic expressions have their operators behind backslashes") {
  const PatternOptions basic{.syntax = Syntax::kBasic};
  CHECK(Matches(Good({"\\(ab\\)\\{2\\}"}, basic), "abab"));
  CHECK(Matches(Good({"x\\|a+"}, basic), "a+"));
  CHECK_FALSE(Matches(Good({"x\\|a+"}, basic), "aa"));
  CHECK(Matches(Good({"*a"}, basic), "*a"));
  CHECK(Matches(Good({"^*a"}, basic), "*a"));
  CHECK(Matches(Good({"a^b$c"}, basic), "a^b$c"));
}

TEST_CASE("a fixed string is its bytes, also NUL and those beyond ASCII") {
  const PatternOptions fixed{.syntax = Syntax::kFixed};
  CHECK(Matches(Good({"a.*["}, fixed), "xa.*[y"));
  CHECK(Matches(Good({std::string("\0\xff", 2)}, fixed), std::string("a\0\xff", 3)));
  CHECK(All(Good({"ab", "b", "bcd"}, fixed), "abcd") == Strings{"ab"});
  CHECK(All(Good({"\xff", "\xff\x80x"}, fixed), "a\xff\x80y") == Strings{"\xff"});
}

TEST_CASE("letters A to Z fold, others do not") {
  const PatternOptions fold{.ignore_case = true};
  CHECK(Matches(Good({"eRRor"}, fold), "ERROr"));
  CHECK(Matches(Good({"[^a]"}, fold), "b"));
  CHECK_FALSE(Matches(Good({"[^a]"}, fold), "A"));
  CHECK_FALSE(Matches(Good({"\xe4"}, fold), "\xc4"));
}

TEST_CASE("a word is the match or a shorter one at its place, or a later one") {
  const PatternOptions words{.whole_words = true};
  CHECK(All(Good({"foo|foobar"}, words), "foobarx foo foobar") == Strings{"foo", "foobar"});
  CHECK(All(Good({"foo b|foo"}, words), "foo bar") == Strings{"foo"});
  CHECK(Matches(Good({""}, words), ""));
  CHECK_FALSE(Matches(Good({""}, words), "ab"));
  const PatternOptions fixed{.syntax = Syntax::kFixed, .whole_words = true};
  CHECK(All(Good({"foo"}, fixed), "foobar foo_ foo") == Strings{"foo"});
}

TEST_CASE("a whole line is matched or not at all") {
  const PatternOptions lines{.whole_lines = true};
  CHECK(Matches(Good({"a|ab"}, lines), "ab"));
  CHECK_FALSE(Matches(Good({"a|ab"}, lines), "abc"));
  const PatternOptions fixed{.syntax = Syntax::kFixed, .whole_lines = true};
  CHECK(Matches(Good({"ab"}, fixed), "ab"));
  CHECK_FALSE(Matches(Good({"ab"}, fixed), "abab"));
}

TEST_CASE("no pattern matches nothing, an empty one everything, a newline divides one") {
  const Pattern none = *Compile({});
  CHECK(none.FindLine("a\n\n", 0) == Pattern::npos);
  CHECK(Text(none.query().needs) == "()");
  CHECK(Matches(Good({""}), "a"));
  CHECK(All(Good({"a\nc"}), "abc") == Strings{"a", "c"});
}

TEST_CASE("lines are found in a run of them, from a place on") {
  const std::string lines = "ab\nb\nxa";
  for (const auto& pattern : {Good({"a"}), Good({"a|z"}), Good({"[a]$|^a"})}) {
    CHECK(pattern.FindLine(lines, 0) == 0);
    CHECK(pattern.FindLine(lines, 3) == 5);
    CHECK(pattern.FindLine(lines, lines.size()) == Pattern::npos);
  }
  CHECK(Good({"^$"}).FindLine("a\n", 0) == Pattern::npos);
  CHECK(Good({"b\\s*x"}).FindLine(lines, 0) == Pattern::npos);
}

TEST_CASE("what is no pattern, or cannot be searched for, is refused with the reason") {
  CHECK_THAT(Refusal("(a"), Catch::Contains("without its ')'"));
  CHECK_THAT(Refusal("[a"), Catch::Contains("without its ']'"));
  CHECK_THAT(Refusal("[z-a]"), Catch::Contains("ends before it begins"));
  CHECK_THAT(Refusal("[[:foo:]]"), Catch::Contains("no such class"));
  CHECK_THAT(Refusal("[:space:]"), Catch::Contains("write [[:space:]]"));
  CHECK_THAT(Refusal("a\\"), Catch::Contains("backslash at the end"));
  CHECK_THAT(Refusal("a{2,1}"), Catch::Contains("an interval that is none"));
  CHECK_THAT(Refusal("(a)\\1"), Catch::Contains("back references"));
  CHECK_THAT(Refusal("a\\<"), Catch::Contains("\\< is supported only before"));
  CHECK_THAT(Refusal("\\>a"), Catch::Contains("\\> is supported only behind"));
  CHECK_THAT(Refusal("\\(a", {.syntax = Syntax::kBasic}), Catch::Contains("\\( without"));
  CHECK_THAT(Refusal("a\\)", {.syntax = Syntax::kBasic}), Catch::Contains("\\) without"));
}

TEST_CASE("hostile patterns end in an error or in linear time, never in a crash") {
  const std::string many(100'000, '(');
  CHECK_THAT(Refusal(many), Catch::Contains("deep"));
  CHECK_THAT(Refusal("a" + std::string(1000, '*')), Catch::Contains("in a row"));
  CHECK_THAT(Refusal("((a{100}){100}){100}"), Catch::Contains("repetitions in one another"));
  CHECK_THAT(Refusal("a{1001}"), Catch::Contains("the most"));
  CHECK_THAT(Refusal(std::string(2 << 20, 'a')), Catch::Contains("several searches"));
  std::string words;
  for (int i = 0; i < 500; ++i) words += "(x|\\<.*)";
  CHECK_FALSE(Compile({words + "\\>"}).ok());
  const Pattern pattern = Good({"(a*)*(a|aa)*b(.*){20}c"});
  CHECK_FALSE(Matches(pattern, std::string(20'000, 'a')));
}

TEST_CASE("generated patterns match what trying every way matches") {
  size_t compiled = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    testing::Random random(seed);
    const std::string text = Expression(&random, 2);
    const PatternOptions options{.ignore_case = random.OneIn(3), .whole_lines = random.OneIn(8)};
    const auto pattern = Compile({text}, options);
    if (!pattern.ok()) continue;
    ++compiled;
    const auto parsed = *Parse(text, Syntax::kExtended, options.ignore_case);
    for (int i = 0; i < 20; ++i) {
      const std::string line = Line(&random);
      const SlowMatcher slow(line);
      std::optional<Match> expected;
      for (size_t at = 0; at <= line.size() && !expected; ++at) {
        const auto ends = slow.Ends(parsed, at);
        if (ends.empty() || (options.whole_lines && (at > 0 || *ends.rbegin() < line.size())))
          continue;
        expected = Match{at, *ends.rbegin() - at};
      }
      INFO("pattern " << text << ", line '" << line << "', seed " << seed);
      REQUIRE(Matches(*pattern, line) == expected.has_value());
      const auto found = pattern->Find(line, 0);
      REQUIRE(found.has_value() == expected.has_value());
      if (expected) {
        REQUIRE(found->begin == expected->begin);
        REQUIRE(found->size == expected->size);
        REQUIRE(Meets(pattern->query(), line));
      } else if (pattern->query().exact) {
        REQUIRE_FALSE(Meets(pattern->query(), line));
      }
    }
  }
  // Most of them: where \< stands before what may be empty, they are refused.
  CHECK(compiled > 1500);
}

TEST_CASE("needs are the longest strings that a line must hold") {
  const auto needs = [](const std::string& pattern, const PatternOptions& options = {}) {
    return Text(Good({pattern}, options).query().needs);
  };
  CHECK(needs("Failed password") == "Failed password");
  CHECK(needs("Failed .* from") == "(Failed & from)");
  CHECK(needs("(GET|POST) /a") == "(GET /a|POST /a)");
  CHECK(needs("colou?r") == "(color|colour)");
  CHECK(needs("ab+c") == "(ab&bc)");
  CHECK(needs("a(b|c.*d)e") == "(a&(b|(c&d))&e)");
  CHECK(needs("(ab){3}") == "ababab");
  CHECK(needs("a|.*") == "?");
  CHECK(needs("[0-9]+ms") == "((0|1|2|3|4|5|6|7|8|9)&(0ms|1ms|2ms|3ms|4ms|5ms|6ms|7ms|8ms|9ms))");
  CHECK(needs("x[^a]y") == "x.y");
  CHECK(needs("^ab$") == "ab");
  CHECK(needs("eRror", {.ignore_case = true}) == "error");
}

TEST_CASE("only plain strings are matched by their needs alone") {
  CHECK(Good({"ab"}).query().exact);
  CHECK(Good({"ab", "c"}, {.syntax = Syntax::kFixed}).query().exact);
  CHECK(Good({"ab"}, {.ignore_case = true}).query().exact);
  CHECK_FALSE(Good({"^ab"}).query().exact);
  CHECK_FALSE(Good({"a.b"}).query().exact);
  CHECK_FALSE(Good({"ab"}, {.whole_words = true}).query().exact);
  CHECK_FALSE(Good({"ab"}, {.whole_lines = true}).query().exact);
  Strings many;
  for (int i = 0; i < 5000; ++i) many.push_back("word" + std::to_string(i));
  const Pattern pattern = Good(many);
  CHECK(Text(pattern.query().needs) == "?");
  CHECK_FALSE(pattern.query().exact);
}

}  // namespace
}  // namespace logpress::search
