#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "codec/mix/apm.h"
#include "codec/mix/logistic.h"
#include "codec/mix/mixer.h"
#include "codec/mix/mixer_kernels.h"
#include "codec/mix/nibble_kernels.h"

namespace logpress::mix {
namespace {

struct alignas(32) Aligned {
  std::array<float, Mixer::kMaxInputs> value;
};

float RandomStretch(std::mt19937* random) {
  return static_cast<float>((*random)() % 24001) / 1000 - 12;
}

TEST_CASE("every implementation of the mixer's loops gives the same bits") {
  std::mt19937 random(1);
  const MixerKernels& reference = ScalarMixerKernels();
  for (const MixerKernels* kernels : AvailableMixerKernels()) {
    INFO(kernels->name);
    for (int round = 0; round < 2000; ++round) {
      const size_t size = kMixerLanes * (1 + random() % (Mixer::kMaxInputs / kMixerLanes));
      Aligned inputs;
      Aligned weights;
      Aligned others;
      for (size_t i = 0; i < size; ++i) {
        inputs.value[i] = RandomStretch(&random);
        // Magnitudes far apart: the order of the additions matters.
        weights.value[i] = RandomStretch(&random) * (random() % 3 == 0 ? 1e-6f : 1.0f);
        others.value[i] = RandomStretch(&random);
      }
      Aligned expected = weights;
      Aligned other_expected = others;
      const std::array<float, 2> steps = {RandomStretch(&random) * 1e-3f, 0.5f};
      const std::array<float*, 2> sets = {weights.value.data(), others.value.data()};
      const std::array<float*, 2> expected_sets = {expected.value.data(),
                                                   other_expected.value.data()};
      std::array<float, 2> sums{};
      std::array<float, 2> expected_sums{};
      kernels->dot(inputs.value.data(), sets.data(), 2, size, sums.data());
      reference.dot(inputs.value.data(), sets.data(), 2, size, expected_sums.data());
      kernels->train(inputs.value.data(), sets.data(), 2, size, steps.data());
      reference.train(inputs.value.data(), expected_sets.data(), 2, size, steps.data());
      for (size_t k = 0; k < 2; ++k) {
        REQUIRE(std::bit_cast<uint32_t>(sums[k]) == std::bit_cast<uint32_t>(expected_sums[k]));
        for (size_t i = 0; i < size; ++i) {
          REQUIRE(std::bit_cast<uint32_t>(sets[k][i]) ==
                  std::bit_cast<uint32_t>(expected_sets[k][i]));
        }
      }
    }
  }
}

TEST_CASE("every implementation of a nibble's loops reads and leaves the same") {
  std::mt19937 random(2);
  constexpr size_t kSlots = 64 * 16;
  for (const NibbleKernels* kernels : AvailableNibbleKernels()) {
    INFO(kernels->name);
    for (const size_t count : {size_t{1}, size_t{4}, size_t{8}, size_t{9}, size_t{16}}) {
      std::vector<ContextSlot> slots(kSlots);
      Vector<Counter> histories;
      for (size_t i = 0; i < NibbleLanes::kLanes; ++i) AppendHistoryMap(&histories);
      std::vector<ContextSlot> expected_slots = slots;
      Vector<Counter> expected_histories = histories;
      NibbleLanes lanes;
      lanes.count = count;
      lanes.limits.fill(60);
      lanes.limits[0] = 250;
      NibbleLanes expected = lanes;
      lanes.slots = slots.data();
      lanes.histories = histories.data();
      expected.slots = expected_slots.data();
      expected.histories = expected_histories.data();
      for (int round = 0; round < 5000; ++round) {
        // Few lines, so that contexts often share one.
        for (size_t i = 0; i < count; ++i)
          expected.lines[i] = lanes.lines[i] = static_cast<uint32_t>(random() % 20 * 16);
        const auto node = static_cast<uint32_t>(1 + random() % 15);
        const uint32_t bit = random() % 5 == 0;
        std::array<float, 64> inputs{};
        std::array<float, 64> expected_inputs{};
        kernels->predict(&lanes, node, inputs.data());
        ScalarNibbleKernels().predict(&expected, node, expected_inputs.data());
        for (size_t i = 0; i < 2 * count; ++i)
          REQUIRE(std::bit_cast<uint32_t>(inputs[i]) ==
                  std::bit_cast<uint32_t>(expected_inputs[i]));
        for (size_t i = 2 * count; i < inputs.size(); ++i) REQUIRE(inputs[i] == 0);
        kernels->learn(&lanes, node, bit);
        ScalarNibbleKernels().learn(&expected, node, bit);
      }
      for (size_t i = 0; i < kSlots; ++i)
        REQUIRE(std::bit_cast<uint32_t>(slots[i]) == std::bit_cast<uint32_t>(expected_slots[i]));
      for (size_t i = 0; i < histories.size(); ++i)
        REQUIRE(histories[i].one == expected_histories[i].one);
    }
  }
}

TEST_CASE("whole mixers agree to the last bit after many updates, whatever their loops") {
  constexpr std::array<size_t, 3> kContexts = {4, 16, 1};
  Mixer::Options options;
  options.inputs = 21;
  options.contexts = kContexts;
  options.final_contexts = 3;
  const auto run = [&](const MixerKernels* kernels) {
    std::mt19937 random(7);
    options.kernels = kernels;
    Mixer mixer;
    mixer.Reset(options);
    std::vector<uint32_t> predictions;
    for (int round = 0; round < 20000; ++round) {
      const uint32_t bit = random() % 4 == 0;
      for (size_t i = 0; i < options.inputs; ++i)
        mixer.SetInput(i, RandomStretch(&random) * 0.3f + (bit != 0 && i < 5 ? 1.0f : -0.2f));
      for (size_t set = 0; set < kContexts.size(); ++set)
        mixer.Select(set, random() % kContexts[set]);
      mixer.SelectFinal(random() % options.final_contexts);
      predictions.push_back(std::bit_cast<uint32_t>(mixer.Predict()));
      mixer.Update(bit);
    }
    return predictions;
  };
  const std::vector<uint32_t> expected = run(&ScalarMixerKernels());
  for (const MixerKernels* kernels : AvailableMixerKernels()) {
    INFO(kernels->name);
    CHECK(run(kernels) == expected);
  }
}

// Values that another machine must reproduce: an archive depends on them.
TEST_CASE("the tables of the logistic domain are the same on every machine") {
  const Logistic& logistic = LogisticTables();
  uint32_t hash = 2166136261u;
  const auto add = [&](uint32_t value) { hash = (hash ^ value) * 16777619u; };
  for (uint32_t p = 0; p < 65536; ++p) add(std::bit_cast<uint32_t>(logistic.Stretch(p)));
  for (float x = -12; x <= 12; x += 0.00390625f) add(logistic.Squash(x));
  CHECK(hash == 0x503626b2u);
}

TEST_CASE("squash is the inverse of stretch, rises, and stays off zero and one") {
  const Logistic& logistic = LogisticTables();
  uint32_t last = 0;
  for (uint32_t p = 0; p < 65536; p += 16) {
    const uint32_t back = logistic.Squash(logistic.Stretch(p));
    REQUIRE(back >= last);
    REQUIRE(back >= p);
    REQUIRE(back < p + 32);
    last = back;
  }
  CHECK(logistic.Squash(-1000) >= 1);
  CHECK(logistic.Squash(1000) <= 65535);
  CHECK(logistic.Squash(std::numeric_limits<float>::quiet_NaN()) >= 1);
  CHECK(logistic.Squash(-kMaxStretch) < 3);
  CHECK(logistic.Squash(kMaxStretch) > 65533);
}

TEST_CASE("a mixer learns which input to trust, each context for itself") {
  constexpr std::array<size_t, 1> kContexts = {2};
  Mixer::Options options;
  options.inputs = 2;
  options.contexts = kContexts;
  Mixer mixer;
  mixer.Reset(options);
  std::mt19937 random(3);
  uint32_t right = 0;
  constexpr uint32_t kRounds = 4000;
  for (uint32_t round = 0; round < kRounds; ++round) {
    const uint32_t bit = random() & 1;
    const size_t good = random() & 1;  // the context says which input tells the truth
    mixer.SetInput(good, bit != 0 ? 3.0f : -3.0f);
    mixer.SetInput(1 - good, (random() & 1) != 0 ? 3.0f : -3.0f);
    mixer.Select(0, good);
    const float prediction = mixer.Predict();
    if (round >= kRounds / 2) right += (prediction > 0) == (bit != 0) ? 1 : 0;
    mixer.Update(bit);
  }
  CHECK(right > kRounds / 2 - 20);
}

TEST_CASE("weights that are new learn in large steps, however long others have learned") {
  constexpr std::array<size_t, 1> kContexts = {2};
  Mixer::Options options;
  options.inputs = 1;
  options.contexts = kContexts;
  Mixer mixer;
  mixer.Reset(options);
  mixer.SetInput(0, 1.0f);
  // How far one bit moves what is predicted in `context`.
  const auto step = [&](size_t context) {
    mixer.Select(0, context);
    const float before = mixer.Predict();
    mixer.Update(1);
    return mixer.Predict() - before;
  };
  const float first = step(0);
  for (uint32_t round = 0; round < 2000; ++round) {
    mixer.Predict();
    mixer.Update(round & 1);
  }
  CHECK(step(1) > 0.8f * first);
  CHECK(step(0) < 0.5f * first);
}

TEST_CASE("an adaptive probability map begins as the identity and learns to correct") {
  const Logistic& logistic = LogisticTables();
  AdaptiveProbabilityMap map;
  map.Reset(3);
  for (float x = -kMaxStretch; x <= kMaxStretch; x += 0.1f) {
    const auto difference =
        static_cast<double>(map.Refine(x, 2)) - static_cast<double>(logistic.Squash(x));
    CHECK(std::abs(difference) < 1500);
  }
  for (int i = 0; i < 1000; ++i) {
    map.Refine(1.5f, 1);
    map.Update(0);
  }
  CHECK(map.Refine(1.5f, 1) < 1000);
  CHECK(map.Refine(1.5f, 0) > 50000);
  CHECK(map.Refine(kMaxStretch, 2) <= 65535);
  CHECK(map.Refine(-kMaxStretch, 2) <= 65535);
}

}  // namespace
}  // namespace logpress::mix
