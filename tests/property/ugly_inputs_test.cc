#include "support/ugly_inputs.h"

#include <catch2/catch.hpp>

#include "property/coder.h"
#include "property/property.h"

namespace logpress::testing {
namespace {

using archive::BackendChoice;

TEST_CASE("an ugly input comes back at every level and from every backend") {
  for (const BackendChoice backend :
       {BackendChoice::kAuto, BackendChoice::kStore, BackendChoice::kZstd, BackendChoice::kXz}) {
    for (int level = 1; level <= 9; ++level) {
      // A backend named explicitly differs between levels by its effort only.
      if (backend != BackendChoice::kAuto && level % 4 != 1) continue;
      const archive::BlockOptions options{level, backend};
      const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
      for (const UglyInput& input : UglyInputs()) {
        INFO(input.name << ", " << Describe(options));
        CHECK(CheckRoundTrip(coder.get(), input.bytes) == "");
      }
    }
  }
}

TEST_CASE("an input that is ugly by its size comes back") {
  const std::vector<UglyInput> inputs = LargeUglyInputs();
  for (const int level : {1, 5, 9}) {
    const archive::BlockOptions options{level, BackendChoice::kAuto};
    const std::unique_ptr<Coder> coder = MakeBlockCoder(options);
    for (const UglyInput& input : inputs) {
      INFO(input.name << ", " << Describe(options));
      CHECK(CheckRoundTrip(coder.get(), input.bytes) == "");
    }
  }
}

}  // namespace
}  // namespace logpress::testing
