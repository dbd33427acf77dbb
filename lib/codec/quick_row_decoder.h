// Reads what quick_row_encoder.h wrote.
#ifndef LOGPRESS_CODEC_QUICK_ROW_DECODER_H_
#define LOGPRESS_CODEC_QUICK_ROW_DECODER_H_

#include <cstdint>

#include "base/bytes.h"
#include "codec/byte_planes.h"
#include "codec/decoded_table.h"
#include "codec/plane_meter.h"

namespace logpress::codec {

// Appends `count` rows of *table to `output`, or until it is done. The planes, from the front of
// *meta and *coded, may be hostile. With `meter`, tells it what they are. Null, or what is wrong
// with them.
const char* DecodeQuickRows(uint64_t count, DecodedTable* table, Models* models, ByteReader* meta,
                            ByteReader* coded, const RowOutput& output, PlaneMeter* meter);

// The next value of a list or column of numbers, of which `residual` is told.
inline int64_t DecodeQuickNumber(uint64_t residual, NumberCoder* numbers) {
  const int64_t value = numbers->ValueOf(residual);
  numbers->Learn(value);
  return value;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_QUICK_ROW_DECODER_H_
