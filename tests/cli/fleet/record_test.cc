// A record says what was done, whatever a crash or a disk left of it, and only of its own task.
#include "cli/fleet/record.h"

#include <catch2/catch.hpp>
#include <string>

#include "cli/archiving/archiving_test_util.h"

namespace logpress::cli::fleet {
namespace {

using archiving::TestFolder;

const RecordName kName{"id", "pack", "3"};

PartResult Done(uint64_t size) {
  PartResult result;
  result.input = {size, {1, ~uint64_t{0}}};
  result.lines = 7;
  result.offset = 5;
  result.output = {size / 2, {3, 4}};
  result.milliseconds = 12;
  return result;
}

PartResult Failed() {
  PartResult result;
  result.kind = "changed";
  result.message = "a\tb\nc";
  return result;
}

// A record of three parts, one of which failed.
std::string SomeRecord(const TestFolder& folder) {
  const std::string path = folder.File("3");
  auto record = Record::Open(SystemFileOps(), path, kName, "token");
  REQUIRE(record.ok());
  REQUIRE(record->Add(4, Done(100)).ok());
  REQUIRE(record->Add(9, Failed()).ok());
  REQUIRE(record->Add(6, Done(200)).ok());
  return path;
}

TEST_CASE("a record gives back what was put into it") {
  const TestFolder folder;
  const auto read = ReadRecord(SystemFileOps(), SomeRecord(folder), kName);
  REQUIRE(read.ok());
  CHECK(read->tokens == std::vector<std::string>{"token"});
  CHECK(read->sound_bytes == read->size);
  REQUIRE(read->parts.size() == 3);
  const PartResult& done = read->parts.at(6);
  CHECK(done.done());
  CHECK(done.input == Done(200).input);
  CHECK(done.output == Done(200).output);
  CHECK(done.lines == 7);
  CHECK(done.offset == 5);
  CHECK(done.milliseconds == 12);
  CHECK(read->parts.at(9).kind == "changed");
  CHECK(read->parts.at(9).message == "a\tb\nc");
}

TEST_CASE("the last word on a part counts") {
  const TestFolder folder;
  const std::string path = SomeRecord(folder);
  {
    auto record = Record::Open(SystemFileOps(), path, kName, "second");
    REQUIRE(record.ok());
    REQUIRE(record->Add(9, Done(1)).ok());
  }
  const auto read = ReadRecord(SystemFileOps(), path, kName);
  REQUIRE(read.ok());
  CHECK(read->parts.at(9).done());
  CHECK(read->tokens == std::vector<std::string>{"token", "second"});
}

TEST_CASE("what is done stays done when another run of the task fails") {
  const TestFolder folder;
  const std::string path = SomeRecord(folder);
  {
    auto record = Record::Open(SystemFileOps(), path, kName, "second");
    REQUIRE(record.ok());
    REQUIRE(record->Add(6, Failed()).ok());
  }
  const auto read = ReadRecord(SystemFileOps(), path, kName);
  REQUIRE(read.ok());
  CHECK(read->parts.at(6).done());
}

TEST_CASE("a record that is cut anywhere goes on behind its last whole line") {
  const TestFolder folder;
  const std::string whole = [&] {
    SomeRecord(folder);
    return folder.Read("3");
  }();
  for (size_t size = 0; size < whole.size(); ++size) {
    INFO("cut behind " << size);
    folder.Write("3", whole.substr(0, size));
    {
      auto record = Record::Open(SystemFileOps(), folder.File("3"), kName, "second");
      REQUIRE(record.ok());
      REQUIRE(record->Add(6, Done(300)).ok());
    }
    const auto read = ReadRecord(SystemFileOps(), folder.File("3"), kName);
    REQUIRE(read.ok());
    REQUIRE(read->sound_bytes == read->size);
    REQUIRE(read->parts.at(6).input.size == 300);
  }
}

TEST_CASE("a record with any bit of it changed is told, and nothing behind the place believed") {
  const TestFolder folder;
  SomeRecord(folder);
  const std::string whole = folder.Read("3");
  for (size_t at = 0; at < whole.size(); ++at) {
    INFO("byte " << at);
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    folder.Write("3", changed);
    const auto read = ReadRecord(SystemFileOps(), folder.File("3"), kName);
    if (read.ok()) REQUIRE(read->sound_bytes <= at);
  }
}

TEST_CASE("the record of another plan, work or task is refused") {
  const TestFolder folder;
  const std::string path = SomeRecord(folder);
  for (const RecordName& name : {RecordName{"other", "pack", "3"}, RecordName{"id", "grep", "3"},
                                 RecordName{"id", "pack", "4"}}) {
    CHECK(absl::IsFailedPrecondition(ReadRecord(SystemFileOps(), path, name).status()));
    CHECK(absl::IsFailedPrecondition(Record::Open(SystemFileOps(), path, name, "t").status()));
  }
  CHECK(absl::IsNotFound(ReadRecord(SystemFileOps(), folder.File("4"), kName).status()));
}

TEST_CASE("a line of another record does not pass") {
  const TestFolder folder;
  const std::string path = SomeRecord(folder);
  const std::string own = folder.Read("3");
  {
    auto record = Record::Open(SystemFileOps(), folder.File("4"), {"id", "pack", "4"}, "token");
    REQUIRE(record.ok());
    REQUIRE(record->Add(8, Done(1)).ok());
  }
  const std::string other = folder.Read("4");
  folder.Write("3", own + other.substr(other.find("done")));
  const auto read = ReadRecord(SystemFileOps(), path, kName);
  REQUIRE(read.ok());
  CHECK(read->sound_bytes == own.size());
  CHECK(read->parts.count(8) == 0);
}

TEST_CASE("two processes do not write one record") {
  const TestFolder folder;
  const auto first = Record::Open(SystemFileOps(), folder.File("3"), kName, "a");
  REQUIRE(first.ok());
  CHECK(absl::IsUnavailable(Record::Open(SystemFileOps(), folder.File("3"), kName, "b").status()));
}

}  // namespace
}  // namespace logpress::cli::fleet
