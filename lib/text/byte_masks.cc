#include "text/byte_masks.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace logpress::text {
namespace {

constexpr size_t kBlock = 64;

constexpr std::array<uint8_t, 256> MakeClasses() {
  std::array<uint8_t, 256> classes{};
  const auto add = [&classes](size_t byte, ByteClass c) {
    classes[byte] = static_cast<uint8_t>(classes[byte] | 1u << static_cast<unsigned>(c));
  };
  for (const char c : {' ', '\t', '\r', '\n', '"', '\'', '(', ')', '[', ']', '{', '}', '<', '>',
                       ',', ';', '=', '|'}) {
    add(static_cast<uint8_t>(c), ByteClass::kDelimiter);
  }
  add('"', ByteClass::kQuote);
  for (size_t c = '0'; c <= '9'; ++c) add(c, ByteClass::kDigit);
  for (size_t c = '0'; c <= '9'; ++c) add(c, ByteClass::kWord);
  for (size_t c = 'a'; c <= 'z'; ++c) add(c, ByteClass::kWord);
  for (size_t c = 'A'; c <= 'Z'; ++c) add(c, ByteClass::kWord);
  for (size_t c = 128; c < 256; ++c) add(c, ByteClass::kWord);
  return classes;
}
constexpr std::array<uint8_t, 256> kClasses = MakeClasses();

void ClassifyScalar(const char* bytes, size_t count, MaskBlock* blocks) {
  for (size_t b = 0; b < count; ++b, bytes += kBlock) {
    MaskBlock block{};
    for (size_t i = 0; i < kBlock; ++i) {
      const uint64_t classes = kClasses[static_cast<uint8_t>(bytes[i])];
      for (size_t c = 0; c < kByteClasses; ++c) block.mask[c] |= (classes >> c & 1) << i;
    }
    blocks[b] = block;
  }
}

constexpr ClassifyKernel kScalar = {"scalar", ClassifyScalar};

#if defined(__x86_64__)

// Bytes first <= byte <= last become 0xff.
inline __m128i InRange(__m128i bytes, char first, char last) {
  const __m128i offset = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  const __m128i limit = _mm_set1_epi8(static_cast<char>(last - first));
  return _mm_cmpeq_epi8(_mm_min_epu8(offset, limit), offset);
}

inline __m128i Equal(__m128i bytes, char byte) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}

inline uint64_t Bits(__m128i bytes) { return static_cast<uint32_t>(_mm_movemask_epi8(bytes)); }

void ClassifySse2(const char* bytes, size_t count, MaskBlock* blocks) {
  for (size_t b = 0; b < count; ++b, bytes += kBlock) {
    MaskBlock block{};
    for (size_t part = 0; part < kBlock; part += 16) {
      const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part));
      const __m128i quote = Equal(v, '"');
      const __m128i digit = InRange(v, '0', '9');
      const __m128i letter =
          _mm_or_si128(InRange(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 'z'), v);
      __m128i delimiter = _mm_or_si128(quote, Equal(v, ' '));
      delimiter = _mm_or_si128(delimiter, Equal(v, '\''));
      delimiter = _mm_or_si128(delimiter, Equal(v, ','));
      delimiter = _mm_or_si128(delimiter, Equal(v, '\r'));
      delimiter = _mm_or_si128(delimiter, Equal(v, '['));
      delimiter = _mm_or_si128(delimiter, Equal(v, ']'));
      delimiter = _mm_or_si128(delimiter, InRange(v, '\t', '\n'));
      delimiter = _mm_or_si128(delimiter, InRange(v, '(', ')'));
      delimiter = _mm_or_si128(delimiter, InRange(v, ';', '>'));
      delimiter = _mm_or_si128(delimiter, InRange(v, '{', '}'));
      block.mask[static_cast<size_t>(ByteClass::kDelimiter)] |= Bits(delimiter) << part;
      block.mask[static_cast<size_t>(ByteClass::kDigit)] |= Bits(digit) << part;
      // Of `letter` only the highest bit of a byte counts, which bytes above ASCII have anyway.
      block.mask[static_cast<size_t>(ByteClass::kWord)] |= Bits(_mm_or_si128(letter, digit))
                                                           << part;
      block.mask[static_cast<size_t>(ByteClass::kQuote)] |= Bits(quote) << part;
    }
    blocks[b] = block;
  }
}

constexpr ClassifyKernel kSse2 = {"sse2", ClassifySse2};

// Groups of bytes that share their class: every group is all combinations of some low halves and
// some high halves, so that it is the bit that the entries of both halves have in common.
constexpr uint8_t kDelimiterGroups = 0x1f;  // rows 0; 2; 3; 5 and 7 ("[]{}"); 7 ("|")
constexpr uint8_t kDigitGroup = 0x20;
constexpr uint8_t kLetterGroups = 0xc0;  // rows 4 and 6; 5 and 7

struct HalfTables {
  alignas(16) std::array<uint8_t, 16> low{};
  alignas(16) std::array<uint8_t, 16> high{};
};

