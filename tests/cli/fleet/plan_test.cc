// A plan comes back as it was written, and nothing else is taken for one.
#include "cli/fleet/plan.h"

#include <catch2/catch.hpp>
#include <string>

#include "base/memory_io.h"
#include "cli/archiving/archiving_test_util.h"
#include "cli/fleet/fields.h"

namespace logpress::cli::fleet {
namespace {

using archiving::TestFolder;

const std::string kUgly("a\tb\n\\\x01\xff \xc3\xa9.log", 15);

Plan SomePlan() {
  Plan plan;
  plan.settings = {9, 1 << 20, "/out\t"};
  plan.tasks = 3;
  plan.files = {{"app.log", 100, {1717200000, 5}}, {kUgly, 0, {-5, 999'999'999}}};
  plan.parts = {{0, 2, 0, 0, 60}, {1, 0, 0, 60, 100}, {2, 1, 1, 0, 0}};
  return plan;
}

std::string TextOf(Plan* plan) {
  ByteBuffer text;
  BufferSink sink(&text);
  REQUIRE(WritePlan(plan, &sink).ok());
  return std::string(text);
}

TEST_CASE("a plan comes back as it was written") {
  Plan plan = SomePlan();
  const TestFolder folder;
  folder.Write("plan", TextOf(&plan));
  const auto read = ReadPlan(folder.File("plan"), std::nullopt);
  REQUIRE(read.ok());
  CHECK(read->id == plan.id);
  CHECK(read->tasks == 3);
  CHECK(read->settings.level == 9);
  CHECK(read->settings.block_size == 1 << 20);
  CHECK(read->settings.output_dir == "/out\t");
  REQUIRE(read->files.size() == 2);
  CHECK(read->files[1].path == kUgly);
  CHECK(read->files[1].changed.tv_sec == -5);
  CHECK(read->files[1].changed.tv_nsec == 999'999'999);
  REQUIRE(read->parts.size() == 3);
  CHECK(read->parts[1].begin == 60);
  CHECK(!read->IsWhole(read->parts[1]));
  CHECK(read->IsWhole(read->parts[2]));
}

TEST_CASE("a task reads its own parts, under their numbers in the plan") {
  Plan plan = SomePlan();
  const TestFolder folder;
  folder.Write("plan", TextOf(&plan));
  const auto read = ReadPlan(folder.File("plan"), 0);
  REQUIRE(read.ok());
  REQUIRE(read->parts.size() == 1);
  CHECK(read->parts[0].number == 1);
  CHECK(read->FileOf(read->parts[0]).path == "app.log");
  CHECK(read->files_in_all == 2);
}

TEST_CASE("a plan that was changed or cut anywhere is refused") {
  Plan plan = SomePlan();
  const std::string text = TextOf(&plan);
  const TestFolder folder;
  for (size_t at = 0; at < text.size(); ++at) {
    INFO("byte " << at);
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    folder.Write("plan", changed);
    REQUIRE(!ReadPlan(folder.File("plan"), std::nullopt).ok());
    // Without its last newline it is whole.
    if (at == text.size() - 1) continue;
    folder.Write("plan", text.substr(0, at));
    REQUIRE(!ReadPlan(folder.File("plan"), std::nullopt).ok());
  }
  folder.Write("plan", text + "0\t0\t0\t0\t0.000000000\tmore\n");
  CHECK(!ReadPlan(folder.File("plan"), std::nullopt).ok());
}

TEST_CASE("what is escaped comes back, and what is no escape does not") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  CHECK(Escape(all).find_first_of("\t\n") == std::string::npos);
  CHECK(Unescape(Escape(all)) == all);
  for (const char* const text : {"\\", "a\\", "\\x", "\\x1", "\\xzz", "\\q"})
    CHECK(!Unescape(text));
}

}  // namespace
}  // namespace logpress::cli::fleet
