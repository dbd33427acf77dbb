// What of a block a search asks for.
#include "search/block_filter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "codec/encoder.h"
#include "ir/builder.h"
#include "support/random.h"

namespace logpress::search {
namespace {

std::string Log() {
  testing::Random random(3);
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    const auto number = [&](uint64_t below) { return std::to_string(random.Below(below)); };
    text += "peer 10.0." + number(90) + "." + number(250) + " asks /page-" + number(2000) +
            " ref=" + (i % 2 == 0 ? "blk_" : "tmp_") + number(900000) + " ok\n";
  }
  return text;
}

// A block of which the outline is read, and a filter of the lines with `literal`.
struct Searched {
  explicit Searched(const std::string& literal)
      : text(Log()), plan(Query{.needs = Needs::Literal(literal)}) {
    ir::Builder builder;
    codec::Encoder().Encode(builder.Build(text), {.contexts = 3, .guess_bits = 17}, &streams);
    const ByteView front = ByteView{streams.meta}.substr(0, streams.metadata_size);
    REQUIRE(tables.OpenDescription(front, text.size()).ok());
    REQUIRE(tables.OpenOutline(streams.meta, streams.text, &lists).ok());
    filter.emplace(plan, tables);
    filter->Judge(lists);
  }

  size_t Read(const Vector<uint8_t>& wanted) {
    REQUIRE(tables.OpenLists(streams.meta, streams.text, streams.lists, wanted, &models).ok());
    return static_cast<size_t>(std::count(wanted.begin(), wanted.end(), 1));
  }

  const std::string text;
  const Plan plan;
  codec::Streams streams;
  codec::Models models;
  codec::BlockTables tables;
  Vector<codec::ListOutline> lists;
  std::optional<BlockFilter> filter;
};

TEST_CASE("only dictionaries decide whose values may be part of a match") {
  // Of the addresses, or of what stands behind "ref=", and nothing else.
  for (const std::string literal : {"10.0.91.7", "ref=blk_77x", "/page-20001 ref"}) {
    INFO(literal);
    Searched search(literal);
    const size_t dictionaries = search.tables.table().dictionaries.size();
    REQUIRE(dictionaries >= 3);
    if (!search.filter->MayMatch()) continue;
    CHECK(search.Read(search.filter->Deciding()) < dictionaries);
    REQUIRE(search.filter->JudgeValues());
    CHECK_FALSE(search.filter->MayMatch());
  }
}

TEST_CASE("a value that is there is found with the dictionaries that decide") {
  const std::string log = Log();
  testing::Random random(5);
  for (int i = 0; i < 12; ++i) {
    const size_t at = random.Below(log.size() - 40);
    const std::string literal = log.substr(at, 3 + random.Below(20));
    if (literal.find('\n') != std::string::npos) continue;
    INFO(literal);
    Searched search(literal);
    REQUIRE(search.filter->MayMatch());
    search.Read(search.filter->Deciding());
    REQUIRE(search.filter->JudgeValues());
    CHECK(search.filter->MayMatch());
  }
}

}  // namespace
}  // namespace logpress::search
