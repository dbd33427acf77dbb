#include "codec/mixed_values.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/hash.h"
#include "codec/range_coder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

constexpr int kSizeBits = 16;

// A stream of ids, each in contexts of those before it.
class Ids {
 public:
  Ids(MixedValues* values, IdCoding coding, bool is_template)
      : values_(values), is_template_(is_template) {
    stream_.coding = coding;
  }

  template <typename Coder>
  uint32_t Code(Coder& coder, uint32_t id) {
    const auto context = [&](size_t k) { return HashMix(k, k % 2 == 0 ? last_ : before_); };
    const uint32_t plain = known_ == 0 ? RankedSymbols::kNoId : last_;
    id = values_->CodeId(coder, stream_, is_template_, known_, context, plain, id);
    known_ += id == known_;
    before_ = last_;
    last_ = id;
    return id;
  }
  uint32_t known() const { return known_; }

 private:
  MixedValues* values_;
  bool is_template_;
  RankedStream stream_;
  uint32_t known_ = 0;
  uint32_t last_ = 0;
  uint32_t before_ = 0;
};

// Ids in order of first occurrence that come in runs, cycles, and anyhow.
std::vector<uint32_t> SomeIds(uint64_t seed, size_t count) {
  testing::Random random(seed);
  std::vector<uint32_t> ids;
  uint32_t known = 0;
  while (ids.size() < count) {
    const auto id = static_cast<uint32_t>(random.Skewed(14));
    const auto times = random.Below(8) == 0 ? random.Below(100) : 1;
    for (uint64_t i = 0; i <= times; ++i) {
      ids.push_back(std::min(id + static_cast<uint32_t>(seed % 2 * i % 5), known));
      known = std::max(known, ids.back() + 1);
    }
  }
  return ids;
}

TEST_CASE("mixed ids come back, however they are told") {
  for (const IdCoding coding : {IdCoding::kPlace, IdCoding::kAge, IdCoding::kStep}) {
    for (const uint64_t seed : {1, 2, 3, 4}) {
      const std::vector<uint32_t> ids = SomeIds(seed, 20'000);
      MixedValues values;
      values.Reset(kSizeBits);
      ByteBuffer bytes;
      RangeEncoder encoder(&bytes);
      Ids written(&values, coding, seed == 1);
      for (const uint32_t id : ids) written.Code(encoder, id);
      encoder.Finish();
      values.Reset(kSizeBits);
      RangeDecoder decoder(bytes);
      Ids read(&values, coding, seed == 1);
      for (size_t i = 0; i < ids.size(); ++i) {
        INFO("id " << i);
        REQUIRE(read.Code(decoder, 0) == ids[i]);
      }
    }
  }
}

TEST_CASE("mixed numbers come back with every transform") {
  for (uint8_t transform = 0; transform < kTransforms; ++transform) {
    testing::Random random(transform);
    std::vector<int64_t> numbers;
    for (int i = 0; i < 20'000; ++i) {
      const auto bits = static_cast<int>(random.Below(65));
      const uint64_t number = bits == 0 ? 0 : random.Next() >> (64 - bits);
      numbers.push_back(static_cast<int64_t>(number));
    }
    MixedValues values;
    values.Reset(kSizeBits);
    ByteBuffer bytes;
    RangeEncoder encoder(&bytes);
    NumberCoder written(static_cast<Transform>(transform));
    const auto left = [](size_t i) { return HashMix(i % 7, 1); };
    const auto row = [](size_t i) { return static_cast<uint32_t>(i % 3); };
    for (size_t i = 0; i < numbers.size(); ++i) {
      written.Enter(left(i));
      values.CodeNumber(encoder, written, numbers[i], row(i), left(i));
    }
    encoder.Finish();
    values.Reset(kSizeBits);
    RangeDecoder decoder(bytes);
    NumberCoder read(static_cast<Transform>(transform));
    for (size_t i = 0; i < numbers.size(); ++i) {
      INFO("transform " << int{transform} << ", number " << i);
      read.Enter(left(i));
      REQUIRE(values.CodeNumber(decoder, read, 0, row(i), left(i)) == numbers[i]);
    }
  }
}

TEST_CASE("any bytes are mixed ids that have occurred or are the next") {
  for (const IdCoding coding : {IdCoding::kPlace, IdCoding::kAge, IdCoding::kStep}) {
    testing::Random random(static_cast<uint64_t>(coding) + 7);
    ByteBuffer bytes;
    for (int i = 0; i < 4000; ++i) bytes.push_back(static_cast<char>(random.Below(256)));
    MixedValues values;
    values.Reset(kSizeBits);
    RangeDecoder decoder(bytes);
    Ids ids(&values, coding, false);
    for (int i = 0; i < 20'000; ++i) {
      const uint32_t known = ids.known();
      REQUIRE(ids.Code(decoder, 0) <= known);
    }
  }
}

TEST_CASE("more streams than there is room for share their models and come back") {
  MixedValues values;
  ByteBuffer bytes;
  const auto code = [&](auto& coder) {
    values.Reset(kSizeBits);
    std::vector<NumberCoder> numbers(3000, NumberCoder(Transform::kDelta));
    for (int64_t round = 0; round < 3; ++round) {
      for (int64_t i = 0; i < 3000; ++i) {
        const int64_t number = round * 17 + i;
        REQUIRE(values.CodeNumber(coder, numbers[static_cast<size_t>(i)], number, 0, 0) == number);
      }
    }
  };
  RangeEncoder encoder(&bytes);
  code(encoder);
  encoder.Finish();
  RangeDecoder decoder(bytes);
  code(decoder);
}

TEST_CASE("a value that follows from another costs next to nothing when contexts are mixed") {
  MixedValues values;
  values.Reset(kSizeBits);
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  Ids ids(&values, IdCoding::kPlace, false);
  for (uint32_t i = 0; i < 30'000; ++i) ids.Code(encoder, i % 300);
  encoder.Finish();
  CHECK(bytes.size() < 1200);
}

}  // namespace
}  // namespace logpress::codec
