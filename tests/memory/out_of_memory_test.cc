// Memory that is not there is an error of the call that needs it, and nothing worse.
#include "api/api_test_util.h"
#include "api/test_allocator.h"

namespace logpress::api {
namespace {

TEST_CASE(
    "A context says that memory ran out, in either direction, and goes on when there is more") {
  const std::string raw = LogLines(20);
  for (const int level : {1, 7, 9}) {
    const std::string archive = [&] {
      logpress_options options = logpress_default_options();
      options.level = level;
      return Pack(raw, options);
    }();
    std::string packed(4096 + raw.size(), '\0');
    std::string back(raw.size(), '\0');
    size_t size = 0;
    FailEveryRequest([&](TestAllocator* allocator) {
      const logpress_options options = With(*allocator, level);
      logpress_context* made = nullptr;
      logpress_code code = logpress_context_new(&options, &made);
      const Context context(made);
      if (code != LOGPRESS_OK) return code;
      const auto compress = [&] {
        return logpress_context_compress(made, raw.data(), raw.size(), packed.data(), packed.size(),
                                         &size);
      };
      code = compress();
      if (code != LOGPRESS_OK) {
        if (std::string(logpress_context_message(made)).find("memory") == std::string::npos)
          FAIL(logpress_context_message(made));
        allocator->Succeed();
        if (compress() != LOGPRESS_OK) FAIL(logpress_context_message(made));
      }
      if (packed.compare(0, size, archive) != 0) FAIL("other bytes");
      return code;
    });
    FailEveryRequest([&](TestAllocator* allocator) {
      const logpress_options options = With(*allocator, level);
      logpress_context* made = nullptr;
      logpress_code code = logpress_context_new(&options, &made);
      const Context context(made);
      if (code != LOGPRESS_OK) return code;
      const auto decompress = [&] {
        return logpress_context_decompress(made, archive.data(), archive.size(), back.data(),
                                           back.size(), &size);
      };
      code = decompress();
      if (code != LOGPRESS_OK) {
        allocator->Succeed();
        if (decompress() != LOGPRESS_OK) FAIL(logpress_context_message(made));
      }
      if (back != raw) FAIL("other bytes");
      return code;
    });
  }
}

TEST_CASE("Memory that runs out while long lists of values are decoded is an error too") {
  // Values that are divided again, and more of them than a buffer holds.
  std::string raw;
  for (unsigned i = 0; i < 30'000; ++i) {
    raw += "GET /shop/" + std::to_string(i * 7919 % 30'011) + "/item-" +
           std::to_string(i * 104'729 % 30'013) + ".html served\n";
  }
  for (const int level : {1, 5}) {
    logpress_options packing = logpress_default_options();
    packing.level = level;
    const std::string archive = Pack(raw, packing);
    std::string back(raw.size(), '\0');
    size_t size = 0;
    FailEveryRequest([&](TestAllocator* allocator) {
      const logpress_options options = With(*allocator, level);
      logpress_context* made = nullptr;
      logpress_code code = logpress_context_new(&options, &made);
      const Context context(made);
      if (code != LOGPRESS_OK) return code;
      code = logpress_context_decompress(made, archive.data(), archive.size(), back.data(),
                                         back.size(), &size);
      if (code == LOGPRESS_OK && back != raw) FAIL("other bytes");
      return code;
    });
  }
}

TEST_CASE("A reader says that memory ran out, and reads on when there is more") {
  const std::string raw = LogLines(120);
  const std::string archive = Pack(raw, Blocks(2000));
  FailEveryRequest([&](TestAllocator* allocator) {
    const logpress_options options = With(*allocator, 5);
    logpress_reader* made = nullptr;
    logpress_code code =
        logpress_reader_open_memory(&options, archive.data(), archive.size(), &made);
    const Reader reader(made);
    if (code != LOGPRESS_OK) return code;
    logpress_metadata* metadata = nullptr;
    code = logpress_reader_metadata(made, 1, &metadata);
    logpress_metadata_free(metadata);
    if (code != LOGPRESS_OK) return code;
    logpress_lines* walk = nullptr;
    code = logpress_reader_lines(made, 0, ~uint64_t{0}, &walk);
    const Lines lines(walk);
    if (code != LOGPRESS_OK) return code;
    std::string back;
    for (;;) {
      logpress_line line;
      const logpress_code step = logpress_lines_next(walk, &line);
      if (step == LOGPRESS_END) break;
      if (step == LOGPRESS_OK) {
        back.append(line.data, line.size);
      } else {
        code = step;
        allocator->Succeed();
      }
    }
    if (back != raw) FAIL("other bytes");
    return code;
  });
}

TEST_CASE("An allocator without a function is refused") {
  TestAllocator allocator;
  logpress_allocator half = *allocator.get();
  half.release = nullptr;
  logpress_options options = logpress_default_options();
  options.allocator = &half;
  logpress_context* made = nullptr;
  CHECK(logpress_context_new(&options, &made) == LOGPRESS_INVALID_ARGUMENT);
  const Context context(made);
}

}  // namespace
}  // namespace logpress::api
