// How the numbers of a table's columns are told.
#ifndef LOGPRESS_CODEC_COLUMN_TRANSFORMS_H_
#define LOGPRESS_CODEC_COLUMN_TRANSFORMS_H_

#include <functional>

#include "base/memory.h"
#include "codec/number_coder.h"
#include "ir/ir.h"

namespace logpress::codec {

// One a column, of which only those of numbers mean anything; estimated on a sample. So many as
// `may_have_series` says yes have series: it is asked before one more does.
Vector<Transform> ChooseColumnTransforms(const ir::Table& table,
                                         const std::function<bool()>& may_have_series);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_COLUMN_TRANSFORMS_H_
