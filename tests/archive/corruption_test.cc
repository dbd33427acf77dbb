// What happens to archives that were damaged: everything before is delivered, nothing wrong ever
// is, and recovery loses what was hit and no more.
#include "archive/archive_test_util.h"
#include "archive/format.h"
#include "support/random.h"

namespace logpress::archive {
namespace {

// An archive of a few small blocks, with what every block holds.
struct Sample {
  ByteBuffer raw = LogLines(45);
  ByteBuffer archive = Pack(raw, Blocks(500));
  Vector<BlockInfo> blocks;
  std::vector<ByteBuffer> contents;

  Sample() {
    ViewRandomAccess file(archive);
    const auto index = OpenIndex(&file);
    REQUIRE(index->damage().ok());
    blocks = index->blocks();
    REQUIRE(blocks.size() == 6);
    contents.resize(blocks.size());
    for (size_t i = 0; i < blocks.size(); ++i) REQUIRE(index->ReadBlock(i, &contents[i]).ok());
  }

  // The number of the block in whose frame byte `at` stands, or -1.
  int BlockAt(size_t at) const {
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (at >= blocks[i].offset && at < blocks[i].offset + blocks[i].packed_size)
        return static_cast<int>(i);
    }
    return -1;
  }

  // The raw bytes of the blocks before `end`, without block `missing`.
  ByteBuffer Without(int missing, size_t end) const {
    ByteBuffer result;
    for (size_t i = 0; i < end; ++i) {
      if (static_cast<int>(i) != missing) result += contents[i];
    }
    return result;
  }
};

// `archive` with another byte at `at`: a bit changed at either end, or all of them, in turn.
ByteBuffer Changed(ByteBuffer archive, size_t at) {
  archive[at] = static_cast<char>(archive[at] ^ "\x01\x80\xff"[at % 3]);
  return archive;
}

TEST_CASE("a changed byte is found, and everything before its block is delivered") {
  const Sample sample;
  for (size_t at = 0; at < sample.archive.size(); ++at) {
    const ByteBuffer damaged = Changed(sample.archive, at);
    const Unpacked unpacked = Unpack(damaged);
    INFO("byte " << at << ": " << unpacked.status);
    REQUIRE_FALSE(unpacked.status.ok());
    const int hit = sample.BlockAt(at);
    const size_t before = at < sample.blocks[0].offset ? 0
                          : hit < 0                    ? sample.blocks.size()
                                                       : static_cast<size_t>(hit);
    REQUIRE(unpacked.raw == sample.Without(-1, before));
  }
}

TEST_CASE("recovery loses the lines of a damaged block only") {
  const Sample sample;
  for (size_t at = 0; at < sample.archive.size(); ++at) {
    const ByteBuffer damaged = Changed(sample.archive, at);
    ReaderOptions options = Recover();
    options.threads = at % 2 == 0 ? 1 : 2;
    const Unpacked unpacked = Unpack(damaged, options);
    INFO("byte " << at << ": " << unpacked.status);
    REQUIRE(absl::IsDataLoss(unpacked.status));
    const int hit = sample.BlockAt(at);
    REQUIRE(unpacked.raw == sample.Without(hit, sample.blocks.size()));
    REQUIRE(unpacked.damages.size() == 1);
    REQUIRE(unpacked.totals.damages == 1);
    if (hit < 0) continue;
    const BlockInfo& block = sample.blocks[static_cast<size_t>(hit)];
    const Damage& damage = unpacked.damages[0];
    REQUIRE(damage.offset == block.offset);
    REQUIRE(damage.packed_bytes == block.packed_size);
    if (damage.lines_known) REQUIRE(damage.lines == block.lines);
  }
}

TEST_CASE("recovery finds the next block behind bytes that were lost or added") {
  const Sample sample;
  const BlockInfo& block = sample.blocks[2];
  const size_t middle = static_cast<size_t>(block.offset + block.packed_size / 2);
  ByteBuffer damaged = sample.archive;
  SECTION("lost") { damaged.erase(middle, 10); }
  SECTION("added") { damaged.insert(middle, "ten bytes!"); }
  SECTION("lost with the end of the block before") {
    damaged.erase(static_cast<size_t>(block.offset) - 1, 12);
    const Unpacked unpacked = Unpack(damaged, Recover());
    CHECK(unpacked.raw ==
          sample.Without(1, 2) + sample.Without(2, 6).substr(sample.Without(-1, 2).size()));
    return;
  }
  const Unpacked unpacked = Unpack(damaged, Recover());
  CHECK(absl::IsDataLoss(unpacked.status));
  CHECK(unpacked.raw == sample.Without(2, 6));
  REQUIRE(unpacked.damages.size() == 1);
  CHECK(unpacked.damages[0].lines_known);
  CHECK(unpacked.damages[0].lines == block.lines);
  CHECK(unpacked.totals.lost_lines == block.lines);
}

TEST_CASE("an archive cut off at any byte gives all whole blocks and says where it is torn") {
  const Sample sample;
  for (size_t size = 0; size < sample.archive.size(); ++size) {
    size_t whole = 0;
    while (whole < sample.blocks.size() &&
           sample.blocks[whole].offset + sample.blocks[whole].packed_size <= size) {
      ++whole;
    }
    const ByteBuffer torn = sample.archive.substr(0, size);
    for (const bool recover : {false, true}) {
      ReaderOptions options;
      options.recover = recover;
      const Unpacked unpacked = Unpack(torn, options);
      INFO("cut at " << size << ": " << unpacked.status);
      REQUIRE_FALSE(unpacked.status.ok());
      REQUIRE(unpacked.raw == sample.Without(-1, whole));
      if (size >= sample.blocks[0].offset) REQUIRE(absl::IsDataLoss(unpacked.status));
    }
    ViewRandomAccess file(torn);
    const auto index = IndexReader::Open(&file, {});
    if (size < kMagicSize) {
      REQUIRE(absl::IsInvalidArgument(index.status()));
      continue;
    }
    REQUIRE(index.ok());
    REQUIRE(absl::IsDataLoss((*index)->damage()));
    REQUIRE((*index)->blocks().size() == whole);
  }
}

TEST_CASE("a message names the byte and what is safe") {
  const Sample sample;
  ByteBuffer damaged = sample.archive;
  const BlockInfo& block = sample.blocks[3];
  damaged[static_cast<size_t>(block.offset + block.packed_size - 1)] ^= 1;
  const std::string message(Unpack(damaged).status.message());
  CHECK_THAT(message, Catch::Contains("block at byte " + std::to_string(block.offset)));
  CHECK_THAT(message,
             Catch::Contains("intact before it: " + std::to_string(block.first_line) + " lines (" +
                             std::to_string(sample.Without(-1, 3).size()) + " bytes)"));
}

TEST_CASE("a changed byte never makes random access give wrong bytes") {
  const Sample sample;
  for (size_t at = 0; at < sample.archive.size(); ++at) {
    const ByteBuffer damaged = Changed(sample.archive, at);
    ViewRandomAccess file(damaged);
    const auto index = IndexReader::Open(&file, {});
    INFO("byte " << at << ": " << index.status());
    if (at <= kMagicSize) {
      REQUIRE_FALSE(index.ok());
      continue;
    }
    REQUIRE(index.ok());
    const int hit = sample.BlockAt(at);
    size_t read = 0;
    for (size_t i = 0; i < (*index)->blocks().size(); ++i) {
      ByteBuffer raw;
      if (!(*index)->ReadBlock(i, &raw).ok()) {
        REQUIRE(raw.empty());
        continue;
      }
      ++read;
      const int block = sample.BlockAt((*index)->blocks()[i].offset);
      REQUIRE(block >= 0);
      REQUIRE(raw == sample.contents[static_cast<size_t>(block)]);
    }
    // Whatever was hit, every other block is still there.
    REQUIRE(read == sample.blocks.size() - (hit < 0 ? 0 : 1));
  }
}

TEST_CASE("bytes between concatenated archives are an error, and skipped in recovery") {
  const ByteBuffer one = LogLines(30);
  const ByteBuffer two = LogLines(30, 30);
  const ByteBuffer first = Pack(one, Blocks(500));
  const ByteBuffer archive = first + "garbage \x8bLPB garbage" + Pack(two, Blocks(500));
  const Unpacked stopped = Unpack(archive);
  CHECK(absl::IsDataLoss(stopped.status));
  CHECK(stopped.raw == one);
  CHECK_THAT(std::string(stopped.status.message()),
             Catch::Contains("at byte " + std::to_string(first.size())));
  const Unpacked recovered = Unpack(archive, Recover());
  CHECK(absl::IsDataLoss(recovered.status));
  CHECK(recovered.raw == one + two);
  CHECK(recovered.totals.lost_packed_bytes == 20);
  CHECK(recovered.totals.lost_lines == 0);
}

TEST_CASE("an archive appended behind a torn one is reached by recovery") {
  const Sample sample;
  const size_t cut = static_cast<size_t>(sample.blocks[3].offset) + 20;
  const ByteBuffer archive = sample.archive.substr(0, cut) + Pack("appended\n");
  const Unpacked stopped = Unpack(archive);
  CHECK(absl::IsDataLoss(stopped.status));
  CHECK(stopped.raw == sample.Without(-1, 3));
  const Unpacked recovered = Unpack(archive, Recover());
  CHECK(recovered.raw == sample.Without(-1, 3) + "appended\n");
}

TEST_CASE("an archive that was not ended and another behind it are joined cleanly") {
  const Sample sample;
  // As `>>` appends to what a killed writer has left, twice.
  const size_t cut = static_cast<size_t>(sample.blocks[3].offset);
  const ByteBuffer first = sample.archive.substr(0, cut);
  const ByteBuffer archive = first + first + Pack("appended\n");
  const ByteBuffer raw = sample.Without(-1, 3) + sample.Without(-1, 3) + "appended\n";
  std::vector<uint64_t> joints;
  ReaderOptions options;
  options.recover = GENERATE(false, true);
  options.joined = [&](uint64_t begin, uint64_t offset) {
    joints.insert(joints.end(), {begin, offset});
  };
  const Unpacked unpacked = Unpack(archive, options);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == raw);
  CHECK(unpacked.totals.archives == 3);
  CHECK(joints == std::vector<uint64_t>{0, cut, cut, 2 * cut});

  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  CHECK(index->damage().ok());
  REQUIRE(index->archives().size() == 3);
  CHECK_FALSE(index->archives()[0].complete);
  CHECK(index->archives()[1].offset == cut);
  CHECK(index->raw_size() == raw.size());

