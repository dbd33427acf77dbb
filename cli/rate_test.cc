#include "cli/rate_test.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace logpress::cli {
namespace {

constexpr double kFalseAlarms = 0.01;
// Up to so many lines the probabilities are added up one by one; beyond, their logarithms are so
// close to those of a normal distribution that nobody can tell.
constexpr uint64_t kExact = 2000;

// The logarithm of n! without lgamma(), which writes to a global variable.
double LogFactorial(uint64_t n) {
  double sum = 0;
  for (uint64_t i = 2; i <= n; ++i) sum += std::log(static_cast<double>(i));
  return sum;
}

// P(X <= k) of n trials that succeed with `p`.
double LowerTail(uint64_t k, uint64_t n, double p) {
  // From the term of k down, each from the one above it.
  double term =
      std::exp(LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k) +
               static_cast<double>(k) * std::log(p) + static_cast<double>(n - k) * std::log1p(-p));
  double sum = 0;
  for (uint64_t i = k;; --i) {
    sum += term;
    if (i == 0) return sum;
    term *= static_cast<double>(i) / static_cast<double>(n - i + 1) * (1 - p) / p;
  }
}

// By the logarithm of the likelihood ratio, which has a chi-square distribution.
double ByLikelihood(double before, double after, double share) {
  const double n = before + after;
  const auto term = [](double count, double expected) {
    return count == 0 ? 0 : count * std::log(count / expected);
  };
  const double g = 2 * (term(before, n * share) + term(after, n * (1 - share)));
  return std::erfc(std::sqrt(std::max(g, 0.0) / 2));
}

}  // namespace

double ChanceOf(const Counts& counts) {
  const double share = counts.share;
  const uint64_t n = counts.before + counts.after;
  if (n == 0) return 1;
  if (n > kExact)
    return ByLikelihood(static_cast<double>(counts.before), static_cast<double>(counts.after),
                        share);
  const bool fewer = static_cast<double>(counts.before) < static_cast<double>(n) * share;
  const double tail =
      fewer ? LowerTail(counts.before, n, share) : LowerTail(counts.after, n, 1 - share);
  return std::min(1.0, 2 * tail);
}

double LevelOf(std::span<const Counts> all) {
  // The least probability that so many lines can have.
  std::vector<double> least;
  for (const Counts& each : all) {
    const double n = static_cast<double>(each.before + each.after);
    least.push_back(std::min(1.0, 2 * std::pow(std::min(each.share, 1 - each.share), n)));
  }
  std::sort(least.begin(), least.end());
  // The smallest number of tests such that no more than these can be told at the level.
  double tests = 1;
  for (size_t i = 0; i < least.size(); ++i) {
    if (least[i] > kFalseAlarms / tests) break;
    tests = static_cast<double>(i + 1);
  }
  return kFalseAlarms / tests;
}

}  // namespace logpress::cli
