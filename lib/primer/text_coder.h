// Strings byte by byte, each guessed from those before it: what ids are to rows, bytes are here.
#ifndef LOGPRESS_PRIMER_TEXT_CODER_H_
#define LOGPRESS_PRIMER_TEXT_CODER_H_

#include <cstdint>

#include "base/bytes.h"
#include "codec/row_hash.h"
#include "codec/row_model.h"

namespace logpress::primer {

class TextCoder {
 public:
  // The end of a string; bytes are symbols one higher.
  static constexpr uint32_t kEnd = 0;
  // A long string, which stands elsewhere; only the first symbol.
  static constexpr uint32_t kLong = 257;
  static constexpr uint32_t kSymbols = 258;

  // A string of a list with the key `key` begins.
  void Begin(uint64_t key) {
    key_ = key;
    last_ = 0;
  }

  // Codes a symbol and returns it; a decoder ignores `symbol` and returns anything up to kSymbols.
  template <typename Coder>
  uint32_t Code(Coder& coder, codec::Models& models, uint32_t symbol) {
    const auto context = [&](size_t k) {
      switch (k) {
        case 0:
          return codec::FinishContext((last_ & 0xffffffff) * codec::kFirst + 1);
        case 1:
          return codec::FinishContext((last_ & 0xffff) * codec::kSecond + key_ + 2);
        default:
          return codec::FinishContext((last_ & 0xff) * codec::kThird + key_ + 3);
      }
    };
    symbol = models.guesses.Code<3>(coder, models.bits, stream_, kSymbols, kSymbols, context,
                                    codec::RankedSymbols::kNoId, symbol);
    last_ = last_ << 8 | ((symbol - 1) & 0xff);
    return symbol;
  }

 private:
  codec::RankedStream stream_;
  uint64_t key_ = 0;
  uint64_t last_ = 0;  // bytes of this string
};

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_TEXT_CODER_H_
