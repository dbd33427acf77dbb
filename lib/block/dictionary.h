// Trained dictionaries as blocks use them, and the payloads of blocks that start from one:
//
//   id      fixed64, of the dictionary
//   loose   part: rows that fit none of its templates
//   text    part: long strings
//   rows    coded, to the end
//
//   part    size (varint), and if that is not 0: packing (varint), packed size (varint), bytes
//   packing 0 as they are, 1 zstd behind the dictionary's prefix, 2 + b a payload of backend b
#ifndef LOGPRESS_BLOCK_DICTIONARY_H_
#define LOGPRESS_BLOCK_DICTIONARY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "primer/primer.h"

namespace logpress::block {

// Null: none. Any number of threads and coders share one.
using Dictionary = std::shared_ptr<const primer::Primer>;

enum PartPacking : uint64_t { kPartStored = 0, kPartBehindPrefix = 1, kPartAlone = 2 };

// An id as people are told it: sixteen hexadecimal digits.
std::string DictionaryName(uint64_t id);

// The id that the payload of a block with a dictionary begins with; false if it is cut off.
inline bool GetDictionaryId(ByteView payload, uint64_t* id) {
  return ByteReader(payload).GetFixed64(id);
}

// The error of a block that needs the dictionary of this name and not `given`: kFailedPrecondition,
// which IsWrongDictionary tells from others.
absl::Status WrongDictionary(std::string_view needed, const Dictionary& given);
bool IsWrongDictionary(const absl::Status& status);

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_DICTIONARY_H_
