// Texts of statements and the values of lines.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "statement/text_maker.h"
#include "support/random.h"

namespace logpress::statement {
namespace {

// The text of a statement of which these are all lines, whose tokens are those of the first.
TemplateText TextOf(const std::vector<std::string>& lines) {
  Symbols symbols;
  Vector<Token> tokens;
  Tokenize(lines[0], &tokens);
  const std::vector<ByteView> examples(lines.begin(), lines.end());
  TextMaker maker(symbols);
  maker.Begin(symbols.KeyOf(lines[0], tokens), examples);
  return maker.Fine();
}
std::string Text(const std::vector<std::string>& lines) {
  return std::string(TextOf(lines).text());
}

TEST_CASE("a value is divided where all values have the same marks") {
  CHECK(Text({"to 10.0.0.1:80", "to 10.0.0.2:81"}) == "to <*>:<*>");
  CHECK(Text({"to 10.0.0.1:80", "to 10.0.0.2"}) == "to <*>");
  CHECK(Text({"ids 1 2 3", "ids 4 5 6"}) == "ids <*> <*> <*>");
  CHECK(Text({"ids 1 2 3", "ids 4"}) == "ids <*>");
  CHECK(Text({"at 00:1b:44:11:3a:b7", "at 00:1b:44:11:3a:b8"}) == "at <*>");
}

TEST_CASE("units, names of functions and of numbered things stay text") {
  CHECK(Text({"used 3 KB", "used 4 KB"}) == "used <*> KB");
  CHECK(Text({"used 3 KB", "used 4 MB"}) == "used <*> <*>");
  CHECK(Text({"jk2_init() done 1", "jk2_init() done 2"}) == "jk2_init() done <*>");
  CHECK(Text({"core.12 dumped", "core.3 dumped"}) == "core.<*> dumped");
}

TEST_CASE("blanks stay as they were written, and a value has them where they differ") {
  CHECK(Text({"boot  (command 1)", "boot  (command 2)"}) == "boot  (command <*>)");
  CHECK(Text({"used  1 of\t2", "used  3 of\t4"}) == "used  <*> of\t<*>");
  CHECK(Text({"used    1 of 2", "used   33 of 4"}) == "used <*> of <*>");
  CHECK(Text({"used\t1 of 2", "used 33 of 4"}) == "used<*> of <*>");
  CHECK(Text({"now  done", "now done"}) == "now<*>done");
  CHECK(Text({"at 1  2", "at 3  4"}) == "at <*>  <*>");
}

TEST_CASE("what looks like a slot in a line is a value") {
  CHECK(Text({"got <*> for 1", "got <*> for 2"}) == "got <*> for <*>");
  TemplateText text;
  for (const char* const part : {"a", "<", "*", ">", "b"}) text.AppendText(part);
  CHECK(text.slots() == 1);
  CHECK(text.text() == "a<*>b");
}

TEST_CASE("values are found, and with the text give the line back") {
  const TemplateText text = TextOf({"from 10.0.0.1:80 to 3", "from 10.0.0.2:81 to 4"});
  Vector<ByteView> values;
  REQUIRE(text.Match("from a:b to c to d", /*loose=*/false, &values));
  CHECK(std::vector<std::string>(values.begin(), values.end()) ==
        std::vector<std::string>{"a", "b", "c to d"});
  CHECK(!text.Match("from a to c", /*loose=*/false, &values));
  CHECK(!text.Match("From a:b to c", /*loose=*/true, &values));
}

TEST_CASE("blanks may be more when the match is loose") {
  const TemplateText text = TextOf({"a b 1 c", "a b 2 c"});
  Vector<ByteView> values;
  CHECK(!text.Match("a  b 1 c", /*loose=*/false, &values));
  REQUIRE(text.Match("a  b\t1 c", /*loose=*/true, &values));
  CHECK(values[0] == "1");
}

TEST_CASE("whatever was put into a template is matched, and rendered again") {
  testing::Random random(7);
  for (int round = 0; round < 2000; ++round) {
    TemplateText text;
    std::string line;
    const auto letters = [&] {
      std::string word;
      for (uint64_t n = random.Below(4); n > 0; --n) word += "ab "[random.Below(3)];
      return word;
    };
    for (uint64_t n = random.Below(5); n > 0; --n) {
      const std::string piece = letters();
      text.AppendText(piece);
      text.AppendSlot();
      line += piece + letters();
    }
    const std::string last = letters();
    text.AppendText(last);
    line += last;
    INFO("template \"" << std::string(text.text()) << "\", line \"" << line << "\"");
    Vector<ByteView> values;
    REQUIRE(text.Match(line, /*loose=*/false, &values));
    REQUIRE(values.size() == text.slots());
    std::string rendered(text.piece(0));
    for (size_t i = 0; i < values.size(); ++i)
      rendered += std::string(values[i]) + std::string(text.piece(i + 1));
    CHECK(rendered == line);
  }
}

}  // namespace
}  // namespace logpress::statement
