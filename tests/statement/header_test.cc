// Where the content of lines begins.
#include "statement/header.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace logpress::statement {
namespace {

// What is left of `line` in a log of such lines.
std::string ContentIn(const std::vector<std::string>& log, const std::string& line) {
  const std::vector<ByteView> lines(log.begin(), log.end());
  return std::string(Header::Find(lines).ContentOf(line));
}

// Fifty lines in which '#' is a number that changes, '@' one of three names and '~' a message.
std::vector<std::string> Log(const std::string& pattern) {
  const std::vector<std::string> names = {"alpha", "beta", "gamma"};
  const std::vector<std::string> messages = {
      "started", "stopped after 3 tries", "read: no such file", "went on with nothing else to do"};
  std::vector<std::string> lines;
  for (size_t i = 0; i < 50; ++i) {
    std::string line;
    for (const char byte : pattern) {
      if (byte == '#') {
        line += std::to_string(10 + i);
      } else if (byte == '@') {
        line += names[i % names.size()];
      } else if (byte == '~') {
        line += messages[i % messages.size()];
      } else {
        line += byte;
      }
    }
    lines.push_back(line);
  }
  return lines;
}

TEST_CASE("the header is found in the ways in which programs write it") {
  for (const char* const header :
       {"2024-05-01 12:00:# INFO ", "2024-05-01T12:00:#Z INFO [main] a.b.@: ",
        "Jun  3 12:00:# web01 @[#]: ", "[Mon Jun 03 12:00:# 2024] [notice] ",
        "0503 120# #  # D @: ", "2024-05-01 12:00:#,123 - INFO  [@] - ",
        "20240501-12:00:#:123|@|#|", "- 17145# 2024.05.01 node# May 1 12:00:# @: ",
        "[05.01 12:00:#] @.exe *64 - ", "2024-05-01 12:00:#, Info                  @    "}) {
    INFO(header);
    const std::vector<std::string> log = Log(std::string(header) + "~");
    const size_t size = log[7].size() - std::string("went on with nothing else to do").size();
    CHECK(ContentIn(log, log[7]) == log[7].substr(size));
  }
}

// "name=value" for each field of the header of the first of such lines.
std::string FieldsOf(const std::string& pattern) {
  const std::vector<std::string> log = Log(pattern + "~");
  const std::vector<ByteView> lines(log.begin(), log.end());
  const Header header = Header::Find(lines);
  Vector<ByteView> values;
  header.ValuesIn(log[0], &values);
  std::string text;
  for (size_t i = 0; i < values.size(); ++i)
    text += (i == 0 ? "" : " ") + header.names()[i] + "=" + std::string(values[i]);
  return text;
}

TEST_CASE("the fields of a header have names") {
  CHECK(FieldsOf("2024-05-01 12:00:# INFO [main] a.b.@: ") ==
        "Date=2024-05-01 Time=12:00:10 Level=INFO Context=main Component=a.b.alpha");
  CHECK(FieldsOf("Jun  3 12:00:# web01 @[#]: ") ==
        "Month=Jun Day=3 Time=12:00:10 Host=web01 Component=alpha Pid=10");
  CHECK(FieldsOf("2024-05-01T12:00:#Z #  # D @: ") ==
        "Timestamp=2024-05-01T12:00:10Z Pid=10 Tid=10 Level=D Component=alpha");
  CHECK(FieldsOf("20240501-12:00:#:123|@|#|") ==
        "Timestamp=20240501-12:00:10:123 Component=alpha Pid=10");
  CHECK(FieldsOf("05-01 12:00:# #  # D @: ") ==
        "Date=05-01 Time=12:00:10 Pid=10 Tid=10 Level=D Component=alpha");
  CHECK(FieldsOf("- 17145678# R-1-#-C:J1 2024.05.01 INFO ") ==
        "Timestamp=1714567810 Component=R-1-10-C:J1 Date=2024.05.01 Level=INFO");
  CHECK(FieldsOf("[05.01 12:00:#] @.exe - ") == "Time=05.01 12:00:10 Component=alpha.exe");
}

TEST_CASE("a line without a header has no fields") {
  std::vector<std::string> log = Log("2024-05-01 12:00:# ERROR a.b.@: ~");
  log.emplace_back("and more");
  const std::vector<ByteView> lines(log.begin(), log.end());
  Vector<ByteView> values;
  Header::Find(lines).ValuesIn(log.back(), &values);
  CHECK(values == Vector<ByteView>(4));
}

TEST_CASE("lines that do not begin like the others have no header") {
  std::vector<std::string> log = Log("2024-05-01 12:00:# ERROR a.b.@: ~");
  for (int i = 0; i < 60; ++i) log.push_back("\tat a.b.C.run(C.java:" + std::to_string(i) + ")");
  CHECK(ContentIn(log, log[1]) == "stopped after 3 tries");
  CHECK(ContentIn(log, log.back()) == "at a.b.C.run(C.java:59)");
}

TEST_CASE("without a time or a level there is no header") {
  const std::vector<std::string> log = Log("total: # of #");
  CHECK(ContentIn(log, log[3]) == log[3]);
  CHECK(Header::Find({}).fields() == 0);
}

TEST_CASE("a word of the message that is always the same belongs to the message") {
  const std::vector<std::string> log = Log("2024-05-01 12:00:# INFO Broker # ~");
  CHECK(ContentIn(log, log[0]) == "Broker 10 started");
}

}  // namespace
}  // namespace logpress::statement
