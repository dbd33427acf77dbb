// How a block is divided: kinds of values, tokens, patterns, values inside values.
#include <array>
#include <catch2/catch.hpp>
#include <string>

#include "backend/mix/parse.h"
#include "backend/mix/pattern.h"
#include "backend/mix/scanner.h"
#include "backend/mix/sizes.h"
#include "backend/mix/skeletons.h"
#include "base/memory.h"
#include "support/random.h"
#include "text/tokenizer.h"

namespace logpress::mix {
namespace {

using namespace std::string_literals;  // NOLINT(google-build-using-namespace): "\0"s

TEST_CASE("a value's kind is what it looks like, and a number only what can be written back") {
  CHECK(KindOf("17") == kInteger);
  CHECK(KindOf("0") == kInteger);
  CHECK(KindOf("007") == kPadded);
  CHECK(KindOf("999999999999999999") == kInteger);
  CHECK(KindOf("1000000000000000000") == kText);
  CHECK(KindOf("1.50") == kDecimal);
  CHECK(KindOf("0.5") == kDecimal);
  CHECK(KindOf("00.5") == kText);
  CHECK(KindOf(".5") == kText);
  CHECK(KindOf("5.") == kText);
  CHECK(KindOf("10.0.0.1") == kAddress);
  CHECK(KindOf("1.2.3") == kText);
  CHECK(KindOf("0f8fad5b-d9cb-469f-a165-708677289501") == kUuid);
  CHECK(KindOf("-1") == kText);
  CHECK(KindOf("") == kInteger);  // no token is empty
}

TEST_CASE("a number comes back from its parts with zeros and point in place") {
  testing::Random random(1);
  size_t numbers = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string value;
    for (uint64_t digits = 1 + random.Below(19); digits > 0; --digits)
      value += static_cast<char>('0' + random.Below(random.OneIn(3) ? 1 : 10));
    if (random.OneIn(3)) value.insert(random.Below(value.size() + 1), ".");
    const uint8_t kind = KindOf(value);
    if (!IsNumber(kind)) continue;
    ++numbers;
    std::array<char, kMaxNumber> rendered;
    const size_t size = RenderNumber(kind, PartsOf(kind, value), rendered.data());
    INFO(value);
    REQUIRE(std::string(rendered.data(), size) == value);
  }
  CHECK(numbers > 10000);
}

TEST_CASE("any parts of a number are written in bounds") {
  testing::Random random(2);
  for (int i = 0; i < 20000; ++i) {
    const auto kind = static_cast<uint8_t>(kInteger + random.Below(3));
    const NumberParts parts = {static_cast<int64_t>(random.Next()),
                               static_cast<uint8_t>(random.Below(19))};
    std::array<char, kMaxNumber> rendered;
    const size_t size = RenderNumber(kind, parts, rendered.data());
    REQUIRE(size >= 1);
    REQUIRE(size <= kMaxNumber);
  }
}

TEST_CASE("bytes that a pattern uses itself are escaped and come back") {
  const std::string bytes = "a\0b\1\1c\2\3"s;
  ByteBuffer escaped;
  AppendEscaped(bytes, &escaped);
  CHECK(escaped.find('\0') == ByteBuffer::npos);
  ByteBuffer back;
  REQUIRE(Unescape(escaped, &back));
  CHECK(back == bytes);
}

TEST_CASE("an escape that nothing writes is refused") {
  ByteBuffer back;
  CHECK_FALSE(Unescape("a\1", &back));
  CHECK_FALSE(Unescape("a\1\3", &back));
  CHECK_FALSE(Unescape("a\1\0b"s, &back));
}

// Tokens as "constant", "<kind:slot>" and delimiters as they are.
std::string Tokens(const std::string& string, bool fine,
                   const Vector<time::TimestampFormat>& formats = {}) {
  Vector<ScannedToken> tokens;
  if (fine) {
    ScanFinely(string, formats, &tokens);
  } else {
    ScanCoarsely(string, formats, &tokens);
  }
  std::string result;
  uint32_t end = 0;
  for (const ScannedToken& token : tokens) {
    REQUIRE(token.offset == end);
    REQUIRE(token.size > 0);
    end += token.size;
    const std::string bytes = string.substr(token.offset, token.size);
    if (token.type == ScannedToken::kSlot) {
      result += "<" + std::to_string(token.kind) + ":" + bytes + ">";
    } else {
      result += token.type == ScannedToken::kConstant ? "{" + bytes + "}" : bytes;
    }
  }
  REQUIRE(end == string.size());
  return result;
}

TEST_CASE("a row is divided at blanks and brackets, and words with digits vary") {
  CHECK(Tokens("took 12 ms", false) == "{took} <3:12> {ms}");
  CHECK(Tokens("[id=a7] done.", false) == "[{id}=<1:a7>] {done}.");
  CHECK(Tokens("from 10.0.0.1:", false) == "{from} <6:10.0.0.1>:");
}

TEST_CASE("a quoted string is one slot, but a key of JSON is constant") {
  CHECK(Tokens(R"({"user":"bob smith"})", false) == R"({"user"{:}"<1:bob smith>"})");
  CHECK(Tokens(R"("a \" b" c)", false) == R"("<1:a \" b>" {c})");
  CHECK(Tokens(R"(x "open)", false) == R"({x} "{open})");
}

TEST_CASE("a value is divided finely, down to digits behind letters") {
  CHECK(Tokens("/api/v2/users", true) == "/{api}/<1:v2>/{users}");
  CHECK(Tokens("blk_123", true) == "{blk}_<3:123>");
  CHECK(Tokens("eth12", true) == "{eth}<3:12>");
  CHECK(Tokens("1a2b", true) == "<1:1a2b>");
}

TEST_CASE("a timestamp of a known format is a slot of its own kind") {
  time::TimestampFormat format;
  REQUIRE(time::TimestampFormat::FromPattern("%Y-%m-%d %H:%M:%S", &format));
  CHECK(Tokens("2024-01-02 03:04:05 up", false, {format}) == "<16:2024-01-02 03:04:05> {up}");
  CHECK(Tokens("2024-01-02 99:04:05 up", false, {format}) == "<1:2024-01-02> <1:99:04:05> {up}");
}

TEST_CASE("tokens cover any bytes without a gap") {
  testing::Random random(3);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes;
    for (uint64_t n = random.Below(60); n > 0; --n)
      bytes += random.OneIn(3) ? random.Byte() : "ab1. \"\\:-=[0"[random.Below(12)];
    Tokens(bytes, false);
    Tokens(bytes, true);
  }
}

Vector<text::Slice> Rows(const std::string& text) {
  Vector<text::Slice> rows;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    rows.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(end - at)});
    at = end;
  }
  return rows;
}

