// Memory with threads; tests/memory has what one thread does with it.
#include "api/api_test_util.h"
#include "api/test_allocator.h"

namespace logpress::api {
namespace {

TEST_CASE("A writer says that memory ran out, with threads too, and keeps saying so") {
  const std::string raw = LogLines(120);
  for (const int threads : {1, 2}) {
    FailEveryRequest([&](TestAllocator* allocator) {
      logpress_options options = With(*allocator, 1);
      options.block_size = 2000;
      options.threads = threads;
      std::string archive;
      logpress_writer* made = nullptr;
      logpress_code code = logpress_writer_new(&options, AppendTo, &archive, &made);
      const Writer writer(made);
      if (code == LOGPRESS_OK) code = logpress_writer_append(made, raw.data(), raw.size());
      if (code == LOGPRESS_OK) code = logpress_writer_finish(made);
      if (code == LOGPRESS_OK && Unpack(archive) != raw) FAIL("other bytes");
      if (code != LOGPRESS_OK && logpress_writer_append(made, raw.data(), 1) != code)
        FAIL("another error");
      return code;
    });
  }
}

TEST_CASE("Threads give way to a memory limit before the size of blocks, and change no byte") {
  const std::string raw = LogLines(20'000);
  std::string expected;
  for (const int threads : {1, 2, 6}) {
    logpress_options options = logpress_default_options();
    options.level = 1;
    options.threads = threads;
    options.memory_limit = uint64_t{40} << 20;
    uint64_t peak = 0;
    const std::string archive = PackWithin(raw, options, &peak);
    CHECK(peak <= options.memory_limit);
    if (expected.empty()) expected = archive;
    CHECK((archive == expected));
    logpress_archive_info info;
    info.struct_size = sizeof(info);
    REQUIRE(logpress_reader_info(OpenReader(archive).get(), &info) == LOGPRESS_OK);
    CHECK(info.blocks > 1);
  }
  CHECK(Unpack(expected) == raw);
}

}  // namespace
}  // namespace logpress::api
