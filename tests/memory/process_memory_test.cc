// The library leaves the memory of the process around it alone, and takes none past its allocator.
#include <malloc.h>

#include <atomic>

#include "api/api_test_util.h"
#include "api/test_allocator.h"
#include "property/memory_meter.h"

namespace {

std::atomic<int> trims{0};

}  // namespace

// Takes the place of the C library's, for all of the program.
extern "C" int malloc_trim(size_t /*pad*/) noexcept {
  trims.fetch_add(1);
  return 0;
}

namespace logpress::api {
namespace {

// More than 4 MiB that mix is done with soon: few rows, with little in them that changes.
std::string LargeLog() {
  const std::string text(16'000, 'x');
  std::string log;
  for (int i = 0; i < 300; ++i) log += "line " + std::to_string(i) + " " + text + "\n";
  return log;
}

TEST_CASE("A large block takes no memory past the allocator, and gives back none that is not its") {
  const std::string raw = LargeLog();
  std::string packed(raw.size(), '\0');
  for (const int level : {1, 9}) {
    INFO("level " << level);
    TestAllocator allocator;
    const logpress_options options = With(allocator, level);
    logpress_context* made = nullptr;
    REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
    const Context context(made);
    const auto pack = [&] {
      size_t size = 0;
      return logpress_context_compress(made, raw.data(), raw.size(), packed.data(), packed.size(),
                                       &size);
    };
    // What is made once is made by now.
    REQUIRE(pack() == LOGPRESS_OK);
    const uint64_t before = allocator.requests();
    const testing::MemoryMeter meter;
    REQUIRE(pack() == LOGPRESS_OK);
    const size_t requests = meter.Requests();
    if (testing::MemoryMeter::Measures()) CHECK(requests == allocator.requests() - before);
    CHECK(trims == 0);
  }
  malloc_trim(0);
  CHECK(trims == 1);
}

}  // namespace
}  // namespace logpress::api
