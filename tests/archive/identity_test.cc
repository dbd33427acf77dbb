// Blocks that are intact and do not belong where they stand: every reader finds them.
#include "archive/archive_test_util.h"
#include "archive/format.h"
#include "archive/memory_reader.h"
#include "archive/push_reader.h"
#include "archive/repair.h"

namespace logpress::archive {
namespace {

constexpr size_t kBlocks = 6;

// kBlocks blocks whose frames all have the same size, so that each fits the place of any other.
// Lines tell of `what`, and the last of all ends with `end`.
ByteBuffer EqualBlocks(const std::string& what, const std::string& end = "own") {
  ByteBuffer log;
  for (size_t i = 1; i <= 10 * kBlocks; ++i) {
    log += what + " wrote line " + std::to_string(1000 + i) + " of its ";
    log += (i < 10 * kBlocks ? "own" : end) + "\n";
  }
  WriterOptions options = Blocks(log.size() / kBlocks);
  options.backend = block::BackendId::kStore;
  return Pack(log, options);
}

Vector<BlockInfo> BlocksOf(const ByteBuffer& archive) {
  ViewRandomAccess file(archive);
  return OpenIndex(&file)->blocks();
}

struct Sample {
  ByteBuffer archive = EqualBlocks("somebody");
  ByteBuffer other = EqualBlocks("stranger");
  Vector<BlockInfo> blocks = BlocksOf(archive);

  Sample() {
    REQUIRE(blocks.size() == kBlocks);
    REQUIRE(archive.size() == other.size());
    for (size_t i = 2; i < kBlocks; ++i) REQUIRE(blocks[i].packed_size == blocks[1].packed_size);
  }

