#include "text/tokenizer.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <span>
#include <string>

#include "base/memory.h"
#include "support/random.h"

namespace logpress::text {
namespace {

Vector<Token> TokensOf(ByteView text, Slice row, Grain grain,
                       std::span<const time::TimestampFormat> timestamps = {}) {
  Vector<Token> tokens;
  Tokenize(text, row, grain, timestamps, &tokens);
  return tokens;
}

// The row with its tokens marked: <variable>, {constant}, and delimiters as they are.
std::string Marked(ByteView row, Grain grain = Grain::kLine,
                   std::span<const time::TimestampFormat> timestamps = {}) {
  std::string marked;
  size_t at = 0;
  for (const Token& token :
       TokensOf(row, {0, static_cast<uint32_t>(row.size())}, grain, timestamps)) {
    marked += row.substr(at, token.slice.offset - at);
    marked += token.variable ? '<' : '{';
    marked += row.substr(token.slice.offset, token.slice.size);
    marked += token.variable ? '>' : '}';
    at = token.slice.offset + token.slice.size;
  }
  return marked.append(row.substr(at));
}

TEST_CASE("a token of a line is variable if it carries a digit and constant if not") {
  CHECK(Marked("session opened for user7 by uid=0") ==
        "{session} {opened} {for} <user7> {by} {uid}=<0>");
  CHECK(Marked("blk_8229193803249955061 terminating") == "<blk_8229193803249955061> {terminating}");
  CHECK(Marked("h\xc3\xa9llo w\xc3\xb6rld2") == "{h\xc3\xa9llo} <w\xc3\xb6rld2>");
}

TEST_CASE("a line is divided at white space, brackets, quotes, commas, '=' and '|'") {
  CHECK(Marked("a\tb c,d;e=f|g(h)i[j]k{l}m<n>o'p'q") ==
        "{a}\t{b} {c},{d};{e}={f}|{g}({h}){i}[{j}]{k}{{l}}{m}<{n}>{o}'{p}'{q}");
  CHECK(Marked("usr/bin/x10:y") == "<usr/bin/x10:y>");
}

TEST_CASE("a line of delimiters has no tokens") {
  CHECK(Marked("").empty());
  CHECK(Marked("\n") == "\n");
  CHECK(Marked("  \t, ;;[] ()\r\n") == "  \t, ;;[] ()\r\n");
}

TEST_CASE("punctuation at the ends of a token belongs to the delimiters") {
  CHECK(Marked("see /var/log and #4") == "{see} /{var/log} {and} #<4>");
  CHECK(Marked("Failed: no such file.") == "{Failed}: {no} {such} {file}.");
  CHECK(Marked("done... 100%!") == "{done}... <100>%!");
  CHECK(Marked("a.b.c. x") == "{a.b.c}. {x}");
}

TEST_CASE("a sign belongs to its number") {
  CHECK(Marked("offset -5 +7 to -x") == "{offset} <-5> <+7> {to} -{x}");
  CHECK(Marked("--9") == "-<-9>");
}

TEST_CASE("a lone dash is a value, a dash elsewhere is not") {
  CHECK(Marked("a - b") == "{a} <-> {b}");
  CHECK(Marked("-") == "<->");
  CHECK(Marked("[-] x") == "[<->] {x}");
  CHECK(Marked("a -- b") == "{a} -- {b}");
  CHECK(Marked("a + b") == "{a} + {b}");
}

TEST_CASE("a quoted string is one value, whatever is in it") {
  CHECK(Marked(R"(GET "a b, c=d" ok)") == R"({GET} "<a b, c=d>" {ok})");
  CHECK(Marked(R"("")") == R"("<>")");
  CHECK(Marked(R"("a""b")") == R"("<a>""<b>")");
}

TEST_CASE("a quoted string before a colon is a key, and constant") {
  CHECK(Marked(R"({"user name":"ann","age":41})") == R"({"{user name}":"<ann>","{age}":<41>})");
  CHECK(Marked(R"("line 1": 2)") == R"("{line 1}": <2>)");
}

TEST_CASE("a backslash protects the quote behind it") {
  CHECK(Marked(R"("say \"hi\" now" end)") == R"("<say \"hi\" now>" {end})");
  CHECK(Marked(R"("back\\" x)") == R"("<back\\>" {x})");
}

TEST_CASE("a quote that is never closed is a delimiter like others") {
  CHECK(Marked("say \"hi there 5") == "{say} \"{hi} {there} <5>");
  CHECK(Marked(R"("a" "b c)") == R"("<a>" "{b} {c})");
  CHECK(Marked(R"("ends in \")") == R"("{ends} {in} \")");
}

TEST_CASE("a value is divided into words of letters and digits") {
  CHECK(Marked("/api/v2/users?id=77&q=x", Grain::kValue) ==
        "/{api}/<v2>/{users}?{id}=<77>&{q}={x}");
  CHECK(Marked("user_name-10.0.0.1", Grain::kValue) == "{user}_{name}-<10>.<0>.<0>.<1>");
  CHECK(Marked("...", Grain::kValue) == "...");
}

TEST_CASE("a word is divided into digits and everything else") {
  CHECK(Marked("blk8f09-x", Grain::kDigits) == "{blk}<8>{f}<09>{-x}");
  CHECK(Marked("12", Grain::kDigits) == "<12>");
  CHECK(Marked("0x7f3a00", Grain::kDigits) == "{0x}<7f3a00>");
  CHECK(Marked("0XFF", Grain::kDigits) == "{0X}<FF>");
  CHECK(Marked("0xabcdef", Grain::kDigits) == "{0x}<abcdef>");
  CHECK(Marked("0x", Grain::kDigits) == "<0>{x}");
  CHECK(Marked("0x7g", Grain::kDigits) == "<0>{x}<7>{g}");
  CHECK(Marked("a0x7", Grain::kDigits) == "{a}<0>{x}<7>");
  CHECK(Marked("0x01234567890123456", Grain::kDigits) == "<0>{x}<01234567890123456>");
  CHECK(Marked("0xf7d13fff", Grain::kDigits) == "{0x}<f7d1><3fff>");
  CHECK(Marked("0x7d13fff", Grain::kDigits) == "{0x}<7d13fff>");
  CHECK(Marked("0x00007f3a12345678", Grain::kDigits) == "{0x}<00007f3a1234><5678>");
  CHECK(Marked("0123456789abcdef", Grain::kDigits) == "<0123456789>{abcdef}");
  CHECK(Marked("0123456789abcdef0", Grain::kDigits) == "<0123456789abcdef><0>");
  CHECK(Marked("0123456789abcdef0123456789abcdef", Grain::kDigits) ==
        "<0123456789abcdef><0123456789abcdef>");
  CHECK(Marked("01234567890123456789", Grain::kDigits) == "<01234567890123456789>");
  CHECK(Marked("", Grain::kDigits).empty());
}

// The timestamp formats of the lines of `text`.
Vector<time::TimestampFormat> Detected(ByteView text) {
  Vector<Slice> rows;
  SplitRows(text, &rows);
  return DetectTimestamps(text, rows);
}

TEST_CASE("a timestamp whose format the log repeats is one value, delimiters and all") {
  const std::string line = "2015-07-29 17:41:44,747 - INFO [main:Boot@12] up\n";
  const Vector<time::TimestampFormat> formats = Detected(line + line + line);
  REQUIRE(formats.size() == 1);
  CHECK(Marked(line, Grain::kLine, formats) ==
        "<2015-07-29 17:41:44,747> <-> {INFO} [<main:Boot@12>] {up}\n");
  CHECK(Marked("at 1999-12-31 23:59:59,000, x", Grain::kLine, formats) ==
        "{at} <1999-12-31 23:59:59,000>, {x}");
}

TEST_CASE("what only looks like the timestamp is divided as ever") {
  const std::string line = "2015-07-29 17:41:44 up\n";
  const Vector<time::TimestampFormat> formats = Detected(line + line);
  REQUIRE(formats.size() == 1);
  for (const char* const row :
       {"2015-07-29 17:41:4", "2015-07-29 17:41:441 x", "2015-07-29 17:41:44x",
        "2015-13-29 17:41:44", "x2015-07-29 17:41:44", "2015-07-29\t17:41:44"}) {
    CHECK(Marked(row, Grain::kLine, formats) == Marked(row));
  }
}

TEST_CASE("timestamps are not looked for in values") {
  const std::string line = "2015-07-29 17:41:44 up\n";
  const Vector<time::TimestampFormat> formats = Detected(line + line);
  CHECK(Marked(line, Grain::kValue, formats) == Marked(line, Grain::kValue));
  CHECK(Marked(line, Grain::kDigits, formats) == Marked(line, Grain::kDigits));
}

TEST_CASE("a log without timestamps, or with one alone, has no timestamp formats") {
  CHECK(Detected("").empty());
  CHECK(Detected("a 1\nb 22\nc 333\n").empty());
  CHECK(Detected("2015-07-29 17:41:44 up\nnothing more\n").empty());
}

TEST_CASE("of many timestamp formats a few are kept, those that take more bytes first") {
  std::string text;
  for (int i = 0; i < 10; ++i) {
    text +=
        "2015-07-29 17:41:44 | 2015-07-29T17:41:44.123456+02:00 | 29/Jul/2015:17:41:44 +0000 | "
        "Jul 29 17:41:44 | 17:41:44.5 | Wed Jul 29 17:41:44 2015\n";
  }
  const Vector<time::TimestampFormat> formats = Detected(text);
  CHECK(formats.size() >= 2);
  CHECK(formats.size() <= 4);
  for (size_t i = 1; i < formats.size(); ++i)
    CHECK(formats[i - 1].max_size() >= formats[i].max_size());
}

TEST_CASE("only the row is looked at, not what stands around it in the text") {
  const ByteView text = "x9\"abc -7 d\"9";
  for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
    const Vector<Token> inside = TokensOf(text, {3, 8}, grain);
    Vector<Token> alone = TokensOf(text.substr(3, 8), {0, 8}, grain);
    REQUIRE(inside.size() == alone.size());
    for (size_t i = 0; i < alone.size(); ++i) {
      CHECK(inside[i].slice.offset == alone[i].slice.offset + 3);
      CHECK(inside[i].slice.size == alone[i].slice.size);
      CHECK(inside[i].variable == alone[i].variable);
    }
  }
}

// Bytes with a taste for what the tokenizer looks at, now and then with times among them.
std::string OddBytes(testing::Random* random, size_t size) {
  constexpr ByteView kFavourites = "\"\"\"\\\\ -+:,={}[]\n\r\t059azAZ.\x80\xff";
  std::string bytes;
  const uint64_t arbitrary = random->Below(4);
  const bool times = random->OneIn(3);
  for (size_t i = 0; i < size; ++i) {
    bytes.push_back(random->Below(4) < arbitrary ? random->Byte()
                                                 : kFavourites[random->Below(kFavourites.size())]);
    if (times && random->OneIn(8)) bytes += "2015-07-29 17:41:44";
  }
  return bytes;
}

TEST_CASE("tokens of any bytes ascend, do not overlap and lie inside their row") {
  int with_formats = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    testing::Random random(seed);
    const std::string text = OddBytes(&random, random.Skewed(9));
    const auto offset = static_cast<uint32_t>(random.Below(text.size() + 1));
    const auto size = static_cast<uint32_t>(random.Below(text.size() - offset + 1));
    const Vector<time::TimestampFormat> formats = Detected(text);
    with_formats += !formats.empty();
    for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
      uint64_t at = offset;
      for (const Token& token : TokensOf(text, {offset, size}, grain, formats)) {
        INFO("seed " << seed << ", grain " << static_cast<int>(grain));
        REQUIRE(token.slice.offset >= at);
        at = uint64_t{token.slice.offset} + token.slice.size;
        REQUIRE(at <= uint64_t{offset} + size);
        // Otherwise a row could have more tokens than bytes.
        REQUIRE((token.slice.size > 0 || text[token.slice.offset] == '"'));
      }
    }
  }
  CHECK(with_formats > 100);
}

TEST_CASE("a digit is always inside a token") {
  // Where values stand must never depend on luck: a number among the delimiters would make every
  // line a template of its own.
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    testing::Random random(seed);
    const std::string text = OddBytes(&random, random.Skewed(9));
    for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
      std::string rest = text;
      for (const Token& token : TokensOf(text, {0, static_cast<uint32_t>(text.size())}, grain))
        std::fill_n(rest.begin() + token.slice.offset, token.slice.size, ' ');
      INFO("seed " << seed << ", grain " << static_cast<int>(grain));
      REQUIRE(rest.find_first_of("0123456789") == std::string::npos);
    }
  }
}