// The bytes that a pattern and the values of its slots give.
std::string Rebuilt(const std::string& text, const Parse& parse, uint32_t pattern,
                    uint32_t first_child) {
  std::string result;
  const ByteBuffer& bytes = parse.patterns[pattern].text;
  uint32_t child = first_child;
  for (size_t p = 0; p < bytes.size(); ++p) {
    if (bytes[p] != kMark) {
      result += bytes[p];
    } else if (const auto code = static_cast<uint8_t>(bytes[++p]); code <= kSlotBase) {
      result += static_cast<char>(code - 1);
    } else {
      const ParsedValue& value = parse.values[parse.children[child++]];
      REQUIRE(value.kind == code - kSlotBase);
      result += text.substr(value.offset, value.size);
    }
  }
  return result;
}

// Parses and checks that every pattern gives its rows and values back.
Parse Parsed(const std::string& text) {
  Parse parse;
  const Vector<text::Slice> rows = Rows(text);
  REQUIRE(ParseBlock(text, rows, {}, Sizes(text.size()), &parse));
  REQUIRE(parse.parsed_rows.size() == rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const ParsedRow& row = parse.parsed_rows[i];
    if (row.pattern == kNoPattern) continue;
    REQUIRE(Rebuilt(text, parse, row.pattern, row.first_child) ==
            text.substr(rows[i].offset, rows[i].size));
  }
  for (const ParsedValue& value : parse.values) {
    if (value.pattern == kNoPattern) continue;
    REQUIRE(Rebuilt(text, parse, value.pattern, value.first_child) ==
            text.substr(value.offset, value.size));
  }
  return parse;
}

TEST_CASE("rows of one statement share a pattern, whatever stands in its slots") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "request " + std::to_string(i * 37) + " done\n";
  const Parse parse = Parsed(text);
  CHECK(parse.patterns.size() == 1);
  CHECK(parse.patterns[0].text == "request \1\5 done\n");
}

TEST_CASE("rows that differ in one word of many share a pattern with a slot for it") {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += "the job of "s + (i % 2 != 0 ? "alice" : "bob") + " has ended well this time\n";
  }
  const Parse parse = Parsed(text);
  REQUIRE(parse.patterns.size() == 1);
  CHECK(parse.patterns[0].text == "the job of \1\4 has ended well this time\n");
}

TEST_CASE("values that look alike are templates with values again") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "GET \"/api/item/" + std::to_string(i) + "/view\" ok\n";
  const Parse parse = Parsed(text);
  size_t divided = 0;
  for (const ParsedValue& value : parse.values) divided += value.pattern != kNoPattern;
  CHECK(divided == 40);
}

TEST_CASE("whatever the bytes are, patterns and values give them back") {
  testing::Random random(4);
  for (int i = 0; i < 60; ++i) {
    std::string text;
    for (uint64_t n = 1 + random.Below(4000); n > 0; --n)
      text += random.OneIn(40) ? random.Byte() : "aab1. \"\\:-=[0\n\n\1\2"[random.Below(17)];
    Parsed(text);
  }
}

TEST_CASE("a block with more values than the tables hold is told") {
  std::string text;
  for (int i = 0; i < 4000; ++i) text += std::to_string(i) + "\n";
  Sizes sizes(text.size());
  Parse parse;
  REQUIRE(ParseBlock(text, Rows(text), {}, sizes, &parse));
  sizes.max_values = 1000;
  CHECK_FALSE(ParseBlock(text, Rows(text), {}, sizes, &parse));
}

TEST_CASE("words that differ too much make patterns of their own") {
  const std::string text = "one two three\nsix seven eight\none two four\n";
  Skeletons skeletons(text);
  Vector<ScannedToken> tokens;
  Vector<uint32_t> ids;
  for (const text::Slice row : Rows(text)) {
    ScanCoarsely(ByteView{text}.substr(row.offset, row.size), {}, &tokens);
    ids.push_back(skeletons.Add(row.offset, tokens));
  }
  Vector<ByteBuffer> patterns;
  skeletons.Cluster(ClusterRules(), &patterns);
  CHECK(patterns == Vector<ByteBuffer>{"one two \1\4\n", "six seven eight\n"});
  CHECK(skeletons.pattern_of(ids[0]) == skeletons.pattern_of(ids[2]));
  CHECK(skeletons.pattern_of(ids[0]) != skeletons.pattern_of(ids[1]));
}

}  // namespace
}  // namespace logpress::mix
