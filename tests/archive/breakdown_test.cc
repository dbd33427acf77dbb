#include "archive/breakdown.h"

#include <numeric>

#include "archive/archive_test_util.h"
#include "archive/format.h"
#include "support/random.h"

namespace logpress::archive {
namespace {

using codec::Breakdown;
using codec::Part;

Breakdown Measured(ByteView archive) {
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  Breakdown parts;
  const absl::Status status = MeasureFile(index.get(), &parts);
  INFO(status);
  REQUIRE(status.ok());
  const Breakdown::Sizes sizes = parts.Bytes();
  CHECK(std::accumulate(sizes.begin(), sizes.end(), uint64_t{0}) == archive.size());
  return parts;
}

uint64_t BytesOf(const Breakdown& parts, Part part, size_t depth = 0) {
  return parts.Bytes()[Breakdown::Place(part, depth)];
}

uint64_t CountOf(const Breakdown& parts, Part part) {
  uint64_t count = 0;
  for (size_t depth = 0; depth < Breakdown::kDepths; ++depth) count += parts.count(part, depth);
  return count;
}

TEST_CASE("the frames of archives are told from what is in them") {
  const ByteBuffer one = Pack(LogLines(3000), Blocks(20000));
  const ByteBuffer all = one + Pack("") + Pack(LogLines(10));
  const Breakdown parts = Measured(all);
  CHECK(parts.count(Part::kArchiveHeaders, 0) == 3);
  CHECK(BytesOf(parts, Part::kArchiveHeaders) == 3 * (11 + kFooterSize));
  CHECK(parts.count(Part::kIndexes, 0) == 1);
  CHECK(BytesOf(parts, Part::kIndexes) > 20);
  ViewRandomAccess file(all);
  const auto index = OpenIndex(&file);
  uint64_t headers = 0;
  for (const BlockInfo& block : index->blocks()) {
    FrameHeader header;
    REQUIRE(ParseFrameHeader(ByteView(all).substr(block.offset), &header) == ParseResult::kOk);
    headers += header.size;
  }
  CHECK(parts.count(Part::kFrameHeaders, 0) == index->blocks().size());
  CHECK(BytesOf(parts, Part::kFrameHeaders) == headers);
}

TEST_CASE("a line is a template id and a value for each slot, with every backend") {
  WriterOptions options;
  options.backend =
      GENERATE(block::BackendId::kStore, block::BackendId::kZstd, block::BackendId::kXz,
               block::BackendId::kBlend, block::BackendId::kMix);
  INFO("backend " << static_cast<int>(options.backend));
  constexpr int kLines = 2000;
  // Random, as regular numbers may be told in planes of bytes instead.
  testing::Random random(1);
  ByteBuffer log;
  for (int i = 0; i < kLines; ++i) {
    log += "2024-05-17 12:00:" + std::to_string(10 + i / 50) + " INFO worker-" +
           std::to_string(random.Below(7)) + ": request " + std::to_string(random.Below(100000)) +
           " took " + std::to_string(random.Below(10007)) + " us\n";
  }
  const Breakdown parts = Measured(Pack(log, options));
  CHECK(parts.count(Part::kTemplateIds, 0) == kLines);
  CHECK(CountOf(parts, Part::kRawBlocks) == 0);
  CHECK(CountOf(parts, Part::kTemplates) >= 1);
  if (options.backend == block::BackendId::kMix) {
    // Time, worker, request and microseconds; what no guess was right about is coded by content.
    CHECK(parts.count(Part::kGuessedIds, 0) + parts.count(Part::kFailedGuesses, 0) == 4 * kLines);
    CHECK(parts.count(Part::kTimestamps, 0) + parts.count(Part::kNumbers, 0) +
              parts.count(Part::kText, 1) + parts.count(Part::kTemplateIds, 1) >=
          parts.count(Part::kFailedGuesses, 0));
  } else {
    CHECK(parts.count(Part::kTimestamps, 0) == kLines);
    CHECK(parts.count(Part::kTimestamps, 0) + parts.count(Part::kNumbers, 0) +
              parts.count(Part::kGuessedIds, 0) + parts.count(Part::kUnguessedIds, 0) +
              parts.count(Part::kNewIds, 0) ==
          4 * kLines);
    CHECK(parts.count(Part::kTemplateCounts, 0) == parts.count(Part::kTemplates, 0));
  }
}

TEST_CASE("planes of bytes are told by what they hold") {
  // Two templates; no value of the first is as expected, and the second has none.
  constexpr int kLines = 1000;
  testing::Random random(1);
  ByteBuffer log;
  for (int i = 0; i < kLines; ++i) {
    log += i % 2 == 0 ? "worker took " + std::to_string(random.Below(1 << 20)) + " us\n"
                      : std::string("the answer given is 42 again\n");
  }
  WriterOptions options;
  options.level = 1;
  const Breakdown parts = Measured(Pack(log, options));
  CHECK(parts.count(Part::kTemplateIds, 0) == kLines);
  CHECK(parts.count(Part::kTemplates, 0) == 2);
  CHECK(parts.count(Part::kMasks, 0) == kLines / 2);
  CHECK(parts.count(Part::kNumbers, 0) == kLines / 2);
  // The numbers are noise of 20 bits; that all of them are unexpected says nothing.
  CHECK(8 * BytesOf(parts, Part::kNumbers) > 18 * kLines / 2);
  CHECK(BytesOf(parts, Part::kMasks) < 20);
}

TEST_CASE("bytes without structure are one part") {
  testing::Random random(7);
  ByteBuffer bytes(5000, '\0');
  for (char& byte : bytes) byte = random.Byte();
  WriterOptions options;
  options.backend = GENERATE(block::BackendId::kStore, block::BackendId::kXz,
                             block::BackendId::kBlend, block::BackendId::kMix);
  const ByteBuffer archive = Pack(bytes, options);
  const Breakdown parts = Measured(archive);
  CHECK(parts.count(Part::kRawBlocks, 0) == 1);
  CHECK(BytesOf(parts, Part::kRawBlocks) + BytesOf(parts, Part::kFrameHeaders) +
            BytesOf(parts, Part::kArchiveHeaders) ==
        archive.size());
}

TEST_CASE("what is damaged between frames is a part too") {
  const ByteBuffer whole = Pack(LogLines(400), Blocks(10000));
  // Between two archives, in the header of an archive, and where the last one is torn.
  CHECK(BytesOf(Measured(whole + "some noise" + whole), Part::kUnreadable) == 10);
  ByteBuffer header = whole + whole;
  header[whole.size() + 6] ^= 1;
  CHECK(BytesOf(Measured(header), Part::kUnreadable) >= 11);
  Measured(whole.substr(0, whole.size() - 25));
  Measured(whole + whole.substr(0, whole.size() / 2));
}

TEST_CASE("a block that does not decode is an error, as it is when it is read") {
  ByteBuffer archive = Pack(LogLines(400));
  archive[archive.size() / 2] ^= 1;
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  Breakdown parts;
  ByteBuffer raw;
  const absl::Status status = MeasureFile(index.get(), &parts);
  CHECK(status.code() == absl::StatusCode::kDataLoss);
  CHECK(status == index->ReadBlock(0, &raw));
}

}  // namespace
}  // namespace logpress::archive
