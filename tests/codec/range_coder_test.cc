#include "codec/range_coder.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "codec/bit_model.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

// One step of a coder: a bit with its probability, or raw bits (count != 0).
struct Step {
  uint64_t value;
  uint32_t one;
  int count;
};

ByteBuffer Encoded(const std::vector<Step>& steps) {
  ByteBuffer bytes;
  RangeEncoder encoder(&bytes);
  for (const Step& step : steps) {
    if (step.count != 0) {
      encoder.CodeRaw(step.value, step.count);
    } else {
      encoder.Code(static_cast<uint32_t>(step.value), step.one);
    }
  }
  encoder.Finish();
  return bytes;
}

void RequireRoundTrip(const std::vector<Step>& steps) {
  const ByteBuffer bytes = Encoded(steps);
  RangeDecoder decoder(bytes);
  for (size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const uint64_t got =
        step.count != 0 ? decoder.CodeRaw(0, step.count) : decoder.Code(0, step.one);
    INFO("step " << i << " of " << steps.size());
    REQUIRE(got == step.value);
  }
}

TEST_CASE("bits of any probability come back") {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    INFO("seed " << seed);
    testing::Random random(seed);
    std::vector<Step> steps;
    // Whether the bits are what the probabilities say, or their contrary, or neither.
    const uint64_t truth = random.Below(3);
    for (uint64_t n = random.Skewed(13); n > 0; --n) {
      if (random.OneIn(8)) {
        const int count = static_cast<int>(random.Between(1, 64));
        steps.push_back({random.Next() >> (64 - count), 0, count});
        continue;
      }
      const auto one = static_cast<uint32_t>(
          random.OneIn(2) ? random.Between(1, 65535)
                          : random.Pick(std::array<int64_t, 4>{1, 2, 65534, 65535}));
      const bool likely = random.Below(65536) < one;
      steps.push_back({truth == 0 ? likely : truth == 1 ? !likely : random.Below(2), one, 0});
    }
    RequireRoundTrip(steps);
  }
}

