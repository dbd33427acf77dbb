#include "codec/mix/logistic.h"

namespace logpress::mix {
namespace {

// e^x as (e^(x / 256))^256.
double Exp(double x) {
  const double small = x / 256;
  double term = 1;
  double result = 1;
  for (int k = 1; k < 20; ++k) {
    term *= small / k;
    result += term;
  }
  for (int i = 0; i < 8; ++i) result *= result;
  return result;
}

}  // namespace

// As 2 atanh((x - 1) / (x + 1)) after halving or doubling x into [0.7, 1.4].
double NaturalLogarithm(double x) {
  constexpr double kLn2 = 0.693147180559945309417;
  double result = 0;
  for (; x > 1.4; x /= 2) result += kLn2;
  for (; x < 0.7; x *= 2) result -= kLn2;
  const double t = (x - 1) / (x + 1);
  double power = t;
  for (int k = 1; k < 40; k += 2) {
    result += 2 * power / k;
    power *= t * t;
  }
  return result;
}

Logistic::Logistic() {
  for (size_t i = 0; i < stretch_.size(); ++i) {
    const double p = (static_cast<double>(i) + 0.5) / static_cast<double>(stretch_.size());
    stretch_[i] = static_cast<float>(NaturalLogarithm(p / (1 - p)));
  }
  for (size_t i = 0; i < squash_.size(); ++i) {
    const double x = static_cast<double>(i) / kStepsPerUnit - kRange;
    squash_[i] = static_cast<float>(std::clamp(65536 / (1 + Exp(-x)), 1.0, 65535.0));
  }
}

const Logistic& LogisticTables() {
  static const Logistic tables;
  return tables;
}

}  // namespace logpress::mix
