#include "codec/mix/mixer_kernels.h"

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace logpress::mix {
namespace {

void DotScalar(const float* inputs, float* const* weights, size_t sets, size_t size, float* sums) {
  for (size_t k = 0; k < sets; ++k) {
    std::array<float, kMixerLanes> lane{};
    for (size_t i = 0; i < size; i += kMixerLanes) {
      for (size_t j = 0; j < kMixerLanes; ++j) {
        const float product = inputs[i + j] * weights[k][i + j];
        lane[j] += product;
      }
    }
    sums[k] =
        ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
  }
}

void TrainScalar(const float* inputs, float* const* weights, size_t sets, size_t size,
                 const float* steps) {
  for (size_t k = 0; k < sets; ++k) {
    for (size_t i = 0; i < size; ++i) {
      const float product = steps[k] * inputs[i];
      weights[k][i] += product;
    }
  }
}

constexpr MixerKernels kScalar = {"scalar", DotScalar, TrainScalar};

#if defined(__x86_64__)

// The pairwise sum of four lanes: (0 + 2) + (1 + 3).
inline float SumLanes(__m128 lanes) {
  const __m128 pairs = _mm_add_ps(lanes, _mm_movehl_ps(lanes, lanes));
  return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}

void DotSse2(const float* inputs, float* const* weights, size_t sets, size_t size, float* sums) {
  for (size_t k = 0; k < sets; ++k) {
    const float* const set = weights[k];
    __m128 low = _mm_setzero_ps();
    __m128 high = _mm_setzero_ps();
    for (size_t i = 0; i < size; i += kMixerLanes) {
      low = _mm_add_ps(low, _mm_mul_ps(_mm_load_ps(inputs + i), _mm_load_ps(set + i)));
      high = _mm_add_ps(high, _mm_mul_ps(_mm_load_ps(inputs + i + 4), _mm_load_ps(set + i + 4)));
    }
    sums[k] = SumLanes(_mm_add_ps(low, high));
  }
}

void TrainSse2(const float* inputs, float* const* weights, size_t sets, size_t size,
               const float* steps) {
  for (size_t k = 0; k < sets; ++k) {
    float* const set = weights[k];
    const __m128 step = _mm_set1_ps(steps[k]);
    for (size_t i = 0; i < size; i += 4) {
      const __m128 product = _mm_mul_ps(step, _mm_load_ps(inputs + i));
      _mm_store_ps(set + i, _mm_add_ps(_mm_load_ps(set + i), product));
    }
  }
}

constexpr MixerKernels kSse2 = {"sse2", DotSse2, TrainSse2};

// AVX2 and not FMA: a fused product would round differently.
__attribute__((target("avx2"))) void DotAvx2(const float* inputs, float* const* weights,
                                             size_t sets, size_t size, float* sums) {
  for (size_t k = 0; k < sets; ++k) {
    const float* const set = weights[k];
    __m256 lanes = _mm256_setzero_ps();
    for (size_t i = 0; i < size; i += kMixerLanes) {
      lanes =
          _mm256_add_ps(lanes, _mm256_mul_ps(_mm256_load_ps(inputs + i), _mm256_load_ps(set + i)));
    }
    const __m128 half = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
    const __m128 pairs = _mm_add_ps(half, _mm_movehl_ps(half, half));
    sums[k] = _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
  }
}

__attribute__((target("avx2"))) void TrainAvx2(const float* inputs, float* const* weights,
                                               size_t sets, size_t size, const float* steps) {
  for (size_t k = 0; k < sets; ++k) {
    float* const set = weights[k];
    const __m256 step = _mm256_set1_ps(steps[k]);
    for (size_t i = 0; i < size; i += kMixerLanes) {
      const __m256 product = _mm256_mul_ps(step, _mm256_load_ps(inputs + i));
      _mm256_store_ps(set + i, _mm256_add_ps(_mm256_load_ps(set + i), product));
    }
  }
}

constexpr MixerKernels kAvx2 = {"avx2", DotAvx2, TrainAvx2};

constexpr std::array<const MixerKernels*, 3> kAll = {&kScalar, &kSse2, &kAvx2};
#else
constexpr std::array<const MixerKernels*, 1> kAll = {&kScalar};
#endif

size_t CountAvailable() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") ? 3 : 2;
#else
  return 1;
#endif
}

}  // namespace

const MixerKernels& ScalarMixerKernels() { return kScalar; }

std::span<const MixerKernels* const> AvailableMixerKernels() {
  static const size_t count = CountAvailable();
  return std::span(kAll).first(count);
}

const MixerKernels& BestMixerKernels() {
  static const MixerKernels& best = *AvailableMixerKernels().back();
  return best;
}

}  // namespace logpress::mix