  size_t At(size_t block) const { return static_cast<size_t>(blocks[block].offset); }
  ByteView FrameOf(ByteView from, size_t block) const {
    return from.substr(At(block), static_cast<size_t>(blocks[block].packed_size));
  }
  // The archive with `frame` in the place of `block`.
  ByteBuffer With(size_t block, ByteView frame, ByteView in) const {
    ByteBuffer changed(in);
    changed.replace(At(block), frame.size(), frame);
    return changed;
  }
  std::string Place(size_t block) const {
    return "the block at byte " + std::to_string(At(block)) + " is out of place: ";
  }
};

// That every reader finds that `archive` is not what was written, and says `message`.
void CheckFound(const ByteBuffer& archive, const std::string& message) {
  const auto told = Catch::Contains(message);
  const Unpacked stopped = Unpack(archive);
  CHECK(absl::IsDataLoss(stopped.status));
  CHECK_THAT(std::string(stopped.status.message()), told);

  ReaderOptions options = Recover();
  options.threads = GENERATE(1, 2);
  const Unpacked recovered = Unpack(archive, options);
  CHECK(absl::IsDataLoss(recovered.status));
  REQUIRE_FALSE(recovered.damages.empty());
  CHECK_THAT(recovered.damages[0].message, told);

  ByteBuffer raw;
  BufferSink sink(&raw);
  block::BlockDecoder decoder;
  ByteBuffer work;
  CHECK(absl::IsDataLoss(ReadArchives(archive, kDefaultMemoryLimit, &decoder, &work, &sink)));

  char buffer[4096];
  size_t written = 0;
  ByteView packed = archive;
  PushReader push({});
  absl::StatusOr<PushReader::State> state = PushReader::State::kMore;
  while (state.ok() && !packed.empty())
    state = push.Read(&packed, buffer, sizeof(buffer), &written);
  while (state.ok() && *state != PushReader::State::kEnd)
    state = push.Finish(buffer, sizeof(buffer), &written);
  CHECK(absl::IsDataLoss(state.status()));

  ByteBuffer repaired;
  BufferSink repaired_sink(&repaired);
  ViewRandomAccess file(archive);
  RepairReport report;
  std::vector<std::string> places;
  CHECK(Repair(
            &file, &repaired_sink,
            [&](const LostPlace& place) { places.push_back(place.damage.message); }, &report)
            .ok());
  CHECK_FALSE(report.whole);
  CHECK(report.blocks_out_of_place > 0);
  REQUIRE_FALSE(places.empty());
  CHECK_THAT(places[0], told);
  CHECK(Unpack(repaired).status.ok());
  CHECK(Unpack(repaired).raw == recovered.raw);
}

// That who reads single blocks does not get the one at `place`.
void CheckRefused(const ByteBuffer& archive, size_t place, const std::string& message) {
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  REQUIRE(index->blocks().size() == kBlocks);
  CHECK_THAT(std::string(index->CheckFrames().message()), Catch::Contains(message));
  ByteBuffer raw;
  const absl::Status status = index->ReadBlock(place, &raw);
  CHECK(absl::IsDataLoss(status));
  CHECK_THAT(std::string(status.message()), Catch::Contains(message));
  CHECK(raw.empty());
  codec::BlockMetadata metadata;
  CHECK(absl::IsDataLoss(index->ReadMetadata(place, &metadata)));
}

TEST_CASE("blocks that changed places are found by every reader") {
  const Sample sample;
  const size_t a = GENERATE(1, 2, 4);
  const size_t b = GENERATE(3, 5);
  const ByteBuffer swapped =
      sample.With(a, sample.FrameOf(sample.archive, b),
                  sample.With(b, sample.FrameOf(sample.archive, a), sample.archive));
  if (a > b) return;
  const std::string message = sample.Place(a) + "it is block " + std::to_string(b + 1) +
                              " of its archive, and block " + std::to_string(a + 1) +
                              " belongs here";
  CheckFound(swapped, message);
  CheckRefused(swapped, a, message);
  const Unpacked recovered = Unpack(swapped, Recover());
  CHECK(recovered.totals.blocks == kBlocks);
  CHECK(recovered.totals.lost_lines == 0);
  CHECK(recovered.totals.all_losses_known);
}

TEST_CASE("a block over another is found by every reader, and the lost one is counted") {
  const Sample sample;
  const size_t from = GENERATE(1, 4);
  const size_t to = GENERATE(3, 5);
  const ByteBuffer archive = sample.With(to, sample.FrameOf(sample.archive, from), sample.archive);
  if (from > to) return;
  const std::string message =
      sample.Place(to) + "it is block " + std::to_string(from + 1) + " of its archive";
  CheckFound(archive, message);
  CheckRefused(archive, to, message);
  const Unpacked recovered = Unpack(archive, Recover());
  CHECK(recovered.totals.lost_lines == sample.blocks[to].lines);
  CHECK(recovered.totals.all_losses_known);
}

TEST_CASE("a block of another archive is found by every reader") {
  const Sample sample;
  const size_t block = GENERATE(0, 1, 2, 5);
  const ByteBuffer archive =
      sample.With(block, sample.FrameOf(sample.other, block), sample.archive);
  // Of the first block only the one behind tells.
  const size_t found = block == 0 ? 1 : block;
  CheckFound(archive, sample.Place(found) + "it is block " + std::to_string(found + 1) +
                          " of another archive, or the block before it is");
  CheckRefused(
      archive, block,
      sample.Place(block) + "it is block " + std::to_string(block + 1) + " of another archive");
  const Unpacked recovered = Unpack(archive, Recover());
  CHECK(recovered.totals.lost_lines >= sample.blocks[block].lines);
}

TEST_CASE("of two logs that begin alike, the last block of one does not pass in the other") {
  const ByteBuffer one = EqualBlocks("somebody", "two");
  const ByteBuffer two = EqualBlocks("somebody", "old");
  const BlockInfo last = BlocksOf(one).back();
  const size_t at = static_cast<size_t>(last.offset);
  const size_t size = static_cast<size_t>(last.packed_size);
  REQUIRE(one.substr(0, at) == two.substr(0, at));
  REQUIRE(BlocksOf(two).back().packed_size == size);
  ByteBuffer mixed = one;
  mixed.replace(at, size, two, at, size);
  const std::string message =
      "block 6 of the archive that begins at byte 0 is missing or out of place";
  const Unpacked stopped = Unpack(mixed);
  CHECK(absl::IsDataLoss(stopped.status));
  CHECK_THAT(std::string(stopped.status.message()), Catch::Contains(message));
  const Unpacked recovered = Unpack(mixed, Recover());
  CHECK(recovered.raw == Unpack(two).raw);
  CHECK(recovered.totals.lost_lines == last.lines);
  ViewRandomAccess file(mixed);
  CHECK(absl::IsDataLoss(OpenIndex(&file)->CheckFrames()));
}

TEST_CASE("blocks that are missing without a trace are named, and counted where an index knows") {
  const Sample sample;
  ByteBuffer archive = sample.archive;
  archive.erase(sample.At(2), sample.At(4) - sample.At(2));
  const std::string message = sample.Place(2) + "it is block 5 of its archive, and block 3 belongs";
  CHECK_THAT(std::string(Unpack(archive).status.message()), Catch::Contains(message));
  const Unpacked known = Unpack(archive, Recover());
  CHECK(known.totals.lost_lines == sample.blocks[2].lines + sample.blocks[3].lines);
  CHECK(known.totals.all_losses_known);
  // A writer that was killed leaves no index.
  archive.resize(sample.At(3));
  const Unpacked unknown = Unpack(archive, Recover());
  CHECK_THAT(unknown.damages[0].message, Catch::Contains(message));
  CHECK_FALSE(unknown.totals.all_losses_known);
}

TEST_CASE("frames behind a header that was destroyed are an archive of their own") {
  const Sample sample;
  const size_t cut = sample.At(2);
  // The first was not ended, so that nothing else stands between it and the second.
  ByteBuffer archive = sample.archive.substr(0, cut) + sample.other;
  archive[cut + 6] ^= 1;
  const Unpacked recovered = Unpack(archive, Recover());
  CHECK(recovered.raw == Unpack(sample.archive.substr(0, cut)).raw + Unpack(sample.other).raw);
  REQUIRE(recovered.damages.size() == 1);
  CHECK(recovered.totals.lost_lines == 0);
}

TEST_CASE("the same bytes in any number of threads and pieces make the same chain") {
  const ByteBuffer log = LogLines(500);
  const ByteBuffer expected = Pack(log, Blocks(2000));
  CHECK(Pack(log, Blocks(2000, 4)) == expected);
  Vector<BlockInfo> blocks = BlocksOf(expected);
  uint32_t link = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    FrameHeader header;
    REQUIRE(ParseFrameHeader(ByteView(expected).substr(static_cast<size_t>(blocks[i].offset)),
                             &header) == ParseResult::kOk);
    CHECK(header.number == i);
    CHECK(header.link == link);
    link = header.check;
  }
}

}  // namespace
}  // namespace logpress::archive
