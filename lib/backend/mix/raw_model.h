// Codes bytes of any kind, without structure: contexts of the one to six bytes before, words, and a
// match model. For raw blocks.
#ifndef LOGPRESS_BACKEND_MIX_RAW_MODEL_H_
#define LOGPRESS_BACKEND_MIX_RAW_MODEL_H_

#include <array>
#include <cstdint>

#include "backend/mix/match_finder.h"
#include "backend/mix/pattern.h"
#include "backend/mix/sizes.h"
#include "base/bytes.h"
#include "base/work_meter.h"
#include "codec/mix/context_hash.h"
#include "codec/mix/nibble_model.h"

namespace logpress::mix {

class RawModel {
 public:
  explicit RawModel(const Sizes& sizes) : sizes_(sizes) {}

  // Codes `size` bytes. An encoder codes those of `bytes` and leaves *out alone; a decoder ignores
  // `bytes` and appends to *out.
  template <typename Coder>
  void Code(Coder& coder, ByteView bytes, uint64_t size, ByteBuffer* out,
            WorkReport report = WorkReport(nullptr)) {
    table_.Reset(sizes_.line_bits);
    model_.Reset(&table_, {kContexts, 1, {64, 32, 256, 1}, sizes_.correction_bits});
    match_.Reset(sizes_.match_bits);
    const size_t start = Coder::kDecodes ? out->size() : 0;
    const auto at = [&](size_t i) {
      return static_cast<uint8_t>(Coder::kDecodes ? (*out)[start + i] : bytes[i]);
    };
    uint64_t last = 0;
    uint64_t word = 0;
    for (size_t i = 0; i < size; ++i) {
      report.At(i);
      match_.Look(i, last, kMaxLookedAt, at);
      std::array<Expectation, 1> expected;
      if (match_.length() != 0) expected[0] = {at(match_.place()), match_.counter()};
      std::array<uint64_t, kContexts> hashes = {
          ContextHash(1, 0),
          ContextHash(2, last & 0xff),
          ContextHash(3, last & 0xffff),
          ContextHash(4, last & 0xffffff),
          ContextHash(5, last & 0xffffffff),
          ContextHash(6, last & StreamMatches::kSixBytes),
          ContextHash(7, word, last & 0xff),
          ContextHash(8, last & 0xf0f0f0f0),
      };
      const NibbleSelectors select = {match_.Step() * 2,
                                      static_cast<uint32_t>(last >> 8 & 0xf8) >> 3,
                                      static_cast<uint32_t>(last & 0xff), 0};
      const auto byte = static_cast<uint8_t>(
          model_.CodeByte(coder, hashes, Coder::kDecodes ? 0 : at(i), expected, select));
      if (match_.length() != 0) match_.Advance(expected[0].byte == byte);
      if constexpr (Coder::kDecodes) out->push_back(static_cast<char>(byte));
      last = last << 8 | byte;
      const auto c = static_cast<char>(byte);
      word = IsLetter(c) || IsDigit(c) ? ContextHash(word, byte) : 0;
    }
    report.Done(size);
  }

 private:
  static constexpr size_t kContexts = 8;
  static constexpr uint32_t kMaxLookedAt = 32;

  Sizes sizes_;
  ContextTable table_;
  NibbleModel model_;
  StreamMatches match_;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_RAW_MODEL_H_
