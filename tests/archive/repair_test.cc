#include "archive/repair.h"

#include "archive/archive_test_util.h"
#include "archive/format.h"

namespace logpress::archive {
namespace {

struct Repaired {
  absl::Status status;
  ByteBuffer archive;
  RepairReport report;
  std::vector<LostPlace> places;
};

Repaired RepairBytes(ByteView bytes) {
  Repaired result;
  ViewRandomAccess file(bytes);
  BufferSink sink(&result.archive);
  result.status = Repair(
      &file, &sink, [&](const LostPlace& place) { result.places.push_back(place); },
      &result.report);
  return result;
}

TEST_CASE("repair gives back a whole archive as it was") {
  const ByteBuffer one = Pack(LogLines(100), Blocks(1000));
  const ByteBuffer all = one + Pack("") + Pack("x") + one;
  const Repaired repaired = RepairBytes(all);
  CHECK(repaired.status.ok());
  CHECK(repaired.report.whole);
  CHECK(repaired.report.archives == 4);
  CHECK(repaired.archive == all);
}

TEST_CASE("repair keeps what recovery reads, whatever byte was changed or lost") {
  const ByteBuffer all = Pack(LogLines(40), Blocks(500)) + Pack(LogLines(15, 40), Blocks(500));
  for (size_t at = kMagicSize; at < all.size(); ++at) {
    ByteBuffer damaged = all;
    if (at % 2 == 0) {
      damaged[at] = static_cast<char>(damaged[at] ^ "\x01\x80\xff"[at % 3]);
    } else {
      damaged.erase(at, 1 + at % 7);
    }
    ReaderOptions options = Recover();
    const Unpacked expected = Unpack(damaged, options);
    const Repaired repaired = RepairBytes(damaged);
    INFO("byte " << at << ": " << repaired.status << ", " << expected.status);
    if (absl::IsUnimplemented(repaired.status)) continue;  // the version byte
    REQUIRE(repaired.status.ok());
    const Unpacked unpacked = Unpack(repaired.archive);
    REQUIRE(unpacked.status.ok());
    REQUIRE(unpacked.raw == expected.raw);
    REQUIRE(repaired.report.lost_lines == expected.totals.lost_lines);
    REQUIRE(repaired.report.places == repaired.places.size());
    REQUIRE_FALSE(repaired.report.whole);
    ViewRandomAccess file(repaired.archive);
    REQUIRE(OpenIndex(&file)->damage().ok());
    REQUIRE(RepairBytes(repaired.archive).archive == repaired.archive);
  }
}

TEST_CASE("repair of what is no archive writes nothing") {
  const ByteBuffer bytes = GENERATE(as<ByteBuffer>(), "", "x", "plain text\n");
  const Repaired repaired = RepairBytes(bytes);
  CHECK(absl::IsInvalidArgument(repaired.status));
  CHECK(repaired.archive.empty());
}

}  // namespace
}  // namespace logpress::archive
