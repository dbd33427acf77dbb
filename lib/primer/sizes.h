// What is the same for all trained dictionaries.
#ifndef LOGPRESS_PRIMER_SIZES_H_
#define LOGPRESS_PRIMER_SIZES_H_

#include <cstdint>

#include "codec/row_model.h"

namespace logpress::primer {

// Contexts that are asked for each id at most: which of six they are, the dictionary says.
inline constexpr uint32_t kContexts = 3;
// Every block starts from a copy of the models, so they are few.
inline constexpr codec::ModelSizes kModelSizes = {.model_bits = 18, .guess_bits = 17};
// Bytes of rows that a dictionary holds at most.
inline constexpr uint64_t kMaxSample = uint64_t{4} << 20;

}  // namespace logpress::primer

#endif  // LOGPRESS_PRIMER_SIZES_H_
