// Properties that hold for every input, and the search for an input for which one does not.
//
//   LOGPRESS_PROPERTY_SEED=7 ctest ...      only the log of seed 7
//   LOGPRESS_PROPERTY_ROUNDS=100000 ...     as many seeds, from 1 or from LOGPRESS_PROPERTY_SEED on
#ifndef LOGPRESS_TESTS_PROPERTY_PROPERTY_H_
#define LOGPRESS_TESTS_PROPERTY_PROPERTY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "property/coder.h"

namespace logpress::testing {

// The seeds to try.
struct Seeds {
  uint64_t first = 1;
  uint64_t rounds = 1;
};

// `rounds` seeds from 1 on (a quarter of them under a sanitizer, which is that much slower), unless
// the environment says otherwise.
Seeds SeedsFromEnvironment(uint64_t rounds);

// What is wrong with an input; empty when nothing is.
using Check = std::function<std::string(ByteView)>;

struct Failure {
  uint64_t seed = 0;
  std::string what;
  std::string smallest;  // the smallest input found for which the check fails
  std::string message;   // all of this for a person
};

// Checks the generated log of each seed, of at most `max_size` bytes; stops at the first for which
// the check fails and shrinks it. Says the seed on standard error when a check crashes.
std::optional<Failure> FindFailure(const Seeds& seeds, size_t max_size, const Check& check);

// Packs `raw` and unpacks it: the bytes must be the same, the payload at most 64 bytes larger, and
// the summary must count the lines.
std::string CheckRoundTrip(Coder* coder, ByteView raw);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_PROPERTY_PROPERTY_H_
