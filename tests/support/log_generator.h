// Logs made up from a seed. What they have in common is that the archive must give them back byte
// for byte.
#ifndef LOGPRESS_TESTS_SUPPORT_LOG_GENERATOR_H_
#define LOGPRESS_TESTS_SUPPORT_LOG_GENERATOR_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "support/random.h"

namespace logpress::testing {

// What happens to logs: lines out of order, formats that change half way, two logs in one file,
// CRLF, blank lines, trailing spaces, a missing final newline, bytes changed, lost, doubled and
// injected. Each happens to few of the logs, most to none.
std::string Weather(Random* random, std::string log);

// The log of a seed: up to `max_size` bytes (mostly far fewer) of a random shape, weathered.
std::string GenerateLog(uint64_t seed, size_t max_size);

}  // namespace logpress::testing

#endif  // LOGPRESS_TESTS_SUPPORT_LOG_GENERATOR_H_
