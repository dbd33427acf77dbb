#include "codec/ranked_symbols.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "codec/bit_model.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

// Two streams of ids that share all tables, each id coded in contexts of those before it. An id
// that did not occur before in its stream is the number of those that did.
class Pair {
 public:
  explicit Pair(size_t contexts) : contexts_(contexts) {
    models_.Reset(ModelTable::kMinBits);
    symbols_.Reset(10, 12);
  }

  template <typename Coder>
  uint32_t Code(Coder& coder, size_t which, uint32_t id) {
    std::vector<uint64_t> contexts;
    for (size_t k = 0; k < kMaxContexts; ++k)
      contexts.push_back(HashMix(k, k % 2 == 0 ? last_[which] : last_[1 - which]));
    const uint32_t plain = known_[which] == 0 ? RankedSymbols::kNoId : last_[which];
    const auto code = [&]<size_t kCount>() {
      return symbols_.Code<kCount>(
          coder, models_, streams_[which], known_[which], kDistinct,
          [&contexts](size_t k) { return contexts[k]; }, plain, id);
    };
    switch (contexts_) {
      case 1:
        id = code.template operator()<1>();
        break;
      case 2:
        id = code.template operator()<2>();
        break;
      case 3:
        id = code.template operator()<3>();
        break;
      default:
        id = code.template operator()<6>();
        break;
    }
    known_[which] += id == known_[which];
    last_[which] = id;
    return id;
  }
  uint32_t known(size_t which) const { return known_[which]; }

 private:
  static constexpr uint32_t kDistinct = 100'000;

  size_t contexts_;
  ModelTable models_;
  RankedSymbols symbols_;
  RankedStream streams_[2];
  uint32_t known_[2] = {};
  uint32_t last_[2] = {};
};

// Ids in order of first occurrence; of `per_mille` in a thousand the next is the one before, plus
// one.
std::vector<uint32_t> Ids(uint64_t seed, size_t count, int bits, uint64_t per_mille) {
  testing::Random random(seed);
  std::vector<uint32_t> ids;
  uint32_t known = 0;
  for (size_t i = 0; i < count; ++i) {
    auto id = static_cast<uint32_t>(random.Skewed(bits));
    if (!ids.empty() && random.Below(1000) < per_mille) id = ids.back() + 1;
    ids.push_back(std::min(id, known));
    known = std::max(known, ids.back() + 1);
  }
  return ids;
}

ByteBuffer Encoded(size_t contexts, const std::vector<uint32_t>& first,
                   const std::vector<uint32_t>& second) {
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  Pair pair(contexts);
  for (size_t i = 0; i < first.size(); ++i) {
    REQUIRE(pair.Code(encoder, 0, first[i]) == first[i]);
    REQUIRE(pair.Code(encoder, 1, second[i]) == second[i]);
  }
  encoder.Finish();
  return bytes;
}

TEST_CASE("ids come back whatever the contexts guess") {
  const size_t contexts = GENERATE(values<size_t>({1, 2, 3, 6}));
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    testing::Random random(seed);
    const size_t count = random.Skewed(12);
    const auto bits = static_cast<int>(random.Below(18));
    const std::vector<uint32_t> first = Ids(seed, count, bits, random.Below(1001));
    const std::vector<uint32_t> second = Ids(seed + 100, count, 4, random.Below(1001));
    const ByteBuffer bytes = Encoded(contexts, first, second);
    RangeDecoder decoder(bytes);
    Pair pair(contexts);
    for (size_t i = 0; i < count; ++i) {
      INFO("seed " << seed << ", id " << i);
      REQUIRE(pair.Code(decoder, 0, 0) == first[i]);
      REQUIRE(pair.Code(decoder, 1, 0) == second[i]);
    }
  }
}

TEST_CASE("more ids than their tree is deep come back") {
  std::vector<uint32_t> ids(70'000);
  for (uint32_t i = 0; i < ids.size(); ++i) ids[i] = i;
  testing::Random random(1);
  for (int i = 0; i < 2000; ++i) ids.push_back(static_cast<uint32_t>(random.Below(70'000)));
  const ByteBuffer bytes = Encoded(2, ids, ids);
  RangeDecoder decoder(bytes);
  Pair pair(2);
  for (const uint32_t id : ids) {
    REQUIRE(pair.Code(decoder, 0, 0) == id);
    REQUIRE(pair.Code(decoder, 1, 0) == id);
  }
}

TEST_CASE("ids that a context foresees cost next to nothing") {
  std::vector<uint32_t> cycle;
  for (uint32_t i = 0; i < 20'000; ++i) cycle.push_back(i % 10);
  CHECK(Encoded(2, cycle, cycle).size() < 300);
}

TEST_CASE("any bytes decode to ids that occurred or to the next new one") {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (uint64_t n = random.Below(2000); n > 0; --n) bytes.push_back(random.Byte());
    RangeDecoder decoder(bytes);
    Pair pair(3);
    for (int i = 0; i < 3000; ++i) {
      const size_t which = random.Below(2);
      const uint32_t known = pair.known(which);
      INFO("seed " << seed << ", id " << i);
      REQUIRE(pair.Code(decoder, which, 0) <= known);
    }
  }
}

}  // namespace
}  // namespace logpress::codec
