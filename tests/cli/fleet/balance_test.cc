// Every byte of every file belongs to one task, and all tasks have about as many.
#include "cli/fleet/balance.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <vector>

#include "support/random.h"

namespace logpress::cli::fleet {
namespace {

using Files = std::vector<FileToBalance>;

// Lines of ten bytes.
absl::StatusOr<uint64_t> TenBytesALine(uint32_t /*file*/, uint64_t offset) {
  return (offset + 9) / 10 * 10;
}

std::vector<Part> Balanced(const Files& files, uint32_t tasks, uint64_t shard) {
  const auto parts = Balance(files, tasks, shard, TenBytesALine);
  REQUIRE(parts.ok());
  return *parts;
}

void CheckComplete(const Files& files, const std::vector<Part>& parts) {
  size_t next = 0;
  for (uint32_t file = 0; file < files.size(); ++file) {
    uint64_t at = 0;
    do {
      REQUIRE(next < parts.size());
      const Part& part = parts[next];
      REQUIRE(part.number == next++);
      REQUIRE(part.file == file);
      REQUIRE(part.begin == at);
      REQUIRE(part.end <= files[file].size);
      REQUIRE((part.end == files[file].size || part.end % 10 == 0));
      REQUIRE((part.end > part.begin || files[file].size == 0));
      at = part.end;
    } while (at < files[file].size);
  }
  REQUIRE(next == parts.size());
}

TEST_CASE("files of one size are divided evenly") {
  const std::vector<Part> parts = Balanced(Files(12, {1000}), 4, 3000);
  CHECK(LoadOfTasks(parts, 4) == std::vector<uint64_t>(4, 3000));
}

TEST_CASE("a file that is larger than a shard is cut where lines begin") {
  const std::vector<Part> parts = Balanced({{100'000}}, 3, 33'334);
  CheckComplete({{100'000}}, parts);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].end == 33'340);
}

TEST_CASE("what is packed already is not cut") {
  const std::vector<Part> parts = Balanced({{100'000, false}, {10}}, 3, 33'334);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].end == 100'000);
}

TEST_CASE("files without bytes are shared out as well") {
  const std::vector<Part> parts = Balanced(Files(12, {0}), 4, 1);
  std::vector<int> files(4);
  for (const Part& part : parts) ++files[part.task];
  CHECK(files == std::vector<int>(4, 3));
}

TEST_CASE("a line without an end is one part") {
  const auto no_border = [](uint32_t, uint64_t) -> absl::StatusOr<uint64_t> { return 100'000; };
  const auto parts = Balance({{100'000}}, 3, 33'334, no_border);
  REQUIRE(parts.ok());
  CHECK(parts->size() == 1);
}

TEST_CASE("an error of reading is passed on") {
  const auto fails = [](uint32_t, uint64_t) -> absl::StatusOr<uint64_t> {
    return absl::NotFoundError("gone");
  };
  CHECK(absl::IsNotFound(Balance({{100'000}}, 3, 33'334, fails).status()));
}

TEST_CASE(
    "whatever the sizes, nothing is left out, and where they allow it no task has more than "
    "1.1 times the mean") {
  testing::Random random(11);
  for (int round = 0; round < 2000; ++round) {
    INFO("round " << round);
    const auto tasks = static_cast<uint32_t>(1 + random.Below(20));
    Files files(1 + random.Below(60));
    // Some are much larger than others.
    for (FileToBalance& file : files)
      file.size = random.Below(uint64_t{1} << (4 + random.Below(20)));
    const uint64_t bytes =
        std::accumulate(files.begin(), files.end(), uint64_t{0},
                        [](uint64_t sum, const FileToBalance& file) { return sum + file.size; });
    const uint64_t shard = bytes / tasks + 1;
    const std::vector<Part> parts = Balanced(files, tasks, shard);
    CheckComplete(files, parts);
    const std::vector<uint64_t> loads = LoadOfTasks(parts, tasks);
    const uint64_t fullest = *std::max_element(loads.begin(), loads.end());
    const double mean = static_cast<double>(bytes) / tasks;
    // A file that goes whole is at most a shard; what one of these does to the balance is its own.
    uint64_t whole = 0;
    for (const FileToBalance& file : files)
      if (file.size <= shard) whole = std::max(whole, file.size);
    const double allowed = std::max(1.1 * mean, mean + static_cast<double>(whole)) + 10.0 * tasks;
    REQUIRE(static_cast<double>(fullest) <= allowed);
    // The same again.
    const std::vector<Part> again = Balanced(files, tasks, shard);
    REQUIRE(std::equal(parts.begin(), parts.end(), again.begin(), again.end(),
                       [](const Part& a, const Part& b) {
                         return a.task == b.task && a.begin == b.begin && a.end == b.end;
                       }));
  }
}

}  // namespace
}  // namespace logpress::cli::fleet