TEST_CASE("long runs of bits against all odds come back") {
  // These drive the low end of the range up to its carries.
  const uint32_t one = GENERATE(1u, 65535u);
  const uint64_t bit = GENERATE(as<uint64_t>(), 0, 1);
  RequireRoundTrip(std::vector<Step>(20'000, Step{bit, one, 0}));
}

TEST_CASE("a carry runs through any number of bytes 0xff") {
  for (size_t ones = 0; ones < 40; ++ones) {
    std::vector<Step> steps(8 * ones + 7, Step{1, 0, 1});
    steps.push_back({0, 1, 0});
    steps.insert(steps.end(), 40, Step{0, 65535, 0});
    RequireRoundTrip(steps);
  }
}

TEST_CASE("a bit that is nearly certain costs nearly nothing") {
  CHECK(Encoded(std::vector<Step>(100'000, Step{1, 65535, 0})).size() < 10);
  CHECK(Encoded(std::vector<Step>(100'000, Step{0, 1, 0})).size() < 10);
  CHECK(Encoded({}).empty());
}

TEST_CASE("a bit of even chance costs a bit") {
  testing::Random random(5);
  std::vector<Step> steps(80'000, Step{0, 32768, 0});
  for (Step& step : steps) step.value = random.Below(2);
  CHECK(Encoded(steps).size() < 10'010);
}

TEST_CASE("what stands in the buffer already is left alone") {
  ByteBuffer bytes = ByteBuffer("abc\0\0", 5);
  RangeEncoder encoder(&bytes);
  encoder.Finish();
  CHECK(bytes == ByteBuffer("abc\0\0", 5));
}

TEST_CASE("any bytes decode to values in range, also past their end") {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (uint64_t n = random.Below(20); n > 0; --n)
      bytes.push_back(random.OneIn(2) ? '\xff' : random.Byte());
    RangeDecoder decoder(bytes);
    for (int i = 0; i < 3000; ++i) {
      INFO("seed " << seed << ", step " << i);
      if (random.OneIn(2)) {
        REQUIRE(decoder.Code(0, static_cast<uint32_t>(random.Between(1, 65535))) <= 1);
      } else {
        const int count = static_cast<int>(random.Between(1, 63));
        REQUIRE(decoder.CodeRaw(0, count) >> count == 0);
      }
    }
  }
}

TEST_CASE("a probability is never zero and never one") {
  BitModel zeros;
  BitModel ones;
  BitModel any;
  testing::Random random(1);
  for (uint64_t i = 0; i < 100'000; ++i) {
    zeros.Update(0);
    ones.Update(1);
    any.Update(static_cast<uint32_t>(random.Below(1 + i % 7)) != 0);
    if (zeros.One() == 0 || ones.One() >= 65536 || any.One() == 0 || any.One() >= 65536)
      FAIL("after " << i << " bits");
  }
  CHECK(zeros.One() < 2000);
  CHECK(ones.One() > 65536 - 2000);
}

TEST_CASE("a model moves towards the bits that it sees, and first bits move it most") {
  BitModel model;
  const uint32_t start = model.One();
  model.Update(1);
  const uint32_t after_one = model.One();
  CHECK(after_one > start);
  model.Update(0);
  CHECK(model.One() < after_one);
  BitModel old;
  for (int i = 0; i < 1000; ++i) old.Update(static_cast<uint32_t>(i) % 2);
  const uint32_t before = old.One();
  old.Update(1);
  CHECK(old.One() - before < after_one - start);
}

TEST_CASE("a tree codes any number of its bits") {
  ByteBuffer bytes;
  std::vector<std::pair<uint32_t, int>> values;
  testing::Random random(9);
  for (int i = 0; i < 5000; ++i) {
    const int count = static_cast<int>(random.Between(0, 12));
    values.emplace_back(static_cast<uint32_t>(random.Below(1u << count)), count);
  }
  ModelTable models;
  const auto reset = [&models] {
    models.Reset(ModelTable::kMinBits);
    return models.NewWindow(1u << 12);
  };
  uint32_t place = reset();
  RangeEncoder encoder(&bytes);
  for (const auto& [value, count] : values)
    CHECK(models.CodeTree(encoder, place, value, count) == value);
  encoder.Finish();
  place = reset();
  RangeDecoder decoder(bytes);
  for (const auto& [value, count] : values)
    REQUIRE(models.CodeTree(decoder, place, 0, count) == value);
}

TEST_CASE("a full table of models lays new windows over old ones") {
  ModelTable models;
  models.Reset(ModelTable::kMinBits);
  constexpr uint32_t kSize = 5000;
  const uint32_t in_all = (1u << ModelTable::kMinBits) / kSize;
  for (uint32_t i = 0; i < in_all; ++i) CHECK(models.NewWindow(kSize) == i * kSize);
  models.At(17).Update(1);
  const uint32_t one = models.At(17).One();
  CHECK(models.NewWindow(kSize) == 0);
  CHECK(models.At(17).One() == one);
  models.Reset(ModelTable::kMinBits);
  CHECK(models.NewWindow(kSize) == 0);
  CHECK(models.At(17).One() != one);
}

TEST_CASE("bits that are all equally likely come back in any number") {
  ByteBuffer bytes;
  std::vector<std::pair<uint64_t, int>> values;
  testing::Random random(11);
  for (int i = 0; i < 5000; ++i) {
    const int count = static_cast<int>(random.Between(0, 64));
    values.emplace_back(count == 0 ? 0 : random.Next() >> (64 - count), count);
  }
  RangeEncoder encoder(&bytes);
  for (const auto& [value, count] : values) encoder.CodeRaw(value, count);
  encoder.Finish();
  RangeDecoder decoder(bytes);
  for (const auto& [value, count] : values) REQUIRE(decoder.CodeRaw(0, count) == value);
}

}  // namespace
}  // namespace logpress::codec
