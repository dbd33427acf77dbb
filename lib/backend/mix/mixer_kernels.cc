#include "backend/mix/mixer_kernels.h"

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace logpress::backend::mix {
namespace {

float DotScalar(const float* inputs, const float* weights, size_t size) {
  std::array<float, kMixerLanes> lane{};
  for (size_t i = 0; i < size; i += kMixerLanes) {
    for (size_t j = 0; j < kMixerLanes; ++j) {
      const float product = inputs[i + j] * weights[i + j];
      lane[j] += product;
    }
  }
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

void TrainScalar(const float* inputs, float* weights, size_t size, float step) {
  for (size_t i = 0; i < size; ++i) {
    const float product = step * inputs[i];
    weights[i] += product;
  }
}

constexpr MixerKernels kScalar = {"scalar", DotScalar, TrainScalar};

#if defined(__x86_64__)

// The pairwise sum of four lanes: (0 + 2) + (1 + 3).
inline float SumLanes(__m128 lanes) {
  const __m128 pairs = _mm_add_ps(lanes, _mm_movehl_ps(lanes, lanes));
  return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}

float DotSse2(const float* inputs, const float* weights, size_t size) {
  __m128 low = _mm_setzero_ps();
  __m128 high = _mm_setzero_ps();
  for (size_t i = 0; i < size; i += kMixerLanes) {
    low = _mm_add_ps(low, _mm_mul_ps(_mm_load_ps(inputs + i), _mm_load_ps(weights + i)));
    high = _mm_add_ps(high, _mm_mul_ps(_mm_load_ps(inputs + i + 4), _mm_load_ps(weights + i + 4)));
  }
  return SumLanes(_mm_add_ps(low, high));
}

void TrainSse2(const float* inputs, float* weights, size_t size, float step) {
  const __m128 steps = _mm_set1_ps(step);
  for (size_t i = 0; i < size; i += 4) {
    const __m128 product = _mm_mul_ps(steps, _mm_load_ps(inputs + i));
    _mm_store_ps(weights + i, _mm_add_ps(_mm_load_ps(weights + i), product));
  }
}

constexpr MixerKernels kSse2 = {"sse2", DotSse2, TrainSse2};

// AVX2 and not FMA: a fused product would round differently.
__attribute__((target("avx2"))) float DotAvx2(const float* inputs, const float* weights,
                                              size_t size) {
  __m256 lanes = _mm256_setzero_ps();
  for (size_t i = 0; i < size; i += kMixerLanes) {
    lanes = _mm256_add_ps(lanes,
                          _mm256_mul_ps(_mm256_load_ps(inputs + i), _mm256_load_ps(weights + i)));
  }
  const __m128 half = _mm_add_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1));
  const __m128 pairs = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(pairs, _mm_shuffle_ps(pairs, pairs, 1)));
}

__attribute__((target("avx2"))) void TrainAvx2(const float* inputs, float* weights, size_t size,
                                               float step) {
  const __m256 steps = _mm256_set1_ps(step);
  for (size_t i = 0; i < size; i += kMixerLanes) {
    const __m256 product = _mm256_mul_ps(steps, _mm256_load_ps(inputs + i));
    _mm256_store_ps(weights + i, _mm256_add_ps(_mm256_load_ps(weights + i), product));
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

}  // namespace logpress::backend::mix
