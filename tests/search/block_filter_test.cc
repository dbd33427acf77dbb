// What of a block a search asks for.
#include "search/block_filter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <utility>

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
  explicit Searched(const std::string& literal, std::string log = Log())
      : text(std::move(log)), plan(Query{.needs = Needs::Literal(literal)}) {
    ir::Builder builder;
    codec::Encoder().Encode(builder.Build(text), {.contexts = 3, .guess_bits = 17}, &streams);
    const ByteView front = ByteView{streams.meta}.substr(0, streams.metadata_size);
    REQUIRE(tables.OpenDescription(front, text.size()).ok());
    REQUIRE(tables.OpenOutline(streams.meta, streams.text, &lists).ok());
    filter.emplace(plan, tables);
    filter->Judge(lists);
  }

  // Reads the values that decide, until they have decided.
  void Read() {
    REQUIRE(filter->OpenValues());
    for (Vector<uint8_t> next; filter->MayMatch();) {
      next = filter->NextToRead();
      if (next.empty()) break;
      REQUIRE(tables.OpenLists(streams.meta, streams.text, streams.lists, next, &*filter, &models)
                  .ok());
      filter->JudgeValues();
    }
  }
  size_t dictionaries_read() const {
    const auto& all = tables.table().dictionaries;
    return static_cast<size_t>(std::count_if(all.begin(), all.end(), [](const auto& dictionary) {
      return !dictionary.values.offsets.empty();
    }));
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
    search.Read();
    CHECK(search.dictionaries_read() < dictionaries);
    CHECK_FALSE(search.filter->MayMatch());
  }
}

TEST_CASE("rows of a dictionary are not read whose own values cannot match") {
  Searched search("10.0.251.7");
  REQUIRE(search.filter->MayMatch());
  const auto& all = search.tables.table().dictionaries;
  const auto addresses = std::find_if(all.begin(), all.end(), [](const auto& dictionary) {
    return dictionary.head.kind == ir::Strings::Kind::kTable && dictionary.head.count > 2048;
  });
  REQUIRE(addresses != all.end());
  search.Read();
  CHECK_FALSE(search.filter->MayMatch());
  CHECK(addresses->values.offsets.empty());
  // They can be read all the same.
  Vector<uint8_t> wanted(all.size(), 0);
  wanted[static_cast<size_t>(addresses - all.begin())] = 1;
  const codec::Streams& streams = search.streams;
  REQUIRE(search.tables
              .OpenLists(streams.meta, streams.text, streams.lists, wanted, nullptr, &search.models)
              .ok());
  CHECK(addresses->values.size() == addresses->head.count);
}

TEST_CASE("where a line has several rows, only what may be part of a match is read") {
  testing::Random random(4);
  std::string log;
  for (int i = 0; i < 40; ++i) {
    log += "{\"records\":[";
    for (int n = 0; n < 100; ++n) {
      log += "{\"offset\":" + std::to_string(random.Below(900)) + ",\"peer\":\"host-" +
             std::string(1, static_cast<char>('a' + random.Below(26))) + "-" +
             std::to_string(random.Below(40)) + "\"},";
    }
    log.back() = ']';
    log += "}\n";
  }
  Searched search("host-q-41", log);
  REQUIRE_FALSE(search.filter->rows_are_lines());
  const size_t dictionaries = search.tables.table().dictionaries.size();
  search.Read();
  CHECK(search.dictionaries_read() < dictionaries);
  CHECK_FALSE(search.filter->MayMatch());
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
    search.Read();
    CHECK(search.filter->MayMatch());
  }
}

}  // namespace
}  // namespace logpress::search
