#include "cli/progress.h"

#include <catch2/catch.hpp>
#include <cstdint>

namespace logpress::cli {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

TEST_CASE("the line says how much is done, how small it becomes, how fast, and how long still") {
  CHECK(ProgressLine("app.log", {512 * kMiB, 512 * kMiB, 20 * kMiB, 6}, 2048 * kMiB, 0, 100) ==
        "app.log: 512 MiB of 2.00 GiB, 25 %, ratio 25.6, 85.3 MiB/s, 18 s left");
}

TEST_CASE("on the way back the speed is that of the log, and the share that of the archive") {
  CHECK(ProgressLine("app.log.lpz", {10 * kMiB, 250 * kMiB, 10 * kMiB, 5}, 20 * kMiB, 0, 100) ==
        "app.log.lpz: 10.0 MiB of 20.0 MiB, 50 %, ratio 25.0, 50.0 MiB/s, 5 s left");
}

TEST_CASE("a pipe has no end that could be told") {
  CHECK(ProgressLine("standard input", {10 * kMiB, 10 * kMiB, kMiB, 5}, 0, 0, 100) ==
        "standard input: 10.0 MiB, ratio 10.0, 2.00 MiB/s");
}

TEST_CASE("a file that grew while it was read has none either") {
  CHECK(ProgressLine("app.log", {10 * kMiB, 10 * kMiB, kMiB, 5}, 9 * kMiB, 0, 100) ==
        "app.log: 10.0 MiB, ratio 10.0, 2.00 MiB/s");
}

TEST_CASE("before the first block there is nothing to compute from but the time") {
  CHECK(ProgressLine("app.log", {}, 9 * kMiB, 12, 100) ==
        "app.log: 0 B of 9.00 MiB, 0 %, 12 s so far");
}

TEST_CASE("while a block is worked on the time left goes down, but not to nothing") {
  const WorkDone half = {10 * kMiB, 10 * kMiB, kMiB, 8};
  const std::string before = "a: 10.0 MiB of 20.0 MiB, 50 %, ratio 10.0, 1.25 MiB/s, ";
  CHECK(ProgressLine("a", half, 20 * kMiB, 0, 100) == before + "8 s left");
  CHECK(ProgressLine("a", half, 20 * kMiB, 5, 100) == before + "3 s left");
  CHECK(ProgressLine("a", half, 20 * kMiB, 50, 100) == before + "1 s left");
}

TEST_CASE(
    "work on a block that is not done yet counts, and the ratio stays that of what is packed") {
  const WorkDone none;
  CHECK(ProgressLine("a", Ahead(none, 5 * kMiB, 4), 20 * kMiB, 0, 100) ==
        "a: 5.00 MiB of 20.0 MiB, 25 %, 1.25 MiB/s, 12 s left");
  const WorkDone half = {10 * kMiB, 10 * kMiB, kMiB, 8};
  CHECK(ProgressLine("a", Ahead(half, 15 * kMiB, 12), 20 * kMiB, 0, 100) ==
        "a: 15.0 MiB of 20.0 MiB, 75 %, ratio 10.0, 1.25 MiB/s, 4 s left");
  // Blocks that were too quick to be told of.
  CHECK(Ahead(half, 2 * kMiB, 9).raw == half.raw);
  CHECK(Ahead(half, 2 * kMiB, 9).seconds == half.seconds);
}

TEST_CASE("when all is read the end is near and not told") {
  CHECK(ProgressLine("a", {kMiB, kMiB, kMiB / 8, 2}, kMiB, 3, 100) ==
        "a: 1.00 MiB of 1.00 MiB, 100 %, ratio 8.00, 512 KiB/s");
}

TEST_CASE("a long name is cut at its front, and never within a character") {
  const WorkDone done = {10 * kMiB, 10 * kMiB, kMiB, 5};
  CHECK(ProgressLine("/var/log/applications/app.log", done, 0, 0, 48) ==
        "...ns/app.log: 10.0 MiB, ratio 10.0, 2.00 MiB/s");
  CHECK(ProgressLine("/var/log/\xc3\xa4\xc3\xb6\xc3\xbc/app.log", done, 0, 0, 48) ==
        "...\xc3\xbc/app.log: 10.0 MiB, ratio 10.0, 2.00 MiB/s");
}

TEST_CASE("the line is shorter than any terminal is wide") {
  const WorkDone done = {10 * kMiB, 10 * kMiB, kMiB, 5};
  for (size_t columns = 0; columns < 120; ++columns) {
    CAPTURE(columns);
    CHECK(ProgressLine("/var/log/applications/app.log", done, 20 * kMiB, 0, columns).size() <
          std::max<size_t>(columns, 2));
  }
}

}  // namespace
}  // namespace logpress::cli
