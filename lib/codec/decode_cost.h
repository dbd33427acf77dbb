// The memory that a block asks of its decoder.
//
// A payload of some hundred bytes can describe millions of columns. So the decoder charges every
// part of a block against a budget that follows from the block's size, before it takes memory for
// it; and the encoder adds up the same charges, so that no block is written that the decoder
// refuses. A charge is what the part takes in the decoder, in lists that grow by doubling, and no
// less than its bytes in the streams.
#ifndef LOGPRESS_CODEC_DECODE_COST_H_
#define LOGPRESS_CODEC_DECODE_COST_H_

#include <cstdint>

#include "ir/ir.h"

namespace logpress::codec {

inline constexpr uint64_t kListCharge = 280;        // a list of strings
inline constexpr uint64_t kStringCharge = 4;        // a string of a list, and two for each byte
inline constexpr uint64_t kTemplateCharge = 32;     // a template without literals and slots
inline constexpr uint64_t kLiteralCharge = 8;       // a literal, and two for each byte
inline constexpr uint64_t kSlotCharge = 8;          // a slot of a template
inline constexpr uint64_t kColumnCharge = 240;      // a column
inline constexpr uint64_t kNumbersCharge = 64;      // a list or column of numbers
inline constexpr uint64_t kTimestampsCharge = 960;  // a list or column of timestamps, on top
inline constexpr uint64_t kExtraRunCharge = 32;     // a change of zone
inline constexpr uint64_t kSeriesCharge = 3200;     // a column of series of numbers, on top

// What the charges of a block of `raw_size` bytes may add up to. Real logs ask for a third of their
// size and small odd ones, of wide rows that occur twice, for up to five times theirs.
constexpr uint64_t DecodeBudget(uint64_t raw_size) { return 6 * raw_size + (uint64_t{128} << 10); }

// The charges of a block with structure. Its own rows are free: they go to the output.
uint64_t DecodeCost(const ir::BlockView& block);

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_DECODE_COST_H_
