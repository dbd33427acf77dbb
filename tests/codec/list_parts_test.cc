// The dictionaries of a block, part by part.
#include "codec/list_parts.h"

#include <catch2/catch.hpp>
#include <string>

#include "codec/decoder.h"
#include "codec/encoder.h"
#include "ir/builder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

// Addresses, numbers and paths, of which each column has more values than make a part.
std::string Log() {
  testing::Random random(7);
  std::string text;
  for (int i = 0; i < 4000; ++i) {
    const auto number = [&](uint64_t below) { return std::to_string(random.Below(below)); };
    text += "from 10." + number(3) + "." + number(200) + "." + number(200) + " took " +
            std::to_string(i * 7) + "us, id req-" + number(90000) + "-x" + number(9) + " state " +
            (i % 3 == 0 ? "open" : "closed") + " page /a/" + number(5000) + ".html\n";
  }
  return text;
}

struct Block {
  explicit Block(uint32_t contexts) : text(Log()) {
    ir::Builder builder;
    Encoder().Encode(builder.Build(text), {.contexts = contexts, .guess_bits = 17}, &streams);
  }

  absl::Status Open(BlockTables* tables, Models* models) const {
    return tables->Open(streams.meta, streams.text, streams.lists, text.size(), models);
  }
  absl::Status OpenOutline(BlockTables* tables, Vector<ListOutline>* lists) const {
    const ByteView front = ByteView{streams.meta}.substr(0, streams.metadata_size);
    const absl::Status status = tables->OpenDescription(front, text.size());
    return status.ok() ? tables->OpenOutline(streams.meta, streams.text, lists) : status;
  }

  const std::string text;
  Streams streams;
};

TEST_CASE("each part of the dictionaries decodes without the others") {
  for (const uint32_t contexts : {0u, 1u, 3u, 6u}) {
    INFO("contexts " << contexts);
    const Block block(contexts);
    Models models;
    BlockTables all;
    REQUIRE(block.Open(&all, &models).ok());
    BlockTables tables;
    Vector<ListOutline> lists;
    REQUIRE(block.OpenOutline(&tables, &lists).ok());
    const size_t count = all.table().dictionaries.size();
    REQUIRE(tables.table().dictionaries.size() == count);
    CHECK(tables.table().key == all.table().key);
    size_t alone = 0;  // dictionaries that came without any other
    // The last first, as nothing may depend on the order.
    for (size_t d = count; d-- > 0;) {
      size_t before = 0;
      for (const DecodedDictionary& each : tables.table().dictionaries)
        before += each.values.offsets.empty() ? 0 : 1;
      Vector<uint8_t> wanted(count, 0);
      wanted[d] = 1;
      REQUIRE(tables
                  .OpenLists(block.streams.meta, block.streams.text, block.streams.lists, wanted,
                             nullptr, &models)
                  .ok());
      size_t after = 0;
      for (const DecodedDictionary& each : tables.table().dictionaries)
        after += each.values.offsets.empty() ? 0 : 1;
      alone += after == before + 1 ? 1 : 0;
      const DecodedDictionary& got = tables.table().dictionaries[d];
      const DecodedDictionary& expected = all.table().dictionaries[d];
      INFO("dictionary " << d);
      CHECK(got.values.offsets == expected.values.offsets);
      CHECK(got.values.bytes == expected.values.bytes);
      CHECK(got.start.key == expected.start.key);
      CHECK(got.start.distinct == expected.start.distinct);
    }
    CHECK(alone >= 3);
  }
}

TEST_CASE("a part that promises more bytes than there are is refused") {
  for (const uint32_t contexts : {0u, 3u}) {
    const Block block(contexts);
    Models models;
    BlockTables tables;
    const ByteView cut = ByteView{block.streams.lists}.substr(0, block.streams.lists.size() / 2);
    CHECK(tables.Open(block.streams.meta, block.streams.text, cut, block.text.size(), &models)
              .code() == absl::StatusCode::kDataLoss);
    Vector<ListOutline> lists;
    REQUIRE(block.OpenOutline(&tables, &lists).ok());
    const Vector<uint8_t> wanted(tables.table().dictionaries.size(), 1);
    CHECK(tables.OpenLists(block.streams.meta, block.streams.text, cut, wanted, nullptr, &models)
              .code() == absl::StatusCode::kDataLoss);
  }
}

TEST_CASE("mixed values are in no parts") {
  const Block block(kMixedContexts);
  CHECK(block.streams.meta[0] == static_cast<char>(kMixedContexts));
  CHECK(Block(3).streams.meta[0] == static_cast<char>(3 + kInParts));
  Models models;
  BlockTables tables;
  ByteBuffer meta = block.streams.meta;
  meta[0] = static_cast<char>(kMixedContexts + kInParts);
  CHECK(tables.Open(meta, block.streams.text, block.streams.lists, block.text.size(), &models)
            .code() == absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace logpress::codec
