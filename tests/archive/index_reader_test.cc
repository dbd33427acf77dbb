#include "archive/index_reader.h"

#include "archive/archive_test_util.h"
#include "archive/format.h"

namespace logpress::archive {
namespace {

// Three archives one behind the other, the second of one block and so without an index.
struct Three {
  ByteBuffer raw[3] = {LogLines(100), LogLines(5, 100), LogLines(200, 105)};
  ByteBuffer archive[3] = {Pack(raw[0], Blocks(1000)), Pack(raw[1]), Pack(raw[2], Blocks(3000))};
  ByteBuffer all = archive[0] + archive[1] + archive[2];
  ByteBuffer all_raw = raw[0] + raw[1] + raw[2];
};

ByteBuffer ReadAllBlocks(IndexReader* index) {
  ByteBuffer raw;
  for (size_t i = 0; i < index->blocks().size(); ++i) {
    ByteBuffer block;
    REQUIRE(index->ReadBlock(i, &block).ok());
    CHECK(block.size() == index->blocks()[i].raw_size);
    raw += block;
  }
  return raw;
}

TEST_CASE("the index is walked backwards through concatenated archives") {
  const Three three;
  ViewRandomAccess file(three.all);
  const auto index = OpenIndex(&file);
  CHECK(index->damage().ok());
  CHECK(index->packed_size() == three.all.size());
  CHECK(index->raw_size() == three.all_raw.size());
  CHECK(index->lines() == 305);
  REQUIRE(index->archives().size() == 3);
  uint64_t offset = 0;
  size_t block = 0;
  for (size_t i = 0; i < 3; ++i) {
    const ArchiveInfo& archive = index->archives()[i];
    CHECK(archive.offset == offset);
    CHECK(archive.packed_size == three.archive[i].size());
    CHECK(archive.raw_size == three.raw[i].size());
    CHECK(archive.first_block == block);
    CHECK(archive.version == kFormatVersion);
    CHECK(archive.level == 5);
    CHECK(archive.complete);
    offset += archive.packed_size;
    block += archive.blocks;
  }
  CHECK(index->archives()[1].blocks == 1);
  CHECK(index->archives()[2].lines == 200);
  CHECK(block == index->blocks().size());
  CHECK(ReadAllBlocks(index.get()) == three.all_raw);
}

TEST_CASE("a block's first line is where its lines stand in the whole file") {
  const Three three;
  ViewRandomAccess file(three.all);
  const auto index = OpenIndex(&file);
  for (size_t i = 0; i < index->blocks().size(); ++i) {
    ByteBuffer block;
    REQUIRE(index->ReadBlock(i, &block).ok());
    CHECK_THAT(std::string(block),
               Catch::Contains("request " + std::to_string(index->blocks()[i].first_line)));
  }
}

// What the walk over frame headers gives must be what the index says.
void CheckSameRows(const IndexReader& a, const IndexReader& b) {
  REQUIRE(a.blocks().size() == b.blocks().size());
  for (size_t i = 0; i < a.blocks().size(); ++i) {
    CHECK(a.blocks()[i].offset == b.blocks()[i].offset);
    CHECK(a.blocks()[i].packed_size == b.blocks()[i].packed_size);
    CHECK(a.blocks()[i].raw_size == b.blocks()[i].raw_size);
    CHECK(a.blocks()[i].first_line == b.blocks()[i].first_line);
    CHECK(a.blocks()[i].lines == b.blocks()[i].lines);
    CHECK(a.blocks()[i].starts_mid_line == b.blocks()[i].starts_mid_line);
    CHECK(a.blocks()[i].templates == b.blocks()[i].templates);
    CHECK(a.blocks()[i].backend == b.blocks()[i].backend);
    CHECK(a.blocks()[i].raw == b.blocks()[i].raw);
  }
}

TEST_CASE("without the last footer the frames are walked and give the same rows") {
  const Three three;
  ViewRandomAccess whole(three.all);
  const auto expected = OpenIndex(&whole);
  ByteBuffer damaged = three.all;
  SECTION("footer cut off") { damaged.resize(damaged.size() - 1); }
  SECTION("footer and index gone") {
    const BlockInfo& last = expected->blocks().back();
    damaged.resize(static_cast<size_t>(last.offset + last.packed_size));
  }
  SECTION("index damaged") { damaged[damaged.size() - kFooterSize - 1] ^= 1; }
  ViewRandomAccess file(damaged);
  const auto index = OpenIndex(&file);
  CHECK(absl::IsDataLoss(index->damage()));
  CheckSameRows(*index, *expected);
  CHECK(index->archives().size() == 3);
  CHECK(ReadAllBlocks(index.get()) == three.all_raw);
}

TEST_CASE("a torn tail is said by its archive") {
  const Three three;
  const ByteBuffer torn = three.all.substr(0, three.all.size() - 40);
  ViewRandomAccess file(torn);
  const auto index = OpenIndex(&file);
  CHECK(absl::IsDataLoss(index->damage()));
  REQUIRE(index->archives().size() == 3);
  CHECK(index->archives()[0].complete);
  CHECK(index->archives()[1].complete);
  CHECK_FALSE(index->archives()[2].complete);
  CHECK(index->archives()[2].packed_size == three.archive[2].size() - 40);
}

TEST_CASE("rows of lines that go over blocks survive the loss of the index") {
  const ByteBuffer archive = Pack(ByteBuffer(1000, 'x') + "\n" + LogLines(20), Blocks(300));
  ViewRandomAccess whole(archive);
  const auto expected = OpenIndex(&whole);
  CHECK(expected->blocks()[1].starts_mid_line);
  const ByteBuffer torn = archive.substr(0, archive.size() - 1);
  ViewRandomAccess file(torn);
  CheckSameRows(*OpenIndex(&file), *expected);
}

TEST_CASE("an empty archive has no blocks") {
  const ByteBuffer archive = Pack("");
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  CHECK(index->damage().ok());
  CHECK(index->archives().size() == 1);
  CHECK(index->blocks().empty());
  ByteBuffer raw;
  CHECK(absl::IsOutOfRange(index->ReadBlock(0, &raw)));
}

TEST_CASE("a frame that is not the one in the index is refused") {
  const ByteBuffer one = Pack(LogLines(100), Blocks(1000));
  ViewRandomAccess file(one);
  const auto index = OpenIndex(&file);
  // Two neighbours change places under the reader.
  size_t first = 1;
  while (index->blocks()[first].packed_size == index->blocks()[first + 1].packed_size) ++first;
  const BlockInfo a = index->blocks()[first];
  const BlockInfo b = index->blocks()[first + 1];
  const ByteBuffer swapped =
      one.substr(0, static_cast<size_t>(a.offset)) +
      one.substr(static_cast<size_t>(b.offset), static_cast<size_t>(b.packed_size)) +
      one.substr(static_cast<size_t>(a.offset), static_cast<size_t>(a.packed_size)) +
      one.substr(static_cast<size_t>(b.offset + b.packed_size));
  ViewRandomAccess swapped_file(swapped);
  const auto swapped_index = OpenIndex(&swapped_file);
  ByteBuffer raw;
  CHECK(absl::IsDataLoss(swapped_index->ReadBlock(first, &raw)));
  CHECK(raw.empty());
  CHECK(swapped_index->ReadBlock(first + 2, &raw).ok());
}

}  // namespace
}  // namespace logpress::archive
