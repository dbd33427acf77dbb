#include "codec/mix/nibble_kernels.h"

#include <algorithm>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "codec/mix/bit_history.h"
#include "codec/mix/logistic.h"

namespace logpress::mix {
namespace {

// Slots and counters are kept as numbers while a bit is coded.
static_assert(sizeof(ContextSlot) == sizeof(uint32_t) && sizeof(Counter) == sizeof(uint32_t));
static_assert(BitHistory::kStates == 256);

void PredictScalar(NibbleLanes* lanes, uint32_t node, float* inputs) {
  const Logistic& logistic = LogisticTables();
  std::fill_n(inputs, 2 * NibbleLanes::kLanes, 0.0f);
  for (size_t i = 0; i < lanes->count; ++i) {
    const ContextSlot slot = lanes->slots[lanes->lines[i] + node];
    const auto place = static_cast<uint32_t>(i * BitHistory::kStates + slot.history);
    const Counter counter = lanes->histories[place];
    lanes->read_slots[i] = std::bit_cast<uint32_t>(slot);
    lanes->read_counters[i] = std::bit_cast<uint32_t>(counter);
    lanes->history_places[i] = place;
    inputs[i] = logistic.Stretch(slot.one);
    inputs[lanes->count + i] = logistic.Stretch(counter.one);
  }
}

void LearnScalar(NibbleLanes* lanes, uint32_t node, uint32_t bit) {
  const BitHistory& histories = BitHistoryTable();
  for (size_t i = 0; i < lanes->count; ++i) {
    auto counter = std::bit_cast<Counter>(lanes->read_counters[i]);
    counter.Update(bit, kCounterLimit);
    lanes->histories[lanes->history_places[i]] = counter;
    auto slot = std::bit_cast<ContextSlot>(lanes->read_slots[i]);
    slot.Update(histories, bit, lanes->limits[i]);
    lanes->slots[lanes->lines[i] + node] = slot;
  }
}

constexpr NibbleKernels kScalar = {"scalar", PredictScalar, LearnScalar};

#if defined(__x86_64__)

#define LOGPRESS_AVX2 __attribute__((target("avx2")))

constexpr size_t kVector = 8;

LOGPRESS_AVX2 inline __m256i Load(const uint32_t* values) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(values));
}
LOGPRESS_AVX2 inline void Store(__m256i vector, uint32_t* values) {
  _mm256_store_si256(reinterpret_cast<__m256i*>(values), vector);
}

// `probabilities` moved towards the bit, all ones of 16 bits or 0, at the rates of these counts.
LOGPRESS_AVX2 inline __m256i Move(__m256i probabilities, __m256i counts, __m256i target) {
  const __m256i rates = _mm256_i32gather_epi32(kCounterRates.data(), counts, 4);
  const __m256i distance = _mm256_sub_epi32(target, probabilities);
  return _mm256_add_epi32(probabilities,
                          _mm256_srai_epi32(_mm256_mullo_epi32(distance, rates), 15));
}

// Counts below their limits, plus one.
LOGPRESS_AVX2 inline __m256i Count(__m256i counts, __m256i limits) {
  return _mm256_sub_epi32(counts, _mm256_cmpgt_epi32(limits, counts));
}