Vector<std::string> Rows(ByteView text) {
  Vector<Slice> slices;
  SplitRows(text, &slices);
  Vector<std::string> rows;
  rows.reserve(slices.size());
  for (const Slice& slice : slices) rows.emplace_back(text.substr(slice.offset, slice.size));
  return rows;
}

TEST_CASE("a row is a line with its newline, and the last line may lack it") {
  using Lines = Vector<std::string>;
  CHECK(Rows("").empty());
  CHECK(Rows("a\nb\n") == Lines{"a\n", "b\n"});
  CHECK(Rows("a\nb") == Lines{"a\n", "b"});
  CHECK(Rows("\n\n\r\n") == Lines{"\n", "\n", "\r\n"});
}

TEST_CASE("rows cover the text, byte after byte, and no row holds more than one line") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    testing::Random random(seed);
    std::string text;
    while (text.size() < 3000) {
      text += OddBytes(&random, random.Skewed(8));
      for (uint64_t n = random.Skewed(4); n > 0; --n) text += "},{";
      if (random.OneIn(3)) text += '\n';
    }
    std::string joined;
    for (const std::string& row : Rows(text)) {
      INFO("seed " << seed);
      REQUIRE_FALSE(row.empty());
      REQUIRE(row.find('\n') >= row.size() - 1);
      joined += row;
    }
    REQUIRE(joined == text);
  }
}

