#include <catch2/catch.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

struct FreeMetadata {
  void operator()(logpress_metadata* handle) const { logpress_metadata_free(handle); }
};
using Metadata = std::unique_ptr<logpress_metadata, FreeMetadata>;

Metadata ReadMetadata(logpress_reader* reader, uint64_t block) {
  logpress_metadata* metadata = nullptr;
  REQUIRE(logpress_reader_metadata(reader, block, &metadata) == LOGPRESS_OK);
  return Metadata(metadata);
}

logpress_options AtLevel(int level, int backend = LOGPRESS_BACKEND_AUTO) {
  logpress_options options = logpress_default_options();
  options.level = level;
  options.backend = backend;
  return options;
}

// Two statements of one host, and some lines that nothing else is like.
std::string LogOfOneHost() {
  const std::string odd[] = {"Segmentation fault\n", "*** stack smashing detected ***\n",
                             "core dumped, giving up\n"};
  std::string log;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i * 7919 % 100'003);
    log += i % 3 == 0
               ? "web01 app: request " + n + " served\n"
               : "web01 cache: key " + n + " dropped after " + std::to_string(i % 60) + " s\n";
    if (i % 1000 == 500) log += odd[i / 1000];
  }
  return log;
}

TEST_CASE("Rows that fit no template are a template that is marked as exception") {
  const std::string archive = Pack(LogOfOneHost());
  const Reader reader = OpenReader(archive);
  const Metadata metadata = ReadMetadata(reader.get(), 0);
  const size_t templates = logpress_metadata_templates(metadata.get());
  REQUIRE(templates == 3);
  uint64_t exceptions = 0;
  for (size_t i = 0; i < templates; ++i) {
    if (logpress_metadata_is_exception(metadata.get(), i) == 0) continue;
    logpress_template found = {};
    REQUIRE(logpress_metadata_template(metadata.get(), i, &found) == LOGPRESS_OK);
    exceptions += found.rows;
  }
  CHECK(exceptions == 3);
  CHECK(logpress_metadata_is_exception(metadata.get(), templates) == 0);
  CHECK(logpress_metadata_is_exception(nullptr, 0) == 0);
}

TEST_CASE("A log of bare numbers has a template of one slot that is no exception") {
  std::string log;
  for (int i = 0; i < 20'000; ++i) log += std::to_string(i * 7919 % 100'003) + "\n";
  const std::string archive = Pack(log);
  const Reader reader = OpenReader(archive);
  const Metadata metadata = ReadMetadata(reader.get(), 0);
  for (size_t i = 0; i < logpress_metadata_templates(metadata.get()); ++i)
    CHECK(logpress_metadata_is_exception(metadata.get(), i) == 0);
}

TEST_CASE("A column tells how many values it has, and so that it is a constant") {
  const std::string archive = Pack(LogOfOneHost());
  const Reader reader = OpenReader(archive);
  const Metadata metadata = ReadMetadata(reader.get(), 0);
  size_t constants = 0;
  size_t of_sixty = 0;
  for (size_t column = 0; column < logpress_metadata_columns(metadata.get()); ++column) {
    const uint64_t distinct = logpress_metadata_distinct(metadata.get(), column);
    if (distinct == 1) ++constants;
    if (distinct == 60 || distinct == 40) ++of_sixty;
  }
  CHECK(constants == 1);
  CHECK(of_sixty == 1);
  CHECK(logpress_metadata_distinct(metadata.get(), 1000) == 0);
  CHECK(logpress_metadata_distinct(nullptr, 0) == 0);
}

TEST_CASE("A block tells what packed it and at which level") {
  // Archives one behind the other, of different levels.
  const std::string archive = Pack(LogLines(3000), AtLevel(1)) + Pack(LogLines(3000), AtLevel(6)) +
                              Pack(LogLines(3000), AtLevel(9, LOGPRESS_BACKEND_MIX));
  const Reader reader = OpenReader(archive);
  const struct {
    int level;
    int backend;
  } expected[] = {{1, LOGPRESS_BACKEND_ZSTD}, {6, LOGPRESS_BACKEND_XZ}, {9, LOGPRESS_BACKEND_MIX}};
  for (uint64_t block = 0; block < 3; ++block) {
    logpress_block_info info = {};
    info.struct_size = sizeof(info);
    REQUIRE(logpress_reader_block(reader.get(), block, &info) == LOGPRESS_OK);
    CHECK(info.level == expected[block].level);
    CHECK(info.backend == expected[block].backend);
  }
}

TEST_CASE("A caller of before backend and level were told gets what it knows") {
  const std::string archive = Pack(LogLines(100));
  const Reader reader = OpenReader(archive);
  logpress_block_info info = {};
  info.struct_size = offsetof(logpress_block_info, backend);
  info.backend = -1;
  info.level = -1;
  REQUIRE(logpress_reader_block(reader.get(), 0, &info) == LOGPRESS_OK);
  CHECK(info.lines == 100);
  CHECK(info.backend == -1);
  CHECK(info.level == -1);
}

}  // namespace
}  // namespace logpress::api
