// Which lines are one statement.
#include "statement/merge.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "statement/key.h"

namespace logpress::statement {
namespace {

// The keys of the statements of these lines, as text.
std::set<std::string> Statements(const std::vector<std::string>& lines) {
  Symbols symbols;
  std::vector<Key> keys;
  std::set<Key> seen;
  for (const std::string& line : lines) {
    Vector<Token> tokens;
    Tokenize(line, &tokens);
    Key key = symbols.KeyOf(line, tokens);
    if (seen.insert(key).second) keys.push_back(std::move(key));
  }
  std::set<std::string> texts;
  MergedKeys merged;
  MergePatterns({keys.begin(), keys.end()}, symbols, {}, &merged);
  for (const uint32_t key : merged.of) {
    std::string text;
    for (const Symbol symbol : merged.keys[key]) text += symbols.TextOf(symbol);
    texts.insert(text);
  }
  return texts;
}

using Texts = std::set<std::string>;

std::vector<std::string> With(const std::string& before, const std::string& behind,
                              const std::vector<std::string>& words) {
  std::vector<std::string> lines;
  for (const std::string& word : words) lines.push_back(before + word + behind);
  return lines;
}

const std::vector<std::string> kTwelve = {"anna", "bert", "carl", "dora", "emil", "fritz",
                                          "gina", "hans", "ida",  "jan",  "karl", "lea"};
std::vector<std::string> First(size_t count) {
  return {kTwelve.begin(), kTwelve.begin() + static_cast<long>(count)};
}

TEST_CASE("a place where five words stand is a slot, four are statements of their own") {
  CHECK(Statements(With("welcome to ", " again", First(5))) == Texts{"welcome to <*> again"});
  CHECK(Statements(With("welcome to ", " again", First(4))).size() == 4);
}

TEST_CASE("a text in quotes that varies is a value") {
  std::vector<std::string> lines;
  for (const std::string& name : kTwelve) {
    lines.push_back("\"GET /\" 200 \"-\" \"" + name + " (for humans)\"");
    lines.push_back("\"GET /\" 200 \"http://" + name + "/\" \"Opera\"");
  }
  CHECK(Statements(lines) ==
        Texts{"\"GET /\" <*> \"-\" \"<*>\"", "\"GET /\" <*> \"<*>\" \"Opera\""});
  // Where a value stands already, one text is enough.
  CHECK(Statements({"no file \"a1\" here", "no file \"my notes\" here"}) ==
        Texts{"no file \"<*>\" here"});
}

TEST_CASE("a text in quotes that may be a message stays") {
  std::vector<std::string> messages;
  for (size_t i = 0; i < kTwelve.size(); ++i)
    messages.push_back("\"" + kTwelve[i] + " or " + kTwelve[kTwelve.size() - 1 - i] + "\"");
  CHECK(Statements(With("", " at 12", messages)).size() == 12);
  CHECK(Statements(With("msg= ", " at 12", messages)).size() == 12);
  CHECK(Statements(With("{\"msg\": ", ", \"at\": 12}", messages)).size() == 12);
  CHECK(Statements(With("12 ", " 13", messages)).size() == 12);
  messages.pop_back();
  CHECK(Statements(With("says ", " now", messages)).size() == 11);
}

TEST_CASE("a word is a value where there is another value") {
  CHECK(Statements({"left room 12 early", "left room cellar early"}) ==
        Texts{"left room <*> early"});
}

TEST_CASE("names of things are values sooner than words") {
  CHECK(Statements(With("call ", " now", {"doThis", "doThat", "doMore"})) == Texts{"call <*> now"});
  CHECK(Statements(With("call ", " now", {"anna", "bert", "carl"})).size() == 3);
}

TEST_CASE("at the front and before a colon it takes twelve") {
  CHECK(Statements(With("", " has been started", First(11))).size() == 11);
  CHECK(Statements(With("", " has been started", kTwelve)) == Texts{"<*> has been started"});
  CHECK(Statements(With("state of ", ": fine", First(11))).size() == 11);
}

TEST_CASE("at the front five are enough where the line says much besides") {
  const char* const rest = " (v1 maker of boards and chips)";
  CHECK(Statements(With("", rest, First(5))) ==
        Texts{std::string("<*> (<*> maker of boards and chips)")});
  CHECK(Statements(With("", rest, First(4))).size() == 4);
  CHECK(Statements(With("", " (v1 maker of boards)", First(5))).size() == 5);
}

TEST_CASE("behind an equals sign four values are enough, in whatever lines") {
  CHECK(Statements({"a mode=x", "b c mode=y", "d mode=z e", "f mode=u"}) ==
        Texts{"a mode=<*>", "b c mode=<*>", "d mode=<*> e", "f mode=<*>"});
  CHECK(Statements({"a mode=x", "b c mode=y", "d mode=z e"}).contains("a mode=x"));
}

TEST_CASE("behind a word that announces a name two are enough") {
  CHECK(Statements({"session of user anna begins", "session of user bert begins"}) ==
        Texts{"session of user <*> begins"});
}

TEST_CASE("brackets may be empty or missing") {
  CHECK(Statements({"call of x (3) done", "call of x () done"}) == Texts{"call of x (<*>) done"});
  CHECK(Statements({"sent 3 bytes (1.2 KB) all", "sent 3 bytes all"}) ==
        Texts{"sent <*> bytes<*> all"});
}

TEST_CASE("what always stays keeps statements apart") {
  CHECK(Statements({"disk is full", "disk is empty"}).size() == 2);
  CHECK(Statements(kTwelve).size() == kTwelve.size());
}

TEST_CASE("without a word, marks keep statements apart if very many words vary") {
  CHECK(Statements(With("[<12>] ", "+0x3f", kTwelve)) == Texts{"[<<*>>] <*>+<*>"});
  CHECK(Statements(With("[<12>] ", "+0x3f", First(11))).size() == 11);
  CHECK(Statements(With("12 ", "", kTwelve)).size() == 12);
}

TEST_CASE("places that vary together are found one after the other") {
  std::vector<std::string> lines;
  for (const std::string& from : First(5)) {
    for (const std::string& to : First(5)) lines.push_back("mail from " + from + " to " + to);
  }
  CHECK(Statements(lines) == Texts{"mail from <*> to <*>"});
}

}  // namespace
}  // namespace logpress::statement
