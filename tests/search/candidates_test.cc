// The lines that are handed on, beside those that a plain look at the log finds.
#include "search/candidates.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive_test_util.h"
#include "archive/index_reader.h"
#include "search/meets.h"
#include "support/log_generator.h"
#include "support/log_shapes.h"
#include "support/random.h"
#include "support/ugly_inputs.h"
#include "support/words.h"

namespace logpress::search {
namespace {

struct FoundLine {
  uint64_t number;
  uint64_t offset;
  std::string bytes;

  bool operator==(const FoundLine&) const = default;
};

// The lines of `log` that meet the query, by looking at each.
std::vector<FoundLine> Look(std::string_view log, const Query& query, uint64_t first,
                            uint64_t end) {
  std::vector<FoundLine> found;
  uint64_t number = 0;
  for (size_t at = 0; at < log.size(); ++number) {
    const size_t newline = log.find('\n', at);
    const size_t size = (newline == std::string_view::npos ? log.size() : newline + 1) - at;
    const std::string line(log.substr(at, size));
    std::string text = line;
    if (text.ends_with('\n')) text.pop_back();
    if (number >= first && number < end && Meets(query, text)) found.push_back({number, at, line});
    at += size;
  }
  return found;
}

// Keeps, of what is handed on, the lines that meet the query.
class Collector : public LineConsumer {
 public:
  Collector(const Query& query, bool offsets) : query_(query), offsets_(offsets) {}

  absl::StatusOr<bool> Lines(uint64_t number, uint64_t offset, ByteView bytes) override {
    REQUIRE(!bytes.empty());
    for (FoundLine& line : Look(bytes, query_, 0, ~uint64_t{0})) {
      line.number += number;
      line.offset = offsets_ ? line.offset + offset : 0;
      found.push_back(line);
    }
    return true;
  }
  absl::StatusOr<bool> Matched(uint64_t lines) override {
    counted += lines;
    return true;
  }

  std::vector<FoundLine> found;
  uint64_t counted = 0;

