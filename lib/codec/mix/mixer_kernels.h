// The two loops of the mixer: weighted sums of the inputs, and the step along the gradient.
//
// Every implementation adds in the same order, eight lanes and then the lanes pairwise, and none
// fuses a product with a sum: the results are equal bit for bit on every machine, vector width and
// compiler flag, as the decoder needs.
#ifndef LOGPRESS_CODEC_MIX_MIXER_KERNELS_H_
#define LOGPRESS_CODEC_MIX_MIXER_KERNELS_H_

#include <cstddef>
#include <span>

namespace logpress::mix {

inline constexpr size_t kMixerLanes = 8;

// `size` is a multiple of kMixerLanes; inputs and each vector of weights are aligned to 32 bytes. A
// call works on `sets` vectors of weights, no two of which overlap.
struct MixerKernels {
  const char* name;
  // sums[k] becomes the sum of inputs[i] * weights[k][i].
  void (*dot)(const float* inputs, float* const* weights, size_t sets, size_t size, float* sums);
  // weights[k][i] += steps[k] * inputs[i].
  void (*train)(const float* inputs, float* const* weights, size_t sets, size_t size,
                const float* steps);
};

// The implementation in plain C++, the reference.
const MixerKernels& ScalarMixerKernels();
// The fastest that this processor runs, found at the first call. Thread-safe.
const MixerKernels& BestMixerKernels();
// All that this processor runs, the scalar one first.
std::span<const MixerKernels* const> AvailableMixerKernels();

}  // namespace logpress::mix

#endif  // LOGPRESS_CODEC_MIX_MIXER_KERNELS_H_
