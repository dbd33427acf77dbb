#include "codec/decode_cost.h"

#include <catch2/catch.hpp>
#include <string>

#include "codec/decoder.h"
#include "codec/encoder.h"
#include "codec/number_coder.h"
#include "ir/builder.h"
#include "ir/ir.h"
#include "time/timestamp.h"

namespace logpress::codec {
namespace {

constexpr auto kTable = static_cast<char>(ir::Strings::Kind::kTable);

// `count` statements that occur twice each, with forty numbers: nearly all of it is description.
std::string WideRows(unsigned count) {
  std::string text;
  for (unsigned i = 0; i < count; ++i) {
    for (const unsigned first : {3u, 8u}) {
      for (unsigned k = 0; k < 40; ++k) {
        text += static_cast<char>('0' + (first + i + k) % 10);
        text += (i >> k % 12 & 1) != 0 ? ',' : ';';
      }
      text += '\n';
    }
  }
  return text;
}

TEST_CASE("a block that asks for more than its decoder may take is not encoded") {
  ir::Builder builder;
  const std::string wide = WideRows(100);
  const ir::BlockView block = builder.Build(wide);
  REQUIRE(block.root->kind == ir::Strings::Kind::kTable);
  CHECK(DecodeCost(block) > DecodeBudget(wide.size()));
  CHECK_FALSE(CanEncode(block));
}

TEST_CASE("an ordinary block asks for less than its size") {
  std::string text;
  for (unsigned i = 0; i < 5000; ++i)
    text.append("request ")
        .append(std::to_string(i * 7))
        .append(" of client-")
        .append(std::to_string(i % 50))
        .append(" served\n");
  ir::Builder builder;
  const ir::BlockView block = builder.Build(text);
  CHECK(CanEncode(block));
  CHECK(DecodeCost(block) < text.size());
}

TEST_CASE("a block without structure is not encoded") { CHECK_FALSE(CanEncode({"text", nullptr})); }

absl::Status Decode(const ByteBuffer& meta, uint64_t raw_size) {
  Models models;
  return BlockTables().Open(meta, std::string(100, '\n'), "", raw_size, &models);
}

// The metadata of a table of `rows` rows, up to its templates.
ByteBuffer TableOf(uint64_t rows, uint64_t templates) {
  ByteBuffer meta;
  PutVarint(&meta, 6);   // contexts
  PutVarint(&meta, 16);  // bits of their table
  PutVarint(&meta, rows);
  PutVarint(&meta, templates);
  return meta;
}

TEST_CASE("metadata that describes more than a block can hold is refused before memory is taken") {
  constexpr uint64_t kRawSize = 100'000;
  constexpr size_t kMany = 700'000;
  ByteBuffer meta;
  SECTION("a template of many slots") {
    meta = TableOf(1, 1);
    meta.append(kMany, '\0');  // empty literals
    meta.push_back('\1');
    meta.append(kMany, '\0');  // each slot a column of its own
    meta.append(2 * kMany, '\0');
  }
  SECTION("many templates of nothing") {
    meta = TableOf(1, kMany);
    meta.append(kMany, '\1');
  }
  SECTION("many columns of timestamps") {
    const ByteView example = "2015-07-29 17:41:44";
    time::TimestampFormat format;
    size_t size;
    REQUIRE(time::DetectTimestamp(example.data(), example.data() + example.size(), &format, &size));
    meta = TableOf(1, 1);
    meta += ByteBuffer(1600, '\0') + '\1' + ByteBuffer(1600, '\0');
    for (int i = 0; i < 1600; ++i) {
      meta.push_back(static_cast<char>(ir::Column::Kind::kNumbers));
      meta.push_back(kTimestampsRadix);
      format.Serialize(&meta);
      meta.append(2, '\0');  // no zones, no transform
    }
  }
  SECTION("dictionaries in dictionaries, all as long as the block") {
    meta = TableOf(kRawSize, 1);
    for (int depth = 0; depth < 20; ++depth) {
      meta += ByteBuffer("\0\1\0\0\0", 5);  // a slot, its column, its dictionary
      PutVarint(&meta, kRawSize);           // the head of the dictionary
      meta.push_back(kTable);
      if (depth == 0) PutVarint(&meta, 1);         // one group
      if (depth == 0) PutVarint(&meta, kRawSize);  // rows of the template
      PutVarint(&meta, 1);
    }
  }
  const absl::Status status = Decode(meta, kRawSize);
  INFO(status.ToString());
  CHECK(status.code() == absl::StatusCode::kDataLoss);
  CHECK(status.message().find("more data than the block can hold") != ByteView::npos);
}

}  // namespace
}  // namespace logpress::codec
