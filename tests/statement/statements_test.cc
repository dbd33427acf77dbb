// From logs, in archives and as bytes, to statements.
#include "statement/statements.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive_test_util.h"
#include "archive/index_reader.h"
#include "base/memory_io.h"
#include "statement/log_feed.h"
#include "statement/row_maker.h"
#include "support/log_generator.h"
#include "support/random.h"
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

void CheckArchiveIsLikeBytes(const std::string& log) {
  PatternCollector of_bytes;
  FeedBytes(log, &of_bytes);
  PatternCollector of_archive;
  FeedArchive(log, {}, &of_archive);
  CHECK(Sorted(of_archive) == Sorted(of_bytes));
}

TEST_CASE("a block that begins with lines without a header has one") {
  std::string log;
  for (int i = 0; i < 1200; ++i) log += "\tat a.b.C.run(C.java:" + std::to_string(i) + ")\n";
  CheckArchiveIsLikeBytes(log + RequestLog());
}

TEST_CASE("a header is looked for in as much of an archive as of bytes") {
  // Of the first lines the fields say less than of all.
  std::string log;
  for (int i = 0; i < 4000; ++i) {
    char line[120];
    std::snprintf(line, sizeof(line), "2024-05-01 10:%02d:%02d.%03d %s %s job %d took %d ms\n",
                  i / 60 % 60, i % 60, i % 1000,
                  i < 1000     ? "the main"
                  : i % 3 == 0 ? "WARN"
                               : "INFO",
                  i < 1000 ? "loop:" : "worker:", i, i * 7 % 311);
    log += line;
  }
  CheckArchiveIsLikeBytes(log);
}

TEST_CASE("lines in several rows are lines, in an archive as in bytes") {
  // Members in any order: each is a row.
  std::string log;
  std::vector<std::string> members = {"\"user\":\"u",       "\"took\":\"",  "\"path\":\"/a/",
                                      "\"from\":\"10.0.0.", "\"zone\":\"z", "\"kind\":\"k"};
  testing::Random random(3);
  for (int i = 0; i < 3000; ++i) {
    std::swap(members[random.Below(6)], members[random.Below(6)]);
    for (size_t m = 0; m < members.size(); ++m)
      log += (m == 0 ? "{" : ",") + members[m] + std::to_string(random.Below(50)) + "\"";
    log += "}\n";
  }
  CheckArchiveIsLikeBytes(log);
}

TEST_CASE("lines of the same rows in another order are other lines") {
  std::string log;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    const std::string read = R"({"op":"read","name":")" + n + R"(","size":)" + n + "}";
    const std::string sent = R"({"op":"sent","peer":"10.0.0.)" + n + R"(","ok":true})";
    log += "[" + (i % 3 == 0 ? read + "," + sent : sent + "," + read) + "]\n";
  }
  PatternCollector collector;
  FeedBytes(log, &collector);
  REQUIRE(collector.patterns().size() == 2);
  CHECK(collector.patterns()[0].lines == 1000);
  CHECK(collector.patterns()[1].lines == 2000);
}

TEST_CASE("what was seen under another header is looked at again") {
  // Of the first log a few lines have no header; in the second the same lines have one.
  std::string without;
  std::string second;
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(1000 + 7 * i);
    const std::string line = n + " INFO worker " + n + " is done\n";
    without += line;
    second += line;
  }
  PatternCollector collector;
  FeedBytes(RequestLog() + without, &collector);
  FeedBytes(second, &collector);
  const std::string masked = std::string("worker ") + kValueMark + " is done";
  const auto found = std::find_if(collector.patterns().begin(), collector.patterns().end(),
                                  [&](const Pattern& each) { return each.masked == masked; });
  REQUIRE(found != collector.patterns().end());
  CHECK(found->lines == 100);
}

TEST_CASE("statements have counts, times and examples") {
  PatternCollector collector;
  FeedBytes(RequestLog(), &collector);
  const StatementSet set(collector);
  REQUIRE(set.statements().size() == 3);
  const Statement& first = set.statements()[0];
  CHECK(first.text() == "request <*> from <*>");
  CHECK(first.lines == 1000);
  CHECK(first.id() == IdOf("request <*> from <*>"));
  CHECK(first.last.begin - first.first.begin == (49 * 60 + 47) * int64_t{1'000'000});
  REQUIRE(first.examples.size() == 2);
  CHECK(first.examples[1][0] == "10.0.0.0");
  CHECK(set.statements()[2].text() == "user <*> left");
}

TEST_CASE("what stands in quotes behind a name is text if many lines have the same there") {
  const auto text_of = [](int lines) {
    std::string log;
    for (int i = 0; i < lines; ++i) log += "msg=\"shutting down\" reason=idle\n";
    PatternCollector collector;
    FeedBytes(log, &collector);
    return std::string(StatementSet(collector).statements().at(0).text());
  };
  CHECK(text_of(20) == "msg=\"shutting down\" reason=idle");
  // A few do not tell.
  CHECK(text_of(15) == "msg=\"<*> <*>\" reason=idle");
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
  const StatementSet set(collector);
  uint64_t sum = 0;
  for (const Statement& statement : set.statements()) sum += statement.lines;
  CHECK(sum == lines);
}

