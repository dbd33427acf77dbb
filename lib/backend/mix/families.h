// Families of contexts, which a benchmark leaves out one by one to see what each is worth.
#ifndef LOGPRESS_BACKEND_MIX_FAMILIES_H_
#define LOGPRESS_BACKEND_MIX_FAMILIES_H_

#include <cstdint>

namespace logpress::mix {

enum class Family : uint8_t {
  // Who expects a value in a slot:
  kLeft,    // contexts of the values to the left
  kAbove,   // contexts of the values in the rows above
  kShared,  // contexts that columns of different templates share
  kRows,    // places in other rows: above, two above, linked by a rare value, with a like past
  // How likely a candidate is:
  kDecisions,  // hashed contexts of the decision, beside how often its sources were right
  // Which template is next:
  kTemplates,  // more than the last two templates
  // How an unexpected value is coded:
  kNested,       // templates inside values: not asked for in the contexts of the column
  kDifferences,  // numbers as differences
  kTimes,        // timestamps in the contexts of their column and of earlier differences
  kOrders,       // bytes in the contexts of the last two to six bytes
  kWords,        // bytes in the contexts of words
  kColumns,      // bytes in the contexts of their column
  kExpected,     // bytes in the contexts of the value above and of expected ones
  kMatches,      // match models
};

// A set of families; empty in all that is not a benchmark.
class LeftOut {
 public:
  constexpr LeftOut() = default;
  constexpr explicit LeftOut(Family family) : bits_(1u << static_cast<uint8_t>(family)) {}
  constexpr bool Any() const { return bits_ != 0; }
  constexpr bool Has(Family family) const {
    return (bits_ >> static_cast<uint8_t>(family) & 1) != 0;
  }

 private:
  uint32_t bits_ = 0;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_FAMILIES_H_