  // Its frames are no joint when one of them is torn, nor is there one at the end of the file.
  CHECK(absl::IsDataLoss(Unpack(first).status));
  const ByteBuffer torn = sample.archive.substr(0, cut + 20) + Pack("appended\n");
  ViewRandomAccess torn_file(torn);
  CHECK(absl::IsDataLoss(OpenIndex(&torn_file)->damage()));
}

TEST_CASE("recovery knows from the index what was lost with a damaged header") {
  const Sample sample;
  ByteBuffer damaged = sample.archive;
  // The headers of two blocks, so that nothing tells how many lines they had but the index.
  damaged[static_cast<size_t>(sample.blocks[1].offset) + 6] ^= 1;
  damaged[static_cast<size_t>(sample.blocks[3].offset) + 6] ^= 1;
  const uint64_t lost = sample.blocks[1].lines + sample.blocks[3].lines;
  const Unpacked known = Unpack(damaged, Recover());
  CHECK(known.totals.lost_lines == lost);
  CHECK(known.totals.all_losses_known);
  CHECK_THAT(std::string(known.status.message()),
             Catch::Contains("damaged in 2 places: lost ") &&
                 Catch::Contains(" and " + std::to_string(lost) + " lines; recovered "));
  // Bytes that went missing as well are no matter.
  const ByteBuffer shorter =
      ByteBuffer(damaged).erase(static_cast<size_t>(sample.blocks[3].offset) + 10, 5);
  CHECK(Unpack(shorter, Recover()).totals.lost_lines == lost);

  // Without the index nobody knows.
  damaged.resize(static_cast<size_t>(sample.blocks[5].offset));
  const Unpacked unknown = Unpack(damaged, Recover());
  CHECK(unknown.totals.lost_lines == 0);
  CHECK_FALSE(unknown.totals.all_losses_known);
  CHECK_THAT(std::string(unknown.status.message()), Catch::Contains("at least 0 lines"));
}

