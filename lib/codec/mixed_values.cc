#include "codec/mixed_values.h"

namespace logpress::codec {
namespace {

// How large the tables are, as logarithms of numbers of entries. They grow with the block as those
// of ModelSizes, and are small enough for the second cache or third of a processor.
struct TableBits {
  explicit TableBits(int size_bits)
      : expected(std::min(size_bits - 1, 19)),
        lines(std::min(size_bits - 3, 17)),
        places(std::clamp(size_bits - 10, 6, 10)),
        corrections(std::clamp(size_bits - 8, 8, 12)) {}

  int expected;
  int lines;
  int places;
  int corrections;
};

// Tables have few templates of their own.
constexpr int kTemplatePlaces = 6;

}  // namespace

void MixedValues::Reset(int size_bits) {
  const TableBits bits(size_bits);
  expected_.Reset(bits.expected);
  ids_.Reset(nullptr, kSources, 0, bits.places);
  templates_.Reset(nullptr, kSources, 0, kTemplatePlaces);
  lines_.Reset(bits.lines);
  const mix::NibbleSelectors selectors = {kClasses, kClasses * 4, kWeights, 0};
  coded_.Reset(&lines_, {kCodedContexts, 0, selectors, bits.corrections});
  numbers_.Reset(&lines_, {kNumberContexts, 0, selectors, bits.corrections});
  streams_.assign(kStreams, Stream());
  next_stream_ = 0;
}

uint64_t MixedValues::Memory(int size_bits) {
  const TableBits bits(size_bits);
  constexpr uint64_t kPlace = 11 << 10;           // counters and weights of a stream's candidates
  constexpr uint64_t kMapContext = 66;            // of an adaptive probability map
  constexpr uint64_t kFixed = uint64_t{3} << 19;  // weights, and maps of few contexts
  return (uint64_t{sizeof(mix::Expected)} << bits.expected) +
         (uint64_t{sizeof(mix::ContextLine)} << bits.lines) + (kPlace << bits.places) +
         (kPlace << kTemplatePlaces) + 2 * (kMapContext << bits.corrections) +
         kStreams * sizeof(Stream) + kFixed;
}

}  // namespace logpress::codec