std::string Rendered(const TemplateText& text, const Vector<ByteView>& values) {
  REQUIRE(values.size() == text.slots());
  std::string rendered(text.piece(0));
  for (size_t i = 0; i < values.size(); ++i)
    rendered += std::string(values[i]) + std::string(text.piece(i + 1));
  return rendered;
}

// Of every line, text and values give the content back, and statements have as many lines as say
// that they are of them, but for a few: lines are counted by masked values, each seen alone.
void CheckLines(ByteView log, const PatternCollector& collector) {
  const StatementSet set(collector);
  RowMaker rows(&set, &collector.headers());
  std::map<std::string, uint64_t> lines;
  uint64_t number = 0;
  for (size_t at = 0; at < log.size(); ++number) {
    const size_t end = std::min(log.find('\n', at), log.size());
    const Row& row = rows.Make(log.substr(at, end - at), number);
    REQUIRE(Rendered(row.form->text, row.values) == row.content);
    CHECK(row.form->types.size() == row.values.size());
    ++lines[row.statement->id()];
    at = end + 1;
  }
  uint64_t missed = 0;
  for (const Statement& statement : set.statements())
    missed += statement.lines - std::min(statement.lines, lines[statement.id()]);
  CHECK(missed <= 4 + number / 100);
}

// Every line belongs to a statement, its values are in it, and the sums are right.
void CheckAll(const std::string& log) {
  PatternCollector collector;
  FeedBytes(log, &collector);
  REQUIRE(collector.lines() == CountLines(log));
  const StatementSet set(collector);
  uint64_t sum = 0;
  for (const Statement& statement : set.statements()) sum += statement.lines;
  CHECK(sum == collector.lines());
  CheckLines(log, collector);
  PatternCollector of_archive;
  archive::WriterOptions options = archive::Blocks(uint64_t{16} << 10);
  options.level = 1;
  FeedArchive(log, options, &of_archive);
  CHECK(of_archive.lines() == collector.lines());
  CheckLines(log, of_archive);
}

TEST_CASE("a line with values of another shape than any before has a template of its own") {
  PatternCollector collector;
  FeedBytes("sizes [1, 2, 3] of a\nsizes [4, 5, 6] of a\n", &collector);
  const StatementSet set(collector);
  RowMaker rows(&set, &collector.headers());
  const Row& usual = rows.Make("sizes [7, 8, 9] of a", 2);
  CHECK(usual.form->text.text() == "sizes [<*>, <*>, <*>] of a");
  const std::string id = usual.statement->id();
  CHECK(usual.form->id == id);
  const Row& shorter = rows.Make("sizes [7, 8] of a", 3);
  CHECK(shorter.statement->id() == id);
  CHECK(shorter.form->id != id);
  CHECK(shorter.form->text.text() == "sizes [<*>] of a");
  CHECK(Rendered(shorter.form->text, shorter.values) == "sizes [7, 8] of a");
  const Row& other = rows.Make("nobody saw such a line", 4);
  CHECK(other.form->text.text() == "<*>");
  CHECK(other.values[0] == "nobody saw such a line");
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

TEST_CASE("text and values give back lines of every kind") {
  testing::Random random(11);
  const auto number = [&] { return std::to_string(random.Below(3000)); };
  const auto word = [&] {
    constexpr const char* kWords[] = {"Close", "Connect", "send", "user", "a.b.C", "<*>", "x"};
    return std::string(kWords[random.Below(std::size(kWords))]);
  };
  const auto padded = [&](const std::string& text, size_t width) {
    return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
  };
  const auto list = [&](const std::string& between) {
    std::string text = number();
    for (uint64_t n = random.Below(4); n > 0; --n) text += between + number();
    return text;
  };
  for (int round = 0; round < 20; ++round) {
    std::string log;
    for (int i = 0; i < 400; ++i) {
      log += "2024-05-17 12:10:" + std::to_string(10 + i % 50) + " INFO a.b.Server: ";
      switch (random.Below(12)) {
        case 0:
          log += "replicas [" + list(", ") + "] of blk_" + number();
          break;
        case 1:
          log += "seen " + list(" ") + " and " + list(":");
          break;
        case 2:
          log +=
              "removed" + std::string(random.Below(2) == 0 ? " (forced)" : " ()") + " " + number();
          break;
        case 3:
          log +=
              "boot" + (random.Below(3) == 0 ? std::string() : " (" + number() + ")") + " is done";
          break;
        case 4:
          log += padded(word(), 10) + "| took" + std::string(1 + random.Below(3), ' ') + "long";
          break;
        case 5:
          log += "size " + std::string(random.Below(6), ' ') + number() + " KB   of " + number();
          break;
        case 6:
          log += "name=" + word() + "\tvalue=" + (random.Below(2) == 0 ? number() : word());
          break;
        case 7:
          log += word() + " " + word() + " <*> " + word() + number();
          break;
        case 8:
          log +=
              "long " + std::string(random.Below(9000), random.Below(2) == 0 ? 'x' : ' ') + word();
          break;
        case 9:
          log += "GET /a/" + word() + "?q=" + list("&r=") + " HTTP/1." + number() + "\r";
          break;
        case 10:
          log += "from " + word() + "." + number() + " to \"" + word() + "\"" + word();
          break;
        default:
          log += std::string(1, static_cast<char>(random.Below(256))) + "\xe4\xb8 " + number();
      }
      log += '\n';
    }
    CheckAll(log);
  }
}

}  // namespace
}  // namespace logpress::statement