TEST_CASE("lines that recovery gives and lines that it says are lost are all that there were") {
  // Whatever was overwritten, cut out or put in; several archives, some of one block. It is no
  // proof for every damage: where just as many bytes are cut out as an archive has, and the header
  // of the next is overwritten, nothing tells that one is gone. Of ten thousand rounds one is such.
  const ByteBuffer all = Pack(LogLines(45), Blocks(500)) + Pack(LogLines(5, 45)) +
                         Pack(LogLines(30, 50), Blocks(700)) + Pack(LogLines(20, 80), Blocks(300));
  constexpr uint64_t kLines = 100;
  testing::Random random(20);
  int known = 0;
  for (int round = 0; round < 3000; ++round) {
    ByteBuffer damaged = all;
    for (uint64_t hits = 1 + random.Below(3); hits > 0; --hits) {
      const size_t at = static_cast<size_t>(random.Below(damaged.size()));
      const size_t size = static_cast<size_t>(random.Below(random.Below(2) == 0 ? 20 : 900));
      const uint64_t how = random.Below(3);
      if (how != 2) damaged.erase(at, size);
      if (how != 1) damaged.insert(std::min(at, damaged.size()), size, '?');
    }
    const Unpacked unpacked = Unpack(damaged, Recover());
    INFO("round " << round << ": " << unpacked.status);
    if (absl::IsInvalidArgument(unpacked.status) || absl::IsUnimplemented(unpacked.status))
      continue;
    REQUIRE(unpacked.totals.lines + unpacked.totals.lost_lines <= kLines);
    if (!unpacked.totals.all_losses_known) continue;
    REQUIRE(unpacked.totals.lines + unpacked.totals.lost_lines == kLines);
    ++known;
  }
  CHECK(known > 1000);
}

