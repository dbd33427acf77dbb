// The inputs that log compressors have lost bytes on, by name.
#ifndef LOGPRESS_TESTS_SUPPORT_UGLY_INPUTS_H_
#define LOGPRESS_TESTS_SUPPORT_UGLY_INPUTS_H_

#include <string>
#include <vector>

namespace logpress::testing {

struct UglyInput {
  std::string name;
  std::string bytes;
};

// Small ones, at most some 100 KB each.
std::vector<UglyInput> UglyInputs();

// Those that are ugly by their size, some megabytes each. What a million slots or lines do to
// memory and time shows here.
std::vector<UglyInput> LargeUglyInputs();

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_UGLY_INPUTS_H_
