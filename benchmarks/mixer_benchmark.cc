// The two loops in which the mix backend spends its time, with every kernel that this processor
// runs. Bytes are those of the inputs.
#include <array>
#include <string>

#include "codec/mix/mixer_kernels.h"
#include "sample_logs.h"

namespace logpress::mix {
namespace {

constexpr size_t kInputs = 64;

struct Vectors {
  alignas(32) std::array<float, kInputs> inputs;
  alignas(32) std::array<float, kInputs> weights;
  Vectors() {
    for (size_t i = 0; i < kInputs; ++i) {
      inputs[i] = static_cast<float>(i % 7) - 3.0F;
      weights[i] = 1.0F / static_cast<float>(i + 1);
    }
  }
};

void SetInputBytes(benchmark::State& state) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(kInputs * sizeof(float)));
}

void MixerDot(benchmark::State& state, const MixerKernels& kernels) {
  Vectors vectors;
  for (auto _ : state) {
    benchmark::ClobberMemory();
    float sum = 0;
    float* const weights = vectors.weights.data();
    kernels.dot(vectors.inputs.data(), &weights, 1, kInputs, &sum);
    benchmark::DoNotOptimize(sum);
  }
  SetInputBytes(state);
}

void MixerTrain(benchmark::State& state, const MixerKernels& kernels) {
  Vectors vectors;
  float step = 0.001F;
  for (auto _ : state) {
    float* const weights = vectors.weights.data();
    kernels.train(vectors.inputs.data(), &weights, 1, kInputs, &step);
    step = -step;  // the weights stay where they are
    benchmark::ClobberMemory();
  }
  SetInputBytes(state);
}

[[maybe_unused]] const bool registered = [] {
  for (const MixerKernels* kernels : AvailableMixerKernels()) {
    const std::string name = kernels->name;
    benchmark::RegisterBenchmark(("MixerDot/" + name).c_str(), MixerDot, *kernels);
    benchmark::RegisterBenchmark(("MixerTrain/" + name).c_str(), MixerTrain, *kernels);
  }
  return true;
}();

}  // namespace
}  // namespace logpress::mix
