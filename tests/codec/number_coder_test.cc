#include "codec/number_coder.h"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "support/random.h"

namespace logpress::codec {
namespace {

constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

ByteBuffer Encoded(const std::vector<int64_t>& values, Transform transform) {
  ByteBuffer bytes;
  ModelTable models;
  models.Reset(16);
  RangeEncoder encoder(&bytes);
  NumberCoder numbers(transform);
  for (const int64_t value : values) REQUIRE(numbers.Code(encoder, models, value) == value);
  encoder.Finish();
  return bytes;
}

std::vector<int64_t> Decoded(ByteView bytes, size_t count, Transform transform) {
  ModelTable models;
  models.Reset(16);
  RangeDecoder decoder(bytes);
  NumberCoder numbers(transform);
  std::vector<int64_t> values;
  for (size_t i = 0; i < count; ++i) values.push_back(numbers.Code(decoder, models, 0));
  return values;
}

Transform AnyTransform() { return static_cast<Transform>(GENERATE(range(0, int{kTransforms}))); }

TEST_CASE("numbers come back under every transform, the largest and smallest too") {
  const Transform transform = AnyTransform();
  const std::vector<int64_t> values =
      GENERATE(std::vector<int64_t>{}, std::vector<int64_t>{0}, std::vector<int64_t>{kMin},
               std::vector<int64_t>{kMin, kMax, kMin, kMax, 0, kMin, kMin, kMax, kMax, -1, 1},
               std::vector<int64_t>{kMax, kMax - 1, kMin, kMin + 1, kMax, 0, kMax});
  CHECK(Decoded(Encoded(values, transform), values.size(), transform) == values);
}

TEST_CASE("numbers of every magnitude come back") {
  const Transform transform = AnyTransform();
  testing::Random random(3);
  std::vector<int64_t> values;
  for (int bits = 0; bits < 64; ++bits) {
    for (const int64_t near : {-1, 0, 1}) {
      const auto value = static_cast<int64_t>((uint64_t{1} << bits) + static_cast<uint64_t>(near));
      values.push_back(value);
      values.push_back(static_cast<int64_t>(-static_cast<uint64_t>(value)));
    }
  }
  for (int i = 0; i < 5000; ++i)
    values.push_back(static_cast<int64_t>(random.Next() >> random.Below(64)));
  random.Shuffle(&values);
  CHECK(Decoded(Encoded(values, transform), values.size(), transform) == values);
}

TEST_CASE("any bytes decode to numbers") {
  const Transform transform = AnyTransform();
  testing::Random random(4);
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes.push_back(random.Byte());
  CHECK(Decoded(bytes, 10'000, transform).size() == 10'000);
  CHECK(Decoded(std::string(300, '\xff'), 10'000, transform).size() == 10'000);
}

// A counter that rises now and then, like the time in seconds of a busy log.
std::vector<int64_t> Counter() {
  testing::Random random(6);
  std::vector<int64_t> values = {1'000'000};
  while (values.size() < 3000)
    values.push_back(values.back() + (random.OneIn(4) ? random.Between(1, 1000) : 0));
  return values;
}

TEST_CASE("a counter is coded as differences, noise as it is, a parabola as differences of them") {
  testing::Random random(7);
  std::vector<int64_t> noise;
  std::vector<int64_t> ports;
  std::vector<int64_t> parabola;
  for (int64_t i = 0; i < 3000; ++i) {
    noise.push_back(random.Between(-5000, 5000));
    ports.push_back(random.Between(32'768, 60'999));
    parabola.push_back(1'000'000 + 50 * i * i + random.Between(0, 3));
  }
  CHECK(ChooseTransform(Counter()) == Transform::kDelta);
  CHECK(ChooseTransform(noise) == Transform::kPlain);
  CHECK(ChooseTransform(ports) == Transform::kUnsigned);
  CHECK(Encoded(ports, Transform::kUnsigned).size() * 100 <
        Encoded(ports, Transform::kPlain).size() * 95);
  CHECK(ChooseTransform(parabola) == Transform::kDeltaOfDelta);
}

TEST_CASE("a context that tells whether a number repeats saves most of what it costs to say so") {
  testing::Random random(8);
  std::vector<int64_t> values;
  std::vector<uint32_t> contexts;
  for (int64_t time = 0; values.size() < 3000;) {
    contexts.push_back(static_cast<uint32_t>(random.Below(NumberCoder::kContexts)));
    time += contexts.back() % 2;
    values.push_back(time);
  }
  const auto encoded = [&](bool with_contexts) {
    ByteBuffer bytes;
    RangeEncoder coder(&bytes);
    ModelTable models;
    models.Reset(ModelTable::kMinBits);
    NumberCoder numbers(Transform::kDelta);
    if (with_contexts) numbers.UseContexts();
    for (size_t i = 0; i < values.size(); ++i) numbers.Code(coder, models, values[i], contexts[i]);
    coder.Finish();
    RangeDecoder decoder(bytes);
    models.Reset(ModelTable::kMinBits);
    numbers = NumberCoder(Transform::kDelta);
    if (with_contexts) numbers.UseContexts();
    for (size_t i = 0; i < values.size(); ++i)
      REQUIRE(numbers.Code(decoder, models, 0, contexts[i]) == values[i]);
    return bytes.size();
  };
  CHECK(encoded(true) * 2 < encoded(false));
}

TEST_CASE("the transform that is chosen gives the smallest stream of all") {
  const std::vector<int64_t> counter = Counter();
  const size_t chosen = Encoded(counter, ChooseTransform(counter)).size();
  for (uint8_t t = 0; t < kTransforms; ++t)
    CHECK(chosen <= Encoded(counter, static_cast<Transform>(t)).size());
  // Each value has twenty bits; every fourth brings ten new ones.
  CHECK(chosen < 3000 * 5 / 8);
}

TEST_CASE("a transform is chosen for nothing, for one number and for extremes") {
  CHECK(static_cast<uint8_t>(ChooseTransform({})) < kTransforms);
  CHECK(static_cast<uint8_t>(ChooseTransform(std::vector<int64_t>{5})) < kTransforms);
  CHECK(static_cast<uint8_t>(ChooseTransform(std::vector<int64_t>{kMin, kMax, kMin})) <
        kTransforms);
}

}  // namespace
}  // namespace logpress::codec
