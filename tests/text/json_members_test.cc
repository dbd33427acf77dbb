#include "text/json_members.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "support/random.h"

namespace logpress::text {
namespace {

// The rows of `text`, a '|' between them.
std::string Split(const std::string& text) {
  Vector<Slice> rows;
  SplitMembers(text, &rows);
  std::string result;
  uint32_t at = 0;
  for (const Slice& row : rows) {
    CHECK(row.offset == at);
    CHECK(row.size > 0);
    at = row.offset + row.size;
    if (!result.empty()) result += '|';
    result += text.substr(row.offset, row.size);
  }
  CHECK(at == text.size());
  return result;
}

TEST_CASE("an object is divided behind its brace and behind each of its members") {
  CHECK(Split(R"({"a":1,"b":"x","c":null})") == R"({|"a":1,|"b":"x",|"c":null})");
  CHECK(Split(R"({"a": 1, "b": 2})") == R"({|"a": 1,| "b": 2})");
  CHECK(Split(R"({"a":{"b":1,"c":2},"d":3})") == R"({|"a":{|"b":1,|"c":2},|"d":3})");
}

TEST_CASE("arrays and strings are not divided, objects in arrays are") {
  CHECK(Split(R"({"a":[1,2,3],"b":"x,y{"})") == R"({|"a":[1,2,3],|"b":"x,y{"})");
  CHECK(Split(R"({"a":"\",","b":1})") == R"({|"a":"\",",|"b":1})");
  CHECK(Split(R"({"a":"\\","b":1})") == R"({|"a":"\\",|"b":1})");
  CHECK(Split(R"([{"a":1,"b":2},{"a":3}])") == R"([{|"a":1,|"b":2},{|"a":3}])");
}

TEST_CASE("a line break ends strings and brackets") {
  CHECK(Split("{\"a\":\"open\n{\"b\":1,\"c\":2}\n") == "{|\"a\":\"open\n|{|\"b\":1,|\"c\":2}\n");
  CHECK(Split("{[\na,b\n") == "{|[\n|a,b\n");
  CHECK(Split("no, json\nat, all") == "no, json\n|at, all");
  CHECK(Split("").empty());
}

TEST_CASE("any bytes are divided into rows without gaps") {
  constexpr ByteView kBytes = "{}[],,::\"\"\\\\ab1\n ";
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    testing::Random random(seed);
    std::string text;
    for (uint64_t n = random.Below(200); n > 0; --n) text += kBytes[random.Below(kBytes.size())];
    INFO(text);
    Split(text);
    HasManyOrders(text);
  }
}

std::string Objects(int lines, bool shuffled, const std::string& header = "") {
  testing::Random random(1);
  std::string text;
  for (int i = 0; i < lines; ++i) {
    std::vector<std::string> members = {"\"a\":1",     "\"b\":\"x\\\"y\"",
                                        "\"c\":[1,2]", "\"d\":{\"e\":5}",
                                        "\"f\":true",  "\"g\":" + std::to_string(i)};
    if (shuffled) random.Shuffle(&members);
    text += header + "{";
    for (const std::string& member : members) text += member + ",";
    text.back() = '}';
    text += '\n';
  }
  return text;
}

TEST_CASE("members in many orders are told from members in one") {
  CHECK(HasManyOrders(Objects(1000, true)));
  CHECK(HasManyOrders(Objects(30, true)));
  CHECK(HasManyOrders(Objects(100, true, "2026-01-02T03:04:05Z stdout F ")));
  CHECK_FALSE(HasManyOrders(Objects(1000, false)));
  CHECK_FALSE(HasManyOrders(Objects(10, true)));  // too few to tell
  CHECK_FALSE(HasManyOrders(""));
  CHECK_FALSE(HasManyOrders("\n"));
  CHECK_FALSE(HasManyOrders(std::string(1 << 16, '{')));
  std::string mixed;
  for (int i = 0; i < 1000; ++i) mixed += "a line of words\nand another one\nand one more\n";
  CHECK_FALSE(HasManyOrders(mixed + Objects(1000, true)));
}

TEST_CASE("keys are told from values, also from those with quotes in them") {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "{\"key\":\"value \\\"" + std::to_string(i) + "\\\": \",\"other\":[\"" +
            std::to_string(i) + "\"]}\n";
  CHECK_FALSE(HasManyOrders(text));
}

}  // namespace
}  // namespace logpress::text
