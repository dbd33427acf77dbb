// Codes rows, and lists of numbers, by mixed values.
//
// What needs the models is in mixed_row_decoder.cc and encoder.cc alone: the decoders of other
// levels would be compiled otherwise, and slower, with it beside them.
#ifndef LOGPRESS_CODEC_MIXED_ROW_MODEL_H_
#define LOGPRESS_CODEC_MIXED_ROW_MODEL_H_

#include <cstdint>

#include "codec/mixed_values.h"
#include "codec/row_model.h"

namespace logpress::codec {

// Ids and numbers as a row model has them coded: by all contexts at once.
class MixedCoding {
 public:
  explicit MixedCoding(Models* models) : values_(models->mixed.get()) {}

  template <typename Coder, typename Context>
  uint32_t CodeId(Coder& coder, const ContextSet& /*contexts*/, RankedStream& stream,
                  bool is_template, uint32_t known, uint32_t /*distinct*/, const Context& context,
                  uint32_t plain, uint32_t id) {
    return values_->CodeId(coder, stream, is_template, known, context, plain, id);
  }

  template <typename Coder>
  int64_t CodeNumber(Coder& coder, NumberCoder& numbers, int64_t value, uint32_t context,
                     uint64_t left) {
    return values_->CodeNumber(coder, numbers, value, context, left);
  }

 private:
  MixedValues* values_;
};

using MixedRowModel = BasicRowModel<MixedCoding>;

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_MIXED_ROW_MODEL_H_
