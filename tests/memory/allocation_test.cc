// A context that is used again asks for no memory.
#include <vector>

#include "api/api_test_util.h"
#include "api/test_allocator.h"
#include "property/memory_meter.h"
#include "support/log_generator.h"

namespace logpress::api {
namespace {

using logpress::testing::MemoryMeter;

// Packs and unpacks `raw` in buffers that are there.
void Pass(logpress_context* context, const std::string& raw, std::string* packed,
          std::string* back) {
  size_t packed_size = 0;
  size_t size = 0;
  const logpress_code compressed = logpress_context_compress(
      context, raw.data(), raw.size(), packed->data(), packed->size(), &packed_size);
  const logpress_code decompressed = logpress_context_decompress(
      context, packed->data(), packed_size, back->data(), back->size(), &size);
  if (compressed != LOGPRESS_OK || decompressed != LOGPRESS_OK || size != raw.size() ||
      std::memcmp(back->data(), raw.data(), size) != 0) {
    FAIL(logpress_context_message(context));
  }
}

TEST_CASE("A context that is used again asks for no memory, nor do zstd and xz") {
  const std::vector<std::string> logs = {LogLines(300), LogLines(250, 12345),
                                         testing::GenerateLog(7, 20'000),
                                         testing::GenerateLog(11, 20'000)};
  std::string packed(1 << 20, '\0');
  std::string back(1 << 20, '\0');
  for (const int level : {1, 5, 7, 9}) {
    INFO("level " << level);
    TestAllocator allocator;
    logpress_options options = logpress_default_options();
    options.level = level;
    options.allocator = allocator.get();
    logpress_context* made = nullptr;
    REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
    const Context context(made);
    for (int round = 0; round < 4; ++round) {
      for (const std::string& log : logs) Pass(made, log, &packed, &back);
    }
    CHECK(allocator.requests() > 0);
    const uint64_t before = allocator.requests();
    const MemoryMeter meter;
    for (int round = 0; round < 3; ++round) {
      for (const std::string& log : logs) Pass(made, log, &packed, &back);
    }
    const size_t requests = meter.Requests();
    CHECK(allocator.requests() == before);
    CHECK(requests == 0);
  }
}

TEST_CASE("A context with a dictionary that is used again asks for no memory either") {
  const std::string samples = LogLines(3000);
  std::string file(1 << 20, '\0');
  size_t size = 0;
  REQUIRE(logpress_train(samples.data(), samples.size(), file.data(), file.size(), &size) ==
          LOGPRESS_OK);
  logpress_dictionary* dictionary = nullptr;
  REQUIRE(logpress_dictionary_new(nullptr, file.data(), size, &dictionary) == LOGPRESS_OK);
  const std::vector<std::string> values = {LogLines(50, 10'000), LogLines(30, 20'000),
                                           LogLines(40, 30'000) + "something else\n"};
  std::string packed(1 << 16, '\0');
  std::string back(1 << 16, '\0');
  for (const int bare : {LOGPRESS_ARCHIVES, LOGPRESS_BARE}) {
    TestAllocator allocator;
    logpress_options options = logpress_default_options();
    options.allocator = allocator.get();
    options.dictionary = dictionary;
    options.bare = bare;
    logpress_context* made = nullptr;
    REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
    const Context context(made);
    for (int round = 0; round < 4; ++round) {
      for (const std::string& value : values) Pass(made, value, &packed, &back);
    }
    const uint64_t before = allocator.requests();
    const MemoryMeter meter;
    for (int round = 0; round < 3; ++round) {
      for (const std::string& value : values) Pass(made, value, &packed, &back);
    }
    const size_t requests = meter.Requests();
    CHECK(allocator.requests() == before);
    CHECK(requests == 0);
  }
  logpress_dictionary_free(dictionary);
}

TEST_CASE("A context that is trimmed holds nothing, and works on") {
  const std::string log = testing::GenerateLog(7, 20'000);
  std::string packed(1 << 20, '\0');
  std::string back(1 << 20, '\0');
  for (const int level : {1, 7, 9}) {
    TestAllocator allocator;
    const logpress_options options = With(allocator, level);
    logpress_context* made = nullptr;
    REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
    const Context context(made);
    for (int round = 0; round < 2; ++round) {
      Pass(made, log, &packed, &back);
      CHECK(allocator.held() > 0);
      logpress_context_trim(made);
      CHECK(allocator.held() == 0);
    }
  }
  logpress_context_trim(nullptr);
}

TEST_CASE("A meter of memory sees what the library takes") {
  if (!MemoryMeter::Measures()) return;
  const std::string raw = LogLines(100);
  TestAllocator allocator;
  const MemoryMeter meter;
  Pack(raw, With(allocator, 1));
  const size_t requests = meter.Requests();
  CHECK(allocator.requests() > 1);
  CHECK(requests > allocator.requests());
}

}  // namespace
}  // namespace logpress::api
