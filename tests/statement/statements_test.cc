// From logs, in archives and as bytes, to statements.
#include "statement/statements.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "archive/archive_test_util.h"
#include "archive/index_reader.h"
#include "base/memory_io.h"
#include "statement/log_feed.h"
#include "support/log_generator.h"
#include "support/ugly_inputs.h"

namespace logpress::statement {
namespace {

struct Counted {
  std::string masked;
  uint64_t lines;
  int64_t first;
  int64_t last;

  auto operator<=>(const Counted&) const = default;
};

std::vector<Counted> Sorted(const PatternCollector& collector) {
  std::vector<Counted> patterns;
  for (const Pattern& pattern : collector.patterns())
    patterns.push_back(
        {std::string(pattern.masked), pattern.lines, pattern.first.begin, pattern.last.begin});
  std::sort(patterns.begin(), patterns.end());
  return patterns;
}

void FeedBytes(ByteView log, PatternCollector* collector) {
  LogFeed feed(collector);
  REQUIRE(feed.Write(log).ok());
  REQUIRE(feed.Finish().ok());
}

void FeedArchive(ByteView log, const archive::WriterOptions& options, PatternCollector* collector) {
  const ByteBuffer packed = archive::Pack(log, options);
  ViewRandomAccess file(packed);
  LogFeed feed(collector);
  REQUIRE(feed.AddArchive(archive::OpenIndex(&file).get()).ok());
}

uint64_t CountLines(ByteView log) {
  const auto newlines = static_cast<uint64_t>(std::count(log.begin(), log.end(), '\n'));
  return newlines + (log.empty() || log.ends_with('\n') ? 0 : 1);
}

std::string RequestLog() {
  std::string log;
  for (int i = 0; i < 3000; ++i) {
    log += "2024-05-17 12:" + std::to_string(10 + i / 60) + ":" + std::to_string(10 + i % 50) +
           " INFO a.b.Server: ";
    if (i % 3 == 0) {
      log += "request " + std::to_string(i) + " from 10.0.0." + std::to_string(i % 200) + "\n";
    } else if (i % 100 == 1) {
      log += "cache cleared\n";
    } else {
      log += "user u" + std::to_string(i % 7) + " left\n";
    }
  }
  return log;
}

TEST_CASE("an archive of any level has the statements of its log") {
  const std::string log = RequestLog();
  PatternCollector of_bytes;
  FeedBytes(log, &of_bytes);
  REQUIRE(of_bytes.patterns().size() == 3);
  for (const int level : {1, 5, 7, 9}) {
    archive::WriterOptions options;
    options.level = level;
    PatternCollector of_archive;
    FeedArchive(log, options, &of_archive);
    CHECK(Sorted(of_archive) == Sorted(of_bytes));
    CHECK(of_archive.lines() == 3000);
  }
}

TEST_CASE("statements have counts, times and examples") {
  PatternCollector collector;
  FeedBytes(RequestLog(), &collector);
  const StatementSet set(collector.patterns());
  REQUIRE(set.statements().size() == 3);
  const Statement& first = set.statements()[0];
  CHECK(first.text == "request <*> from <*>");
  CHECK(first.lines == 1000);
  CHECK(first.id == IdOf("request <*> from <*>"));
  CHECK(first.last.begin - first.first.begin == (49 * 60 + 47) * int64_t{1'000'000});
  REQUIRE(first.examples.size() == 2);
  CHECK(first.examples[1][0] == "10.0.0.0");
  CHECK(set.statements()[2].text == "user <*> left");
}

TEST_CASE("the id of a statement depends on its text alone") {
  CHECK(IdOf("request <*> from <*>") == "3970996a2b99");
}

TEST_CASE("lines are counted once, however blocks, groups and rows cut them") {
  std::string log = RequestLog();
  log += "{\"records\":[";
  for (int i = 0; i < 5000; ++i) log += "{\"n\":" + std::to_string(i) + ",\"s\":\"ok\"},";
  log += "{}]}\nthe last line has no end";
  for (const uint64_t block : {uint64_t{16} << 10, uint64_t{64} << 10, uint64_t{1} << 20}) {
    PatternCollector collector;
    FeedArchive(log, archive::Blocks(block), &collector);
    CHECK(collector.lines() == CountLines(log));
    uint64_t sum = 0;
    for (const Pattern& pattern : collector.patterns()) sum += pattern.lines;
    CHECK(sum == CountLines(log));
  }
}

TEST_CASE("more patterns than are told apart are counted as one") {
  std::string log;
  const size_t lines = PatternCollector::kMostPatterns + 5000;
  for (size_t i = 0; i < lines; ++i) {
    std::string word;
    for (size_t n = i; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    log += "only " + word + " of " + std::string(i % 7, 'z') + " and x" + word + "\n";
  }
  PatternCollector collector;
  FeedBytes(log, &collector);
  CHECK(collector.patterns().size() <= PatternCollector::kMostPatterns);
  const StatementSet set(collector.patterns());
  uint64_t sum = 0;
  for (const Statement& statement : set.statements()) sum += statement.lines;
  CHECK(sum == lines);
}

// Every line belongs to a statement, its values are in it, and the sums are right.
void CheckAll(const std::string& log) {
  PatternCollector collector;
  FeedBytes(log, &collector);
  REQUIRE(collector.lines() == CountLines(log));
  StatementSet set(collector.patterns());
  uint64_t sum = 0;
  for (const Statement& statement : set.statements()) sum += statement.lines;
  CHECK(sum == collector.lines());
  PatternCollector of_archive;
  archive::WriterOptions options = archive::Blocks(uint64_t{16} << 10);
  options.level = 1;
  FeedArchive(log, options, &of_archive);
  CHECK(of_archive.lines() == collector.lines());
}

TEST_CASE("any log has statements") {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    CheckAll(testing::GenerateLog(seed, size_t{64} << 10));
  }
  for (const auto& ugly : testing::UglyInputs()) {
    INFO(ugly.name);
    if (ugly.bytes.size() < size_t{1} << 20) CheckAll(ugly.bytes);
  }
}

TEST_CASE("values are what the program filled in, and give the content back") {
  const std::string log = RequestLog();
  PatternCollector collector;
  FeedBytes(log, &collector);
  StatementSet set(collector.patterns());
  const Header& header = collector.headers().back().header;
  Vector<ByteView> values;
  for (size_t at = 0; at < log.size();) {
    const size_t end = log.find('\n', at);
    const ByteView content = header.ContentOf(ByteView(log).substr(at, end - at));
    const size_t found = set.Find(content);
    REQUIRE(found != StatementSet::kNone);
    const TemplateText& form = set.statements()[found].form;
    REQUIRE(form.Match(content, /*loose=*/false, &values));
    std::string rendered(form.piece(0));
    for (size_t i = 0; i < values.size(); ++i)
      rendered += std::string(values[i]) + std::string(form.piece(i + 1));
    REQUIRE(rendered == content);
    at = end + 1;
  }
}

}  // namespace
}  // namespace logpress::statement
