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
