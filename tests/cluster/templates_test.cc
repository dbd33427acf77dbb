#include "cluster/templates.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "base/memory.h"
#include "support/random.h"

namespace logpress::cluster {
namespace {

using text::Grain;
using text::Slice;

struct Clustered {
  explicit Clustered(std::string bytes, const ClusterOptions& options = ClusterOptions())
      : text(std::move(bytes)) {
    text::SplitRows(text, &rows);
    CollectSkeletons(text, rows, Grain::kLine, {}, 0, &set);
    ExtractTemplates(text, rows, set, options, &templates);
  }

  uint32_t ClusterOf(size_t row) const { return templates.skeleton_cluster[set.row_skeleton[row]]; }

  // The template of a row with "<*>" in its slots; "" for an exception.
  std::string TemplateOf(size_t row) const {
    if (ClusterOf(row) == kNoTemplate) return "";
    const Cluster& cluster = templates.clusters[ClusterOf(row)];
    const Skeleton& skeleton = set.skeletons[cluster.skeleton];
    const auto tokens = set.TokensOf(skeleton);
    const auto is_slot = templates.SlotsOf(cluster, skeleton.token_count);
    const Slice first = rows[skeleton.first_row];
    std::string result;
    uint32_t at = first.offset;
    for (size_t i = 0; i < tokens.size(); ++i) {
      if (is_slot[i] == 0) continue;
      result += text.substr(at, tokens[i].slice.offset - at) + "<*>";
      at = tokens[i].slice.offset + tokens[i].slice.size;
    }
    return result + text.substr(at, first.offset + first.size - at);
  }

  uint32_t UnmatchedRows() const {
    uint32_t unmatched = 0;
    for (size_t row = 0; row < rows.size(); ++row) unmatched += ClusterOf(row) == kNoTemplate;
    return unmatched;
  }

