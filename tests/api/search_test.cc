#include <string_view>

#include "api/api_test_util.h"
#include "logpress/logpress.hpp"

namespace logpress::api {
namespace {

struct Found {
  std::string text;   // the lines, one behind the other
  std::string marks;  // their numbers, with '-' behind those of context
  size_t most = SIZE_MAX;
  size_t lines = 0;
  int fail = LOGPRESS_OK;

  static int Take(void* opaque, const logpress_found* line) {
    auto* const self = static_cast<Found*>(opaque);
    self->text.append(line->data, line->size);
    self->marks += std::to_string(line->number) + (line->selected != 0 ? " " : "- ");
    if (self->fail != LOGPRESS_OK) return self->fail;
    return ++self->lines < self->most ? LOGPRESS_OK : LOGPRESS_END;
  }
};

logpress_search_options Default() {
  logpress_search_options options = {};
  options.struct_size = sizeof(options);
  return options;
}

logpress_code Search(logpress_reader* reader, const char* pattern,
                     const logpress_search_options& options, Found* found,
                     logpress_search_stats* stats = nullptr) {
  return logpress_search(reader, &pattern, nullptr, 1, &options,
                         found == nullptr ? nullptr : Found::Take, found, stats);
}

TEST_CASE("A search finds the lines that match, with their numbers and places") {
  const std::string raw = LogLines(2000);
  const std::string archive = Pack(raw, Blocks(20'000));
  for (const int threads : {1, 3}) {
    logpress_options reading = logpress_default_options();
    reading.threads = threads;
    const Reader reader = OpenReader(archive, &reading);
    Found found;
    REQUIRE(Search(reader.get(), "request (7|1234) ", Default(), &found) == LOGPRESS_OK);
    CHECK(found.marks == "7 1234 ");
    CHECK(found.text == LogLines(1, 7) + LogLines(1, 1234));

    logpress_search_options options = Default();
    options.offsets = 1;
    options.syntax = LOGPRESS_SYNTAX_FIXED;
    options.before = 1;
    options.after = 1;
    const char* const patterns[] = {"request 7 x", "request 70 y"};
    const size_t sizes[] = {10, 11};
    const auto take = [](void* opaque, const logpress_found* line) -> int {
      const auto& log = *static_cast<const std::string*>(opaque);
      return log.compare(line->offset, line->size, line->data, line->size) == 0 ? LOGPRESS_OK : 77;
    };
    std::string copy = raw;
    logpress_search_stats stats = {};
    stats.struct_size = sizeof(stats);
    REQUIRE(logpress_search(reader.get(), patterns, sizes, 2, &options, take, &copy, &stats) ==
            LOGPRESS_OK);
    CHECK(stats.selected == 2);
    CHECK(stats.blocks > 5);
  }
}

TEST_CASE("A search counts, stops early, and looks at a part of the lines") {
  const std::string archive = Pack(LogLines(2000), Blocks(20'000));
  const Reader reader = OpenReader(archive);
  logpress_search_stats stats = {};
  stats.struct_size = sizeof(stats);
  REQUIRE(Search(reader.get(), "INFO", Default(), nullptr, &stats) == LOGPRESS_OK);
  CHECK(stats.selected == 2000);
  REQUIRE(Search(reader.get(), "ERROR", Default(), nullptr, &stats) == LOGPRESS_OK);
  CHECK(stats.selected == 0);
  CHECK(stats.blocks_skipped == stats.blocks);

  Found some;
  some.most = 3;
  REQUIRE(Search(reader.get(), "", Default(), &some) == LOGPRESS_OK);
  CHECK(some.marks == "0 1 2 ");
  logpress_search_options options = Default();
  options.first_line = 100;
  options.lines = 50;
  options.max_count = 2;
  options.ignore_case = 1;
  options.after = 1;
  Found part;
  REQUIRE(Search(reader.get(), "REQUEST 1[0-9]*0 ", options, &part) == LOGPRESS_OK);
  CHECK(part.marks == "100 101- 110 111- ");
  options = Default();
  options.between = 1;
  options.from = 1'714'521'600'000'000;  // 2024-05-01
  options.to = options.from + 2'000'000;
  options.invert = 1;
  Found early;
  REQUIRE(Search(reader.get(), "request 0 ", options, &early) == LOGPRESS_OK);
  CHECK(early.marks == "1 ");
}

TEST_CASE("What is wrong with a search is told") {
  const std::string archive = Pack(LogLines(10));
  const Reader reader = OpenReader(archive);
  Found found;
  CHECK(Search(reader.get(), "(a", Default(), &found) == LOGPRESS_INVALID_ARGUMENT);
  CHECK_THAT(logpress_reader_message(reader.get()), Catch::Contains("without its ')'"));
  found.fail = 5;
  CHECK(Search(reader.get(), "INFO", Default(), &found) == LOGPRESS_IO_ERROR);
  CHECK_THAT(logpress_reader_message(reader.get()), Catch::Contains("returned 5"));
  logpress_search_options options = Default();
  options.syntax = 9;
  CHECK(Search(reader.get(), "a", options, &found) == LOGPRESS_INVALID_ARGUMENT);
  options = {};
  CHECK(Search(reader.get(), "a", options, &found) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(Search(nullptr, "a", Default(), &found) == LOGPRESS_INVALID_ARGUMENT);
  const char* const none = nullptr;
  CHECK(logpress_search(reader.get(), &none, nullptr, 1, nullptr, nullptr, nullptr, nullptr) ==
        LOGPRESS_INVALID_ARGUMENT);
}

TEST_CASE("A damaged block is an error of the search, after what was found before it") {
  const std::string raw = LogLines(2000);
  std::string archive = Pack(raw, Blocks(20'000));
  archive[archive.size() / 2] = static_cast<char>(archive[archive.size() / 2] ^ 1);
  const Reader reader = OpenReader(archive);
  Found found;
  CHECK(Search(reader.get(), "INFO", Default(), &found) == LOGPRESS_DAMAGED);
  CHECK(found.text.size() > 10'000);
  CHECK(raw.compare(0, found.text.size(), found.text) == 0);
}

TEST_CASE("In C++ a search takes any callable") {
  const std::string archive = Pack(LogLines(100));
  auto reader = logpress::Reader::OpenMemory(std::as_bytes(std::span(archive)));
  REQUIRE(reader.ok());
  std::string numbers;
  const std::string_view patterns[] = {"request 7 ", "request 9 "};
  const auto stats = reader->Search(patterns, [&](const logpress::FoundLine& line) {
    numbers += std::to_string(line.number) + " ";
    return true;
  });
  REQUIRE(stats.ok());
  CHECK(numbers == "7 9 ");
  CHECK(stats->selected == 2);
  const std::string_view wrong[] = {"("};
  CHECK(reader->Search(wrong, [](const logpress::FoundLine&) { return true; }).error().code ==
        LOGPRESS_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace logpress::api