 private:
  const Query& query_;
  const bool offsets_;
};

std::string SomeLiteral(testing::Random* random, const std::string& log) {
  const size_t size = 1 + random->Below(random->Below(4) == 0 ? 80 : 12);
  const size_t at = random->Below(log.size());
  std::string literal = log.substr(at, size);
  literal.resize(std::min(literal.find('\n'), literal.size()));
  if (!literal.empty() && random->Below(3) == 0)
    literal[random->Below(literal.size())] = log[random->Below(log.size())];
  std::erase(literal, '\n');
  return literal.empty() ? "e" : literal;
}

Needs SomeNeeds(testing::Random* random, const std::string& log, int depth) {
  const uint64_t kind = random->Below(depth > 0 ? 6 : 4);
  if (kind == 0) {
    std::vector<ByteSet> sets;
    for (const char byte : SomeLiteral(random, log)) {
      sets.emplace_back();
      sets.back().set(static_cast<unsigned char>(byte));
      if (random->OneIn(4)) sets.back().set().reset('\n');
      if (random->OneIn(8)) sets.back().set(static_cast<size_t>(random->Below(10)) + '0');
    }
    return Needs::Sets(std::move(sets));
  }
  if (kind < 4) return Needs::Literal(SomeLiteral(random, log));
  std::vector<Needs> parts;
  for (uint64_t i = random->Below(4); i > 0; --i)
    parts.push_back(SomeNeeds(random, log, depth - 1));
  if (random->Below(12) == 0) parts.emplace_back();
  return kind == 4 ? Needs::All(std::move(parts)) : Needs::Any(std::move(parts));
}

void LowerAll(Needs* needs) {
  needs->literal = LowerCase(needs->literal);
  for (ByteSet& set : needs->sets) {
    for (size_t c = 'A'; c <= 'Z'; ++c) {
      if (set[c] || set[c + 32]) set.set(c).set(c + 32);
    }
  }
  for (Needs& part : needs->parts) LowerAll(&part);
}

// With `ranges`, also of some lines only.
uint64_t CheckQueries(const std::string& log, const ByteBuffer& packed, uint64_t seed, int queries,
                      bool ranges = true) {
  testing::Random random(seed);
  ViewRandomAccess file(packed);
  uint64_t skipped = 0;
  for (int i = 0; i < queries; ++i) {
    Query query;
    query.needs = SomeNeeds(&random, log, 2);
    query.ignore_case = random.Below(4) == 0;
    if (query.ignore_case) LowerAll(&query.needs);
    query.exact = true;
    CandidateOptions options;
    options.offsets = random.Below(3) == 0;
    options.all_lines = random.Below(10) == 0;
    options.threads = random.Below(4) == 0 ? 2 : 1;
    const std::vector<FoundLine> all = Look(log, {}, 0, ~uint64_t{0});
    if (ranges && random.Below(4) == 0) {
      options.selection.first = random.Below(all.size() + 1);
      options.selection.end = options.selection.first + random.Below(all.size() + 1);
    }
    auto expected = Look(log, query, options.selection.first, options.selection.end);
    if (!options.offsets) {
      for (FoundLine& line : expected) line.offset = 0;
    }
    const auto index = archive::OpenIndex(&file);
    Collector collector(query, options.offsets);
    SearchStats stats;
    REQUIRE(FindCandidates(index.get(), query, options, &collector, &stats).ok());
    INFO("seed " << seed << ", query " << i << ": " << query.needs.literal);
    REQUIRE(collector.found == expected);
    CHECK(collector.counted == 0);
    skipped += stats.blocks_skipped;

    options.count_only = true;
    options.all_lines = false;
    Collector counter(query, options.offsets);
    REQUIRE(FindCandidates(index.get(), query, options, &counter, &stats).ok());
    REQUIRE(counter.counted + counter.found.size() == expected.size());
  }
  return skipped;
}

TEST_CASE("every line that may match is handed on") {
  const int level = GENERATE(1, 2, 5, 9);
  for (uint64_t shape = 0; shape < testing::kLogShapes; ++shape) {
    for (uint64_t seed = 0; seed < 3; ++seed) {
      testing::Random random(seed * 1000 + shape);
      std::string log =
          testing::GenerateShape(&random, static_cast<testing::LogShape>(shape), 8000);
      if (seed == 1) log = testing::Weather(&random, log);
      if (log.empty()) continue;
      archive::WriterOptions options = archive::Blocks(seed == 2 ? 600 : 4000);
      options.level = level;
      INFO("shape " << shape << " at level " << level);
      CheckQueries(log, archive::Pack(log, options), seed, level == 9 ? 6 : 15);
    }
  }
}

// Lines of many objects each, which become rows.
std::string LinesOfObjects(testing::Random* random, int lines) {
  std::string log;
  for (int i = 0; i < lines; ++i) {
    log += R"({"topic":"t)" + std::to_string(random->Below(3)) + R"(","records":[)";
    for (uint64_t objects = 50 + random->Below(200); objects > 0; --objects) {
      log += R"({"offset":)" + std::to_string(random->Below(1000)) + R"(,"state":")" +
             (random->OneIn(2) ? "online" : "offline") + R"("},)";
    }
    log.back() = ']';
    log += "}\n";
  }
  return log;
}

TEST_CASE("a line of several rows is one line") {
  for (const int level : {1, 5}) {
    testing::Random random(11);
    std::string log = LinesOfObjects(&random, 200);
    if (level == 5) log.pop_back();
    archive::WriterOptions options = archive::Blocks(100000);
    options.level = level;
    const ByteBuffer packed = archive::Pack(log, options);
    CheckQueries(log, packed, 5, 60);

    ViewRandomAccess file(packed);
    const auto index = archive::OpenIndex(&file);
    Query query;
    query.needs = Needs::All({Needs::Literal(R"("t1",)"), Needs::Literal("123,")});
    Collector collector(query, false);
    SearchStats stats;
    CandidateOptions search;
    search.offsets = false;
    REQUIRE(FindCandidates(index.get(), query, search, &collector, &stats).ok());
    CHECK(collector.found.size() == stats.lines_handed_on);
    CHECK(stats.lines_handed_on < stats.lines / 2);
  }
}

TEST_CASE("a line of several rows is found in and across groups of rows") {
  // Lines of objects, with a number for each, and then as many bytes of lines that are rows.
  std::string log;
  int objects = 0;
  while (log.size() < (size_t{9} << 19)) {
    log += "{\"records\":[";
    for (int n = 0; n < 300; ++n) log += "{\"offset\":" + std::to_string(objects++) + "},";
    log.back() = ']';
    log += "}\n";
  }
  for (int i = 0; log.size() < (size_t{9} << 20); ++i)
    log += "visitor " + std::to_string(i) + " came\n";
  archive::WriterOptions options = archive::Blocks(log.size());
  options.level = 1;
  const ByteBuffer packed = archive::Pack(log, options);
  ViewRandomAccess file(packed);
  const auto index = archive::OpenIndex(&file);
  REQUIRE(index->blocks().size() == 1);
  const auto check = [&](const std::string& literal) {
    INFO(literal);
    Query query;
    query.needs = Needs::Literal(literal);
    CandidateOptions search;
    search.offsets = false;
    Collector collector(query, false);
    SearchStats stats;
    REQUIRE(FindCandidates(index.get(), query, search, &collector, &stats).ok());
    auto expected = Look(log, query, 0, ~uint64_t{0});
    REQUIRE(expected.size() == 1);
    expected[0].offset = 0;
    CHECK(collector.found == expected);
    CHECK(stats.lines_handed_on == 1);
  };
  for (int n = 0; n < objects; n += objects / 8)
    check(":" + std::to_string(n) + "}" + (n % 3 == 0 ? ",{" : ""));
  check(":" + std::to_string(objects - 1) + "}");
  for (const char* const visitor : {"r 0 ", "r 50000 ", "r 150000 "}) check(visitor);
}