TEST_CASE("a frame that was taken out or put in twice is noticed by the footer") {
  const Sample sample;
  const BlockInfo& block = sample.blocks[1];
  const size_t offset = static_cast<size_t>(block.offset);
  const size_t size = static_cast<size_t>(block.packed_size);
  ByteBuffer archive = sample.archive;
  SECTION("taken out") { archive.erase(offset, size); }
  SECTION("put in twice") { archive.insert(offset, sample.archive, offset, size); }
  CHECK(absl::IsDataLoss(Unpack(archive).status));
  ViewRandomAccess file(archive);
  CHECK(absl::IsDataLoss(OpenIndex(&file)->damage()));
}

TEST_CASE("what is no archive is refused before anything is delivered") {
  const ByteBuffer input =
      GENERATE(as<ByteBuffer>(), "", "x", "\x8bLP", "plain text\n", "\x1f\x8b gzip, perhaps");
  const Unpacked unpacked = Unpack(input);
  CHECK(absl::IsInvalidArgument(unpacked.status));
  CHECK(unpacked.raw.empty());
  CHECK_FALSE(LooksLikeArchive(input));
  CHECK(absl::IsInvalidArgument(Unpack(input, Recover()).status));
  ViewRandomAccess file(input);
  CHECK(absl::IsInvalidArgument(IndexReader::Open(&file, {}).status()));
}

TEST_CASE("an archive of a newer version is refused by name") {
  ByteBuffer archive = Pack("x\n");
  CHECK(LooksLikeArchive(archive));
  archive[kMagicSize] = 1;
  CHECK(LooksLikeArchive(archive));
  CHECK(absl::IsUnimplemented(Unpack(archive).status));
  ViewRandomAccess file(archive);
  CHECK(absl::IsUnimplemented(IndexReader::Open(&file, {}).status()));
}

}  // namespace
}  // namespace logpress::archive
