#include "text/row_ends.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace logpress::text {
namespace {

// The rows of a text, end to end.
std::vector<std::string> RowsOf(const std::string& text) {
  RowEnds ends(text);
  std::vector<std::string> rows;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = ends.After(begin);
    REQUIRE(end > begin);
    REQUIRE(end <= text.size());
    rows.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return rows;
}

std::vector<std::string> Repeated(const std::vector<std::string>& rows, int times) {
  std::vector<std::string> result;
  for (int i = 0; i < times; ++i) result.insert(result.end(), rows.begin(), rows.end());
  return result;
}

std::string Joined(const std::vector<std::string>& rows) {
  std::string text;
  for (const std::string& row : rows) text += row;
  return text;
}

TEST_CASE("rows end at newlines, at lone carriage returns and at NUL, if that is what ends them") {
  using namespace std::string_literals;
  const std::vector<std::string> rows =
      GENERATE(std::vector<std::string>{"a line of some words\n", "another one behind it\r\n"},
               std::vector<std::string>{"receiving 10 % of all\r", "receiving 20 % of all\r",
                                        "done with all of that\n"},
               std::vector<std::string>{"/srv/some/file/name\0"s, "/srv/another/one\0"s});
  const std::vector<std::string> all = Repeated(rows, 500);
  CHECK(RowsOf(Joined(all)) == all);
}

TEST_CASE("few carriage returns and NULs are part of their lines") {
  using namespace std::string_literals;
  std::vector<std::string> rows = Repeated({"a line of some words like any other\n"}, 300);
  for (const std::string& odd : {"bell\rand return\n"s, "a NUL\0here\n"s})
    rows.insert(rows.begin() + 100, 5, odd);
  CHECK(RowsOf(Joined(rows)) == rows);
}

TEST_CASE("returns before a newline end no row of their own") {
  const std::vector<std::string> rows = Repeated({"progress of something\r\r\n"}, 400);
  CHECK(RowsOf(Joined(rows)) == rows);
}

std::vector<std::string> Counted(int count) {
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i) {
    const std::string message = "<34>1 host" + std::to_string(i * i) + " su: failed";
    rows.push_back(std::to_string(message.size()) + " " + message);
  }
  return rows;
}

TEST_CASE("records that are counted end where their count says") {
  const std::vector<std::string> rows = Counted(1000);
  CHECK(RowsOf(Joined(rows)) == rows);
}

TEST_CASE("a text that begins or ends in the middle of a counted record comes back") {
  std::vector<std::string> rows = Counted(1000);
  const size_t cut = GENERATE(1, 5, 20);
  rows.front() = rows.front().substr(cut);
  rows.back() = rows.back().substr(0, 10);
  const std::vector<std::string> found = RowsOf(Joined(rows));
  CHECK(Joined(found) == Joined(rows));
  CHECK(found.size() >= rows.size() - 1);
}

TEST_CASE("counts that lie lead nowhere") {
  std::string text = Joined(Counted(20));
  for (const char* const lie : {"9999999 x", "0 ", "12345678901234567890 x", "5", "7 "}) {
    const std::string all = text + lie + Joined(Counted(50));
    CHECK(Joined(RowsOf(all)) == all);
  }
}

}  // namespace
}  // namespace logpress::text