TEST_CASE("lines go over the ends of archives as their bytes do") {
  for (uint64_t seed = 0; seed < 12; ++seed) {
    std::string all;
    ByteBuffer packed;
    for (uint64_t part = 0; part < 3; ++part) {
      std::string log = testing::GenerateLog(seed * 3 + part, 4000);
      if (part < 2 && log.ends_with('\n') && seed % 2 == 0) log.pop_back();
      all += log;
      packed += archive::Pack(log, archive::Blocks(1500));
    }
    if (!all.empty()) CheckQueries(all, packed, seed, 15, /*ranges=*/false);
  }
}

TEST_CASE("blocks say whether they hold NUL") {
  std::string log(20'000, 'a');
  for (size_t i = 99; i < log.size(); i += 100) log[i] = '\n';
  log[5'555] = '\0';
  const ByteBuffer packed = archive::Pack(log, archive::Blocks(2000));
  ViewRandomAccess file(packed);
  const auto index = archive::OpenIndex(&file);
  REQUIRE(index->blocks().size() == 10);
  for (size_t i = 0; i < 10; ++i) CHECK(index->blocks()[i].holds_nul == (i == 2));
}

TEST_CASE("blocks that cannot match are left out") {
  testing::Random random(7);
  const std::string log =
      testing::GenerateShape(&random, testing::LogShape::kTemplates, size_t{1} << 20);
  const ByteBuffer packed = archive::Pack(log, archive::Blocks(200000));
  ViewRandomAccess file(packed);
  const auto index = archive::OpenIndex(&file);
  Query query;
  query.needs = Needs::Literal("no such word in here");
  Collector collector(query, false);
  SearchStats stats;
  CandidateOptions options;
  options.offsets = false;
  REQUIRE(FindCandidates(index.get(), query, options, &collector, &stats).ok());
  CHECK(stats.blocks == index->blocks().size());
  CHECK(stats.blocks_skipped == stats.blocks);
  CHECK(stats.lines_handed_on == 0);
}

TEST_CASE("blocks of mix are left out by their letters, but for lines that go on elsewhere") {
  const std::string log = testing::WordyLog(8, 400);
  archive::WriterOptions options = archive::Blocks(log.size());
  options.level = 9;
  options.backend = block::BackendId::kMix;
  const ByteBuffer packed = archive::Pack(log, options);
  CheckQueries(log, packed, 9, 4);

  const auto search = [](const ByteBuffer& archives, const Needs& needs, SearchStats* stats) {
    ViewRandomAccess file(archives);
    const auto index = archive::OpenIndex(&file);
    Query query;
    query.needs = needs;
    query.ignore_case = true;
    CandidateOptions candidates;
    candidates.offsets = false;
    Collector collector(query, false);
    REQUIRE(FindCandidates(index.get(), query, candidates, &collector, stats).ok());
    return collector.found.size();
  };
  const std::string there = log.substr(8, 6);
  SearchStats stats;
  CHECK(search(packed, Needs::Literal("zqxjkv"), &stats) == 0);
  CHECK(search(packed, Needs::All({Needs::Literal(there), Needs::Literal("zqxjkv")}), &stats) == 0);
  CHECK(stats.blocks_skipped == 2);
  SearchStats read;
  const auto either = Needs::Any({Needs::Literal(there), Needs::Literal("zqxjkv")});
  CHECK(search(packed, either, &read) > 0);
  CHECK(read.blocks_skipped == 0);

  // The word stands over the end of the first archive.
  const std::string begun = log + "it was zqx";
  const ByteBuffer joined = archive::Pack(begun, options) + archive::Pack("jkv again\n", options);
  SearchStats over;
  CHECK(search(joined, Needs::Literal("zqxjkv"), &over) == 1);
}

}  // namespace
}  // namespace logpress::search
