// The dictionaries of a block's own table in parts, each of which decodes without the others: a
// search asks for the values of a few columns, and all of them take most of its time.
//
// A large dictionary is a part of its own, and so are those between two such. Each part begins with
// fresh models. That costs some six bytes a part and nothing else, for the models of two columns
// have nothing in common anyway.
#ifndef LOGPRESS_CODEC_LIST_PARTS_H_
#define LOGPRESS_CODEC_LIST_PARTS_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "codec/decoded_table.h"
#include "codec/row_model.h"
#include "ir/ir.h"

namespace logpress::codec {

// Added to the number of contexts, in front of meta, where the dictionaries are in parts.
inline constexpr uint64_t kInParts = 8;

// Whether a dictionary is a part of its own.
constexpr bool IsLarge(ir::Strings::Kind kind, uint64_t values) {
  constexpr uint64_t kLeast = 512;
  return kind != ir::Strings::Kind::kText && values >= kLeast;
}

// Asked in the middle of a part.
class ListGate {
 public:
  virtual ~ListGate() = default;
  // Whether the rows of a dictionary are still wanted, now that all else of it is there.
  virtual bool Wants(size_t dictionary, const DecodedTable& rows) = 0;
};

// Where a part is.
struct ListPart {
  size_t first = 0;  // dictionaries [first, end)
  size_t end = 0;
  size_t meta = 0;  // where it begins in each stream
  size_t text = 0;
  size_t lists = 0;
  uint64_t next_key = 0;
};

// Behind the last dictionary of the part that begins with `first`, of so many in all. is_large(d)
// says that of a dictionary.
template <typename IsLargeOne>
size_t EndOfPart(size_t first, size_t count, const IsLargeOne& is_large) {
  size_t end = first + 1;
  if (is_large(first)) return end;
  while (end < count && !is_large(end)) ++end;
  return end;
}

inline size_t EndOfPart(const DecodedTable& table, size_t first) {
  return EndOfPart(first, table.dictionaries.size(), [&](size_t d) {
    const ListHead& head = table.dictionaries[d].head;
    return IsLarge(head.kind, head.count);
  });
}

// How many values dictionaries have together.
inline uint64_t ValuesOf(const DecodedTable& table, size_t first, size_t end) {
  uint64_t values = 0;
  for (size_t d = first; d < end; ++d) values += table.dictionaries[d].head.count;
  return values;
}

// The models of a part whose dictionaries have so many values together.
inline ModelSizes SizesOfPart(const ModelSizes& block, uint64_t values) {
  constexpr int kLeastBits = 10;
  constexpr int kMoreBits = 4;  // a value of several columns asks several contexts each
  ModelSizes sizes = block;
  sizes.guess_bits = std::clamp(static_cast<int>(std::bit_width(values)) + kMoreBits, kLeastBits,
                                block.guess_bits);
  return sizes;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_LIST_PARTS_H_
