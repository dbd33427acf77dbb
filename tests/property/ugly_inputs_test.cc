#include "support/ugly_inputs.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "property/coder.h"
#include "property/property.h"

namespace logpress::testing {
namespace {

using block::BackendId;

#if defined(__SANITIZE_ADDRESS__)
// Mix takes ten times as long there.
constexpr size_t kMostForMix = 3 << 10;
#else
constexpr size_t kMostForMix = 1 << 20;
#endif

TEST_CASE("an ugly input comes back at every level and from every backend") {
  for (const BackendId backend : {BackendId::kAuto, BackendId::kStore, BackendId::kZstd,
                                  BackendId::kXz, BackendId::kBlend, BackendId::kMix}) {
    for (int level = 1; level <= 9; ++level) {
      // A backend named explicitly differs between levels by its effort only.
      if (backend != BackendId::kAuto && level % 4 != 1) continue;
      // Mix makes the same effort at every level, and takes its time.
      if (backend == BackendId::kMix && level != 5) continue;
      if (backend == BackendId::kBlend && level != 1) continue;
      const block::BlockOptions options{level, backend};
      const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
      for (const UglyInput& input : UglyInputs()) {
        INFO(input.name << ", " << Describe(options));
        const bool by_mix = backend == BackendId::kMix || level == 9;
        const size_t size = by_mix ? std::min(input.bytes.size(), kMostForMix) : input.bytes.size();
        CHECK(CheckRoundTrip(coder.get(), ByteView(input.bytes).substr(0, size)) == "");
      }
    }
  }
}

TEST_CASE("an input that is ugly by its size comes back") {
  // What is large to mix follows from the size of the block, and it takes its time.
  constexpr size_t kLargeForMix = 192 << 10;
  std::vector<UglyInput> inputs = LargeUglyInputs();
  for (const int level : {1, 5, 9}) {
    if (level == 9) {
      for (UglyInput& input : inputs)
        input.bytes.resize(std::min(input.bytes.size(), kLargeForMix));
    }
    const block::BlockOptions options{level, BackendId::kAuto};
    const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
    for (const UglyInput& input : inputs) {
      INFO(input.name << ", " << Describe(options));
      CHECK(CheckRoundTrip(coder.get(), input.bytes) == "");
    }
  }
}

}  // namespace
}  // namespace logpress::testing
