// Whether counts of the same thing in two logs differ more than chance explains.
//
// If it comes at the same rate in both, then of its n lines in all a binomial share is in the first
// log, with the share that this has of the time: the conditional test of two Poisson rates
// (Przyborowski and Wilenski, 1940). The same holds for a value among the lines of a statement,
// with the share that the first log has of these. What comes too rarely to be told at all does not
// count as a test (Tarone, 1990), so that many rare statements do not hide what is plain.
#ifndef LOGPRESS_CLI_RATE_TEST_H_
#define LOGPRESS_CLI_RATE_TEST_H_

#include <cstdint>
#include <span>

namespace logpress::cli {

struct Counts {
  uint64_t before = 0;
  uint64_t after = 0;
  // Of the first log in the time of both, or in the lines of both: more than 0 and less than 1.
  double share = 0.5;
};

// How likely counts so uneven, or more, are by chance: two-sided.
double ChanceOf(const Counts& counts);

// The probability below which a count differs, such that all of them together give a false alarm
// in one of a hundred runs at most.
double LevelOf(std::span<const Counts> all);

}  // namespace logpress::cli

#endif  // LOGPRESS_CLI_RATE_TEST_H_