  std::string text;
  Vector<Slice> rows;
  SkeletonSet set;
  TemplateSet templates;
};

// A word of letters that is the same for the same number, and no other's.
std::string Word(uint64_t number) {
  std::string word = "w";
  for (; number > 0; number /= 20) word += static_cast<char>('a' + number % 20);
  return word;
}

TEST_CASE("a word that varies becomes a slot, words that stay do not") {
  const Clustered logs(
      "session opened for ann by root\n"
      "session opened for bob by root\n"
      "session opened for eve by root\n");
  for (size_t row = 0; row < 3; ++row)
    CHECK(logs.TemplateOf(row) == "session opened for <*> by root\n");
}

TEST_CASE("a token with a digit is a slot even when it never varies") {
  const Clustered logs("port 22 open\nport 22 open\n");
  CHECK(logs.TemplateOf(0) == "port <*> open\n");
}

TEST_CASE("different statements stay apart although their delimiters are the same") {
  const Clustered logs(
      "connection from host accepted\n"
      "connection from peer accepted\n"
      "disk quota exceeded today\n"
      "disk quota restored today\n");
  CHECK(logs.TemplateOf(0) == "connection from <*> accepted\n");
  CHECK(logs.TemplateOf(1) == "connection from <*> accepted\n");
  CHECK(logs.TemplateOf(2) == "disk quota <*> today\n");
  CHECK(logs.TemplateOf(3) == "disk quota <*> today\n");
}

TEST_CASE("rows with different delimiters never share a template") {
  const Clustered logs("a b c d e\na b c d e\na b c d,e\na b c d,e\na b c d e \na b c d e \n");
  CHECK(logs.ClusterOf(0) == logs.ClusterOf(1));
  CHECK(logs.ClusterOf(0) != logs.ClusterOf(2));
  CHECK(logs.ClusterOf(0) != logs.ClusterOf(4));
  CHECK(logs.ClusterOf(2) != logs.ClusterOf(4));
}

TEST_CASE("a row that looks like no other is an exception") {
  const Clustered logs("start up now\nstart up now\nPanic! (nobody knows)\nstart up now\n");
  CHECK(logs.ClusterOf(0) != kNoTemplate);
  CHECK(logs.ClusterOf(2) == kNoTemplate);
}

TEST_CASE("no rows give no templates") {
  const Clustered logs("");
  CHECK(logs.templates.clusters.empty());
  CHECK(logs.templates.rounds.empty());
}

// `statements` log statements of one shape, each with several words in one of its places, more rows
// of the first statements than of the last.
std::string Statements(uint64_t seed, uint64_t statements) {
  testing::Random random(seed);
  std::vector<std::string> lines;
  for (uint64_t s = 0; s < statements; ++s) {
    const std::string head =
        Word(3 * s + 1000) + " " + Word(3 * s + 1001) + " " + Word(3 * s + 1002) + " ";
    for (uint64_t n = 4 * (statements - s) + 8; n > 0; --n) {
      lines.push_back(head + Word(5000 + 10 * s + random.Below(6)) + " in " +
                      std::to_string(random.Below(1000)) + " ms\n");
    }
  }
  random.Shuffle(&lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

TEST_CASE("the unmatched share falls from round to round") {
  ClusterOptions options;
  options.sample = 16;
  const Clustered logs(Statements(GENERATE(as<uint64_t>(), 1, 2, 3), 20), options);
  const Vector<Round>& rounds = logs.templates.rounds;
  REQUIRE(rounds.size() >= 3);
  CHECK(rounds.front().unmatched_before == logs.rows.size());
  for (size_t i = 0; i < rounds.size(); ++i) {
    CHECK(rounds[i].unmatched_after < rounds[i].unmatched_before);
    if (i > 0) CHECK(rounds[i].unmatched_before == rounds[i - 1].unmatched_after);
  }
  CHECK(rounds.back().unmatched_after == logs.UnmatchedRows());
  CHECK(rounds.back().unmatched_after * 100 <= logs.rows.size());
}

TEST_CASE("one round is enough when the sample sees every skeleton") {
  const Clustered logs(Statements(4, 20));
  CHECK(logs.templates.rounds.size() == 1);
  CHECK(logs.UnmatchedRows() == 0);
}

TEST_CASE("rounds end when one gains nothing") {
  std::string text;
  for (uint64_t i = 0; i < 5000; ++i) {
    text += Word(3 * i + 1'000'000) + " " + Word(3 * i + 1'000'001) + " " +
            Word(3 * i + 1'000'002) + "\n";
  }
  ClusterOptions options;
  options.sample = 50;
  const Clustered logs(text, options);
  REQUIRE(logs.templates.rounds.size() == 1);
  CHECK(logs.templates.rounds[0].unmatched_after == logs.rows.size());
}

// Text of random statements, some of whose words vary, some of whose rows are damaged.
std::string RandomLog(uint64_t seed) {
  testing::Random random(seed);
  const uint64_t statements = 1 + random.Skewed(5);
  const uint64_t words = 1 + random.Skewed(6);
  std::string text;
  for (uint64_t lines = random.Skewed(11); lines > 0; --lines) {
    testing::Random statement(random.Below(statements));
    for (uint64_t tokens = statement.Below(9); tokens > 0; --tokens) {
      const bool varies = statement.OneIn(3);
      const uint64_t word = statement.Below(words);
      text += random.OneIn(50) ? "7" : Word(varies ? random.Below(words) : word);
      text += statement.OneIn(4) ? ", " : " ";
    }
    text += "\n";
  }
  return text;
}

TEST_CASE("every row of a template has its constant tokens and its delimiters") {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    INFO("seed " << seed);
    ClusterOptions options;
    options.sample = seed % 3 == 0 ? 4 : 4096;
    const Clustered logs(RandomLog(seed), options);
    Vector<uint32_t> rows_of(logs.templates.clusters.size(), 0);
    REQUIRE(logs.templates.skeleton_cluster.size() == logs.set.skeletons.size());
    for (size_t row = 0; row < logs.rows.size(); ++row) {
      if (logs.ClusterOf(row) == kNoTemplate) continue;
      ++rows_of[logs.ClusterOf(row)];
      const Cluster& cluster = logs.templates.clusters[logs.ClusterOf(row)];
      const Skeleton& skeleton = logs.set.skeletons[cluster.skeleton];
      Vector<text::Token> tokens;
      text::Tokenize(logs.text, logs.rows[row], Grain::kLine, {}, &tokens);
      REQUIRE(tokens.size() == skeleton.token_count);
      // The row's own text with "<*>" in the template's slots is the template.
      std::string text = logs.text.substr(logs.rows[row].offset, logs.rows[row].size);
      for (size_t i = tokens.size(); i-- > 0;) {
        if (logs.templates.SlotsOf(cluster, skeleton.token_count)[i] == 0) continue;
        text.replace(tokens[i].slice.offset - logs.rows[row].offset, tokens[i].slice.size, "<*>");
      }
      REQUIRE(text == logs.TemplateOf(row));
    }
    for (size_t c = 0; c < rows_of.size(); ++c) {
      if (rows_of[c] != 0) REQUIRE(rows_of[c] == logs.templates.clusters[c].rows);
    }
    if (!logs.templates.rounds.empty())
      REQUIRE(logs.templates.rounds.back().unmatched_after == logs.UnmatchedRows());
  }
}

TEST_CASE("the same text gives the same templates") {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    INFO("seed " << seed);
    const Clustered first(RandomLog(seed));
    const Clustered second(RandomLog(seed));
    REQUIRE(first.templates.skeleton_cluster == second.templates.skeleton_cluster);
    REQUIRE(first.templates.is_slot == second.templates.is_slot);
    for (size_t row = 0; row < first.rows.size(); ++row)
      REQUIRE(first.TemplateOf(row) == second.TemplateOf(row));
  }
}

TEST_CASE("a log without two lines alike is given up on in bounded time") {
  // Comparing every line with every other would take minutes.
  std::string text;
  SECTION("all lines of one shape") {
    for (uint64_t i = 0; i < 100'000; ++i) {
      text += Word(i * 7919 + 9'000'000) + " " + Word(i * 104'729 + 5'000'000) + " " +
              Word(i * 1'299'709 + 3'000'000) + "\n";
    }
  }
  SECTION("every line of another shape") {
    constexpr ByteView kDelimiters = ",;=|()[]";
    for (uint64_t i = 0; i < 50'000; ++i) {
      for (uint64_t rest = i + 1; rest > 0; rest /= 8) {
        text += "x";
        text += kDelimiters[rest % 8];
      }
      text += "\n";
    }
  }
  SECTION("long lines that differ in every token") {
    for (uint64_t i = 0; i < 200; ++i) {
      for (uint64_t k = 0; k < 1500; ++k) text += Word(i * 1500 + k + 100'000) + " ";
      text += "\n";
    }
  }
  const auto start = std::chrono::steady_clock::now();
  const Clustered logs(text);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  CHECK(took.count() < 20);
  CHECK(logs.UnmatchedRows() * 10 > logs.rows.size() * 9);
}

}  // namespace
}  // namespace logpress::cluster
