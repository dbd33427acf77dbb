// What is a value by its form alone.
#include "statement/tokens.h"

#include <catch2/catch.hpp>
#include <string>

#include "statement/spans.h"
#include "statement/words.h"

namespace logpress::statement {
namespace {

// The content with "<*>" for each value.
std::string Masked(const std::string& content) {
  Vector<Token> tokens;
  Tokenize(content, &tokens);
  ByteBuffer masked;
  AppendMasked(content, tokens, &masked);
  std::string text;
  for (const char byte : masked) {
    if (byte == kValueMark) {
      text += "<*>";
    } else {
      text += byte;
    }
  }
  return text;
}

struct Case {
  const char* content;
  const char* masked;
};

void Check(std::initializer_list<Case> cases) {
  for (const Case& each : cases) {
    INFO(each.content);
    CHECK(Masked(each.content) == each.masked);
  }
}

TEST_CASE("words with a digit are values, others are not") {
  Check({{"request 17 failed", "request <*> failed"},
         {"job nightly-3 begins", "job <*> begins"},
         {"user root left", "user root left"},
         {"", ""}});
}

TEST_CASE("a point that ends a sentence is no part of a value") {
  Check({{"took 12.5 s in 3.", "took <*> s in <*>."}, {"loaded 4...", "loaded <*>..."}});
}

TEST_CASE("paths, URLs and addresses are one value each, whatever stands in them") {
  Check({{"open /var/log/app.log: denied", "open <*>: denied"},
         {"GET https://a.example:8443/x?y=z,q=1 done", "GET <*> done"},
         {"copy C:\\Temp\\a.txt now", "copy <*> now"},
         {"from 00:1b:44:11:3a:b7 via fe80::1%eth0", "from <*> via <*>"},
         {"lease aa:bb:cc:dd:ee:0f: none", "lease <*>: none"},
         {"peer db.example.org:5432 gone", "peer <*> gone"},
         {"and/or nothing", "and/or nothing"}});
}

TEST_CASE("what belongs to a value goes with it") {
  Check({{"used 12 MB of 4 GB", "used <*> of <*>"},
         {"at Mon Jun 3 10:11:12 2024 UTC", "at <*>"},
         {"May I ask", "May I ask"},
         {"lifetime <1 sec, ok", "lifetime <*>, ok"},
         {"ready=true, dirty=false", "ready=<*>, dirty=<*>"}});
}

TEST_CASE("values that are joined or in a row are one") {
  Check({{"connect 10.0.0.1:80", "connect <*>"},
         {"ids 1,2,3 and 4, 5", "ids <*> and <*>"},
         {"load 1 2 3 x", "load <*> x"},
         {"a (1) b", "a (<*>) b"}});
}

TEST_CASE("behind an equals sign, objects, quoted strings and dotted names are values") {
  Check({{"ws=Source{10 {a b}} n", "ws=<*> n"},
         {"tag=\"some words\" n", "tag=\"<*>\" n"},
         {"pkg=com.example.app n", "pkg=<*> n"},
         {"ws=Source{10", "ws=Source{<*>"}});
}

TEST_CASE("tokens cover the content, for any bytes") {
  std::string content;
  for (int i = 0; i < 3000; ++i) content += static_cast<char>(i * 37 + i / 256);
  for (size_t begin = 0; begin < content.size(); begin += 61) {
    const std::string part = content.substr(begin, 200);
    Vector<Token> tokens;
    Tokenize(part, &tokens);
    uint32_t at = 0;
    for (const Token& token : tokens) {
      REQUIRE(token.begin == at);
      REQUIRE(token.end > token.begin);
      at = token.end;
    }
    // Blanks at the end are left out.
    CHECK(Trimmed(part.substr(at)).find_first_not_of('\n') == std::string::npos);
  }
}

TEST_CASE("of content that is too long the rest is a value") {
  const std::string content(2 * kMostContent, 'x');
  CHECK(Masked("a " + content) == "a " + content);
  std::string many;
  for (size_t i = 0; i < kMostTokens; ++i) many += "a ";
  CHECK(Masked(many + "behind").ends_with("<*>"));
}

TEST_CASE("identifiers are told from words of a sentence") {
  for (const char* const word : {"camelCase", "snake_case", "a.b.c", "user@host", "x/y"})
    CHECK(IsIdentifier(word));
  for (const char* const word : {"word", "Word", "WORD", "it's", "end."})
    CHECK(!IsIdentifier(word));
  CHECK(IsDottedName("org.example.Main"));
  CHECK(!IsDottedName("e.g."));
  CHECK(!IsDottedName("a.b"));
}

}  // namespace
}  // namespace logpress::statement
