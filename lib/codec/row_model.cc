#include "codec/row_model.h"

#include "codec/mixed_values.h"

namespace logpress::codec {

Models::Models() = default;
Models::~Models() = default;

void Models::Start(const ModelSizes& sizes, uint32_t context_count) {
  contexts = context_count;
  next_key = 1;
  StartGroup(sizes);
}

void Models::StartMixed(const ModelSizes& sizes) {
  if (mixed == nullptr) mixed = std::make_unique<MixedValues>();
  mixed->Reset(sizes.model_bits);
}

}  // namespace logpress::codec
