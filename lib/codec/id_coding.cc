#include "codec/id_coding.h"

#include <algorithm>
#include <bit>

#include "base/log2.h"
#include "base/memory.h"
#include "codec/width_cost.h"

namespace logpress::codec {
namespace {

constexpr size_t kSample = 8192;
// Fewer values are coded well enough by their places.
constexpr size_t kMinDistinct = 64;
constexpr size_t kMinCoded = 64;
// The upper bits of a place that are coded in contexts, see RankedSymbols.
constexpr int kPlaceBits = 12;
// What it takes to learn how common a value is, in bits.
constexpr uint64_t kLearning = 4;
// Steps are estimated with less certainty: they must be so many per cent of the others.
constexpr uint64_t kMaxSteps = 90;

}  // namespace

IdCoding ChooseIdCoding(std::span<const uint32_t> ids, size_t distinct, bool repeats) {
  if (distinct < kMinDistinct || ids.size() < kMinCoded) return IdCoding::kPlace;
  // The middle, behind which most ids are known.
  const size_t size = std::min(ids.size(), kSample);
  const size_t begin = (ids.size() - size) / 2;
  uint32_t known = 0;
  for (const uint32_t id : ids.first(begin)) known = std::max(known, id + 1);
  const int low_bits = std::max(0, static_cast<int>(std::bit_width(distinct - 1)) - kPlaceBits);
  Vector<uint32_t> places((distinct >> low_bits) + 1, 0);
  WidthCost ages;
  WidthCost steps;
  uint64_t coded = 0;
  uint64_t stepped = 0;  // coded, or met in another column before
  uint32_t last = begin == 0 ? 0 : ids[begin - 1] + 1;
  for (const uint32_t id : ids.subspan(begin, size)) {
    const bool fresh = id >= known;
    known = std::max(known, id + 1);
    if (id + 1 != last && (!fresh || repeats)) {  // another would have been guessed, or is new
      steps.Add(EncodeId(IdCoding::kStep, id, known, last));
      ++stepped;
    }
    if (id + 1 != last && !fresh) {
      ages.Add(EncodeId(IdCoding::kAge, id, known, last));
      ++places[id >> low_bits];
      ++coded;
    }
    last = id + 1;
  }
  if (stepped < kMinCoded) return IdCoding::kPlace;
  uint64_t place_bits = coded * static_cast<uint64_t>(low_bits) << kLog2FractionBits;
  for (const uint32_t count : places) {
    if (count != 0)
      place_bits +=
          count * (Log2Fixed(coded) - Log2Fixed(count)) + (kLearning << kLog2FractionBits);
  }
  // How old the others are that were met elsewhere is not known here: as much as those that are
  // coded, or anything.
  const uint64_t others = coded < kMinCoded ? stepped * Log2Fixed(distinct)
                                            : std::min(place_bits, ages.Bits()) / coded * stepped;
  if (steps.Bits() * 100 < others * kMaxSteps) return IdCoding::kStep;
  return coded >= kMinCoded && ages.Bits() < place_bits ? IdCoding::kAge : IdCoding::kPlace;
}

}  // namespace logpress::codec