TEST_CASE("a long line is cut behind the objects of a JSON array") {
  const std::string object = "{\"id\":1,\"text\":\"" + std::string(300, 'x') + "\"}";
  const std::string line = "[" + object + "," + object + "," + object + "," + object + "]\n";
  const Vector<std::string> rows = Rows(line);
  REQUIRE(rows.size() >= 3);
  CHECK(rows[0] == "[" + object + ",");
  CHECK(rows[1] == object + ",");
}

TEST_CASE("a short line with objects stays whole") {
  const std::string line = "[{\"a\":1},{\"a\":2},{\"a\":3}]\n";
  CHECK(Rows(line) == Vector<std::string>{line});
}

double SecondsToSplitAndTokenize(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  Vector<Slice> rows;
  SplitRows(text, &rows);
  for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
    for (const Slice& row : rows) TokensOf(text, row, grain);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST_CASE("two megabytes of one line take no quadratic time") {
  // Linear work on two megabytes takes some hundredths of a second, with sanitizers some tenths;
  // quadratic work takes minutes.
  const std::string piece = GENERATE(as<std::string>(), "\"", "\\\"", "\"\\", "\":", "},{", "{",
                                     "-", "- ", "-1", "a\"", "x ", "'", "\"\",");
  CAPTURE(piece);
  std::string text;
  while (text.size() < 2 << 20) text += piece;
  CHECK(SecondsToSplitAndTokenize(text) < 5);
  text[text.size() / 2] = '"';
  CHECK(SecondsToSplitAndTokenize(text) < 5);
}

}  // namespace
}  // namespace logpress::text
