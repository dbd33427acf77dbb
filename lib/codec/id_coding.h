// How an id that occurred before, and that no context expected, is coded.
//
// Ids are numbered in order of first occurrence. Where some values are more common than others, the
// id itself is best: its bits are coded in contexts that learn which. Where values live for a while
// (sessions, blocks, processes), how many ids are younger says more, and where they come back in
// order, the difference to the column's last id.
#ifndef LOGPRESS_CODEC_ID_CODING_H_
#define LOGPRESS_CODEC_ID_CODING_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace logpress::codec {

enum class IdCoding : uint8_t {
  kPlace,  // the id
  kAge,    // how many of the known ids are younger
  kStep,   // the difference to the last id of the column, zigzagged; to -1 if there is none
};

// The kinds of column as meta has them: 0 ids by place, 1 numbers, 2 ids by age, 3 by step.
inline constexpr uint8_t kNumberColumn = 1;
inline constexpr uint8_t kColumnKinds = 4;
constexpr uint8_t KindOfIds(IdCoding coding) {
  return coding == IdCoding::kPlace ? 0 : coding == IdCoding::kAge ? 2 : 3;
}
constexpr IdCoding CodingOfKind(uint8_t kind) {
  return kind == 2 ? IdCoding::kAge : kind == 3 ? IdCoding::kStep : IdCoding::kPlace;
}

// A cheap coding for a column of `ids`, whose dictionary has `distinct`. It is estimated from some
// of them. `repeats`: what is new in the column came in another one before.
IdCoding ChooseIdCoding(std::span<const uint32_t> ids, size_t distinct, bool repeats);

// What stands for `id`. `known`, above `id`: how many ids have occurred. `last`: the last id of the
// column plus one, 0 if there is none.
inline uint32_t EncodeId(IdCoding coding, uint32_t id, uint32_t known, uint32_t last) {
  switch (coding) {
    case IdCoding::kPlace:
      break;
    case IdCoding::kAge:
      return known - 1 - id;
    case IdCoding::kStep:
      return static_cast<uint32_t>(ZigZag(int64_t{id} + 1 - int64_t{last}));
  }
  return id;
}

// The id for which `coded` stands. Of what no encoder writes it makes any number at all.
inline uint32_t DecodeId(IdCoding coding, uint32_t coded, uint32_t known, uint32_t last) {
  switch (coding) {
    case IdCoding::kPlace:
      break;
    case IdCoding::kAge:
      return known - 1 - coded;
    case IdCoding::kStep:
      return static_cast<uint32_t>(last - 1 + static_cast<uint64_t>(UnZigZag(coded)));
  }
  return coded;
}

}  // namespace logpress::codec

#endif  // LOGPRESS_CODEC_ID_CODING_H_