constexpr HalfTables MakeHalfTables() {
  HalfTables tables;
  const auto group = [&tables](uint8_t bit, std::initializer_list<int> low,
                               std::initializer_list<int> high) {
    for (const int half : low) tables.low[static_cast<size_t>(half)] |= bit;
    for (const int half : high) tables.high[static_cast<size_t>(half)] |= bit;
  };
  group(0x01, {0x9, 0xa, 0xd}, {0x0});
  group(0x02, {0x0, 0x2, 0x7, 0x8, 0x9, 0xc}, {0x2});
  group(0x04, {0xb, 0xc, 0xd, 0xe}, {0x3});
  group(0x08, {0xb, 0xd}, {0x5, 0x7});
  group(0x10, {0xc}, {0x7});
  group(kDigitGroup, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {0x3});
  group(0x40, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {0x4, 0x6});
  group(0x80, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {0x5, 0x7});
  return tables;
}
constexpr HalfTables kHalves = MakeHalfTables();
static_assert([] {
  for (size_t c = 0; c < 128; ++c) {
    const uint8_t groups = kHalves.low[c & 15] & kHalves.high[c >> 4];
    const bool delimiter = (kClasses[c] >> static_cast<unsigned>(ByteClass::kDelimiter) & 1) != 0;
    const bool digit = (kClasses[c] >> static_cast<unsigned>(ByteClass::kDigit) & 1) != 0;
    const bool word = (kClasses[c] >> static_cast<unsigned>(ByteClass::kWord) & 1) != 0;
    if (delimiter != ((groups & kDelimiterGroups) != 0)) return false;
    if (digit != ((groups & kDigitGroup) != 0)) return false;
    if (word != ((groups & (kDigitGroup | kLetterGroups)) != 0)) return false;
  }
  return true;
}());

__attribute__((target("avx2"))) inline uint64_t Bits256(__m256i bytes) {
  return static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
}

__attribute__((target("avx2"))) void ClassifyAvx2(const char* bytes, size_t count,
                                                  MaskBlock* blocks) {
  const __m256i low = _mm256_broadcastsi128_si256(
      _mm_load_si128(reinterpret_cast<const __m128i*>(kHalves.low.data())));
  const __m256i high = _mm256_broadcastsi128_si256(
      _mm_load_si128(reinterpret_cast<const __m128i*>(kHalves.high.data())));
  const __m256i half = _mm256_set1_epi8(0x0f);
  const __m256i delimiter_groups = _mm256_set1_epi8(static_cast<char>(kDelimiterGroups));
  const __m256i digit_group = _mm256_set1_epi8(static_cast<char>(kDigitGroup));
  const __m256i quotes = _mm256_set1_epi8('"');
  for (size_t b = 0; b < count; ++b, bytes += kBlock) {
    uint64_t delimiter[2];
    uint64_t digit[2];
    uint64_t word[2];
    uint64_t quote[2];
    for (size_t part = 0; part < 2; ++part) {
      const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32 * part));
      const __m256i groups = _mm256_and_si256(
          _mm256_shuffle_epi8(low, _mm256_and_si256(v, half)),
          _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
      const __m256i no_delimiter =
          _mm256_cmpeq_epi8(_mm256_and_si256(groups, delimiter_groups), _mm256_setzero_si256());
      const __m256i digits = _mm256_cmpeq_epi8(_mm256_and_si256(groups, digit_group), digit_group);
      // Only the highest bit of a byte counts: of a letter one of its two groups' bits.
      const __m256i letters =
          _mm256_or_si256(_mm256_or_si256(groups, _mm256_add_epi8(groups, groups)), v);
      delimiter[part] = ~Bits256(no_delimiter) & 0xffffffff;
      digit[part] = Bits256(digits);
      word[part] = Bits256(_mm256_or_si256(letters, digits));
      quote[part] = Bits256(_mm256_cmpeq_epi8(v, quotes));
    }
    blocks[b] = {{delimiter[0] | delimiter[1] << 32, digit[0] | digit[1] << 32,
                  word[0] | word[1] << 32, quote[0] | quote[1] << 32}};
  }
}

constexpr ClassifyKernel kAvx2 = {"avx2", ClassifyAvx2};

constexpr std::array<const ClassifyKernel*, 3> kAll = {&kScalar, &kSse2, &kAvx2};
#else
constexpr std::array<const ClassifyKernel*, 1> kAll = {&kScalar};
#endif

}  // namespace

const ClassifyKernel& ScalarClassifyKernel() { return kScalar; }

std::span<const ClassifyKernel* const> AvailableClassifyKernels() {
#if defined(__x86_64__)
  static const bool avx2 = __builtin_cpu_supports("avx2") != 0;
  return std::span(kAll).first(avx2 ? 3 : 2);
#else
  return kAll;
#endif
}

const ClassifyKernel& BestClassifyKernel() { return *AvailableClassifyKernels().back(); }

void RowMasks::Set(const char* bytes, size_t size, const char* readable_end) {
  size_ = size;
  const size_t whole = size / kBlock;
  const size_t rest = size % kBlock;
  // One block behind the last, so that a window may begin at the end.
  if (blocks_.size() < whole + 2) blocks_.resize(2 * (whole + 2));
  kernel_.classify(bytes, whole, blocks_.data());
  MaskBlock& last = blocks_[whole];
  blocks_[whole + 1] = MaskBlock{};
  if (rest == 0) {
    last = MaskBlock{};
    return;
  }
  const char* const tail = bytes + whole * kBlock;
  if (readable_end - tail >= static_cast<ptrdiff_t>(kBlock)) {
    kernel_.classify(tail, 1, &last);
  } else {
    std::array<char, kBlock> padded{};
    std::memcpy(padded.data(), tail, rest);
    kernel_.classify(padded.data(), 1, &last);
  }
  for (uint64_t& mask : last.mask) mask &= (uint64_t{1} << rest) - 1;
}

}  // namespace logpress::text
