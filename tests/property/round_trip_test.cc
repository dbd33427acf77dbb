#include <catch2/catch.hpp>
#include <memory>
#include <vector>

#include "block/block_coder.h"
#include "property/coder.h"
#include "property/property.h"
#include "support/log_generator.h"

namespace logpress::testing {
namespace {

using block::BackendId;
using block::BlockOptions;

std::vector<BlockOptions> AllOptions() {
  std::vector<BlockOptions> all;
  for (int level = 1; level <= 9; ++level) {
    for (const BackendId backend : {BackendId::kAuto, BackendId::kStore, BackendId::kZstd,
                                    BackendId::kXz, BackendId::kBlend, BackendId::kMix}) {
      // Mix makes the same effort at every level, and takes its time; so does blend.
      if (backend == BackendId::kMix && level != 1) continue;
      if (backend == BackendId::kBlend && level != 1) continue;
      all.push_back({level, backend});
    }
  }
  return all;
}

void RequireNoFailure(const Seeds& seeds, size_t max_size, const Check& check) {
  const std::optional<Failure> failure = FindFailure(seeds, max_size, check);
  INFO((failure ? failure->message : ""));
  REQUIRE_FALSE(failure.has_value());
}

TEST_CASE("every generated log comes back at every level and from every backend") {
  const int level = GENERATE(range(1, 10));
  for (const BlockOptions& options : AllOptions()) {
    if (options.level != level) continue;
    const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
    RequireNoFailure(SeedsFromEnvironment(120), 16 << 10, [&](ByteView raw) {
      const std::string wrong = CheckRoundTrip(coder.get(), raw);
      return wrong.empty() ? wrong : Describe(options) + ": " + wrong;
    });
  }
}

TEST_CASE("larger logs come back, each at another level") {
  const std::vector<BlockOptions> all = AllOptions();
  Seeds seeds = SeedsFromEnvironment(100);
  for (uint64_t end = seeds.first + seeds.rounds; seeds.first < end; ++seeds.first) {
    seeds.rounds = 1;
    const BlockOptions& options = all[seeds.first % all.size()];
    const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
    RequireNoFailure(seeds, 1 << 20, [&](ByteView raw) {
      const std::string wrong = CheckRoundTrip(coder.get(), raw);
      return wrong.empty() ? wrong : Describe(options) + ": " + wrong;
    });
  }
}

TEST_CASE("an encoder that has packed other blocks before writes what a new one writes") {
  const int level = GENERATE(1, 3, 5, 7, 9);
  const BlockOptions options{level, BackendId::kAuto};
  const std::unique_ptr<Coder> reused = MakeBlockCoder(options);
  RequireNoFailure(SeedsFromEnvironment(100), 64 << 10, [&](ByteView raw) -> std::string {
    const std::unique_ptr<Coder> fresh = MakeBlockCoder(options);
    Packed first;
    Packed second;
    if (!fresh->Encode(raw, &first).ok() || !reused->Encode(raw, &second).ok()) return "packing";
    if (first.payload != second.payload) return Describe(options) + ": payloads differ";
    if (first.summary.backend != second.summary.backend ||
        first.summary.raw != second.summary.raw ||
        first.summary.templates != second.summary.templates ||
        first.summary.decode_memory != second.summary.decode_memory)
      return Describe(options) + ": summaries differ";
    return "";
  });
}

}  // namespace
}  // namespace logpress::testing
