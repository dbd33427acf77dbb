// How large the model's tables are, which follows from the size of the block alone: a small block
// starts fast, and no block takes more than a fixed amount.
#ifndef LOGPRESS_BACKEND_MIX_SIZES_H_
#define LOGPRESS_BACKEND_MIX_SIZES_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace logpress::mix {

struct Sizes {
  explicit Sizes(uint64_t block_size) : raw_size(block_size) {
    // The power of two that holds the block, from 4 KiB to 16 MiB.
    const int block_bits =
        std::clamp(static_cast<int>(std::bit_width(raw_size)), kMinBlockBits, kMaxBlockBits);
    line_bits = std::min(block_bits - 2, 20);
    flag_bits = std::min(block_bits - 2, 19);
    candidate_bits = std::min(block_bits - 2, 21);
    history_bits = std::min(block_bits, 23);
    match_bits = std::min(block_bits - 2, 19);
    column_bits = std::min(block_bits - 4, 15);
    link_bits = std::min(block_bits - 4, 17);
    leaf_bits = std::min(block_bits, 21);
    row_bits = std::min(block_bits - 2, 19);
    correction_bits = std::min(block_bits - 4, 14);
    flag_context_bits = std::clamp(block_bits - 12, 6, 10);
    max_values = std::min<uint64_t>(raw_size / 2 + 16, 1u << 20);
    max_children = 2 * max_values;
    max_slots = std::min<uint64_t>(raw_size + 16, 1u << 19);
    max_templates = std::min<uint64_t>(raw_size + 16, 60000);
    max_pattern_bytes = std::min<uint64_t>(2 * raw_size + 64, 4u << 20);
  }

  // Bytes that the tables of a structured block take. The factors are sizes of entries; a test
  // compares the sum with what is taken.
  uint64_t Memory() const {
    constexpr uint64_t kMapContext = 66;            // of an adaptive probability map
    constexpr uint64_t kFlagContext = 12 << 10;     // counters and weights of a column's flags
    constexpr uint64_t kFixed = uint64_t{4} << 20;  // weights, and maps of few contexts
    return (uint64_t{64} << line_bits) + (uint64_t{8} << flag_bits) +
           (uint64_t{12} << candidate_bits) + (uint64_t{1} << history_bits) +
           (uint64_t{8} << match_bits) + (uint64_t{80} << column_bits) +
           (uint64_t{20} << link_bits) + (uint64_t{4} << leaf_bits) + (uint64_t{12} << row_bits) +
           2 * (kMapContext << correction_bits) + (kFlagContext << flag_context_bits) + kFixed +
           max_values * 32 + std::bit_ceil(2 * max_values) * 4 + max_children * 4 + max_slots * 16 +
           max_templates * 24 + max_pattern_bytes;
  }

  static constexpr int kMinBlockBits = 12;
  static constexpr int kMaxBlockBits = 24;

  uint64_t raw_size;
  // Logarithms of numbers of entries.
  int line_bits;          // contexts of nibbles, 64 bytes each
  int flag_bits;          // contexts of flags
  int candidate_bits;     // contexts that expect values
  int history_bits;       // bytes of content that matches are found in
  int match_bits;         // places in it, by hash
  int column_bits;        // states of columns
  int link_bits;          // copy sources, and rows by what stands before them
  int leaf_bits;          // values of rows that can be looked at again
  int row_bits;           // rows that can be looked at again
  int correction_bits;    // contexts of the second adaptive probability map
  int flag_context_bits;  // columns that flags are told apart by
  // What a block may hold; an encoder packs a block that holds more as bytes.
  uint64_t max_values;
  uint64_t max_children;
  uint64_t max_slots;
  uint64_t max_templates;
  uint64_t max_pattern_bytes;
};

}  // namespace logpress::mix

#endif  // LOGPRESS_BACKEND_MIX_SIZES_H_