LOGPRESS_AVX2 void PredictAvx2(NibbleLanes* lanes, uint32_t node, float* inputs) {
  const float* const stretch = LogisticTables().stretches();
  const __m256i low = _mm256_set1_epi32(0xffff);
  const __m256i first_lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const auto count = static_cast<int>(lanes->count);
  const auto* const slots = reinterpret_cast<const int*>(lanes->slots);
  const auto* const histories = reinterpret_cast<const int*>(lanes->histories);
  for (int i = 0; i < count; i += static_cast<int>(kVector)) {
    const __m256i places = _mm256_add_epi32(Load(&lanes->lines[static_cast<size_t>(i)]),
                                            _mm256_set1_epi32(static_cast<int>(node)));
    const __m256i slot = _mm256_i32gather_epi32(slots, places, 4);
    const __m256i lane = _mm256_add_epi32(first_lane, _mm256_set1_epi32(i));
    const __m256i history =
        _mm256_add_epi32(_mm256_and_si256(_mm256_srli_epi32(slot, 16), _mm256_set1_epi32(0xff)),
                         _mm256_slli_epi32(lane, 8));
    const __m256i counter = _mm256_i32gather_epi32(histories, history, 4);
    Store(slot, &lanes->read_slots[static_cast<size_t>(i)]);
    Store(counter, &lanes->read_counters[static_cast<size_t>(i)]);
    Store(history, &lanes->history_places[static_cast<size_t>(i)]);
  }
  for (int i = 0; i < count; i += static_cast<int>(kVector)) {
    const __m256i slot = Load(&lanes->read_slots[static_cast<size_t>(i)]);
    _mm256_storeu_ps(
        inputs + i,
        _mm256_i32gather_ps(stretch, _mm256_srli_epi32(_mm256_and_si256(slot, low), 4), 4));
  }
  float* const second = inputs + count;
  for (int i = 0; i < count; i += static_cast<int>(kVector)) {
    const __m256i counter = Load(&lanes->read_counters[static_cast<size_t>(i)]);
    const __m256i lane = _mm256_add_epi32(first_lane, _mm256_set1_epi32(i));
    const __m256 used = _mm256_castsi256_ps(_mm256_cmpgt_epi32(_mm256_set1_epi32(count), lane));
    const __m256 input =
        _mm256_i32gather_ps(stretch, _mm256_srli_epi32(_mm256_and_si256(counter, low), 4), 4);
    _mm256_storeu_ps(second + i, _mm256_and_ps(input, used));
  }
}

LOGPRESS_AVX2 void LearnAvx2(NibbleLanes* lanes, uint32_t node, uint32_t bit) {
  const __m256i low = _mm256_set1_epi32(0xffff);
  const __m256i target = _mm256_set1_epi32(bit != 0 ? 0xffff : 0);
  const __m256i most = _mm256_set1_epi32(static_cast<int>(kCounterLimit));
  const auto* const next = reinterpret_cast<const int*>(BitHistoryTable().NextTable(bit));
  alignas(32) std::array<uint32_t, NibbleLanes::kLanes> new_slots;
  alignas(32) std::array<uint32_t, NibbleLanes::kLanes> new_counters;
  for (size_t i = 0; i < lanes->count; i += kVector) {
    const __m256i counter = Load(&lanes->read_counters[i]);
    const __m256i counter_count = _mm256_srli_epi32(counter, 16);
    const __m256i moved = Move(_mm256_and_si256(counter, low), counter_count, target);
    Store(_mm256_or_si256(moved, _mm256_slli_epi32(Count(counter_count, most), 16)),
          &new_counters[i]);
    const __m256i slot = Load(&lanes->read_slots[i]);
    const __m256i slot_count = _mm256_srli_epi32(slot, 24);
    const __m256i one = Move(_mm256_and_si256(slot, low), slot_count, target);
    const __m256i state = _mm256_and_si256(_mm256_srli_epi32(slot, 16), _mm256_set1_epi32(0xff));
    const __m256i history = _mm256_i32gather_epi32(next, state, 4);
    const __m256i seen = Count(slot_count, Load(&lanes->limits[i]));
    Store(_mm256_or_si256(_mm256_or_si256(one, _mm256_slli_epi32(history, 16)),
                          _mm256_slli_epi32(seen, 24)),
          &new_slots[i]);
  }
  for (size_t i = 0; i < lanes->count; ++i) {
    lanes->histories[lanes->history_places[i]] = std::bit_cast<Counter>(new_counters[i]);
    lanes->slots[lanes->lines[i] + node] = std::bit_cast<ContextSlot>(new_slots[i]);
  }
}

#undef LOGPRESS_AVX2

constexpr NibbleKernels kAvx2 = {"avx2", PredictAvx2, LearnAvx2};
constexpr std::array<const NibbleKernels*, 2> kAll = {&kScalar, &kAvx2};
#else
constexpr std::array<const NibbleKernels*, 1> kAll = {&kScalar};
#endif

size_t CountAvailable() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") ? 2 : 1;
#else
  return 1;
#endif
}

}  // namespace

const NibbleKernels& ScalarNibbleKernels() { return kScalar; }

std::span<const NibbleKernels* const> AvailableNibbleKernels() {
  static const size_t count = CountAvailable();
  return std::span(kAll).first(count);
}

const NibbleKernels& BestNibbleKernels() {
  static const NibbleKernels& best = *AvailableNibbleKernels().back();
  return best;
}

}  // namespace logpress::mix
