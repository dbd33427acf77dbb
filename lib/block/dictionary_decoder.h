// Reads blocks that start from a trained dictionary.
#ifndef LOGPRESS_BLOCK_DICTIONARY_DECODER_H_
#define LOGPRESS_BLOCK_DICTIONARY_DECODER_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "backend/backend.h"
#include "backend/zstd_prefix.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "block/backends.h"
#include "block/dictionary.h"
#include "primer/block.h"

namespace logpress::block {

// Kept from block to block for its memory. One thread at a time.
class DictionaryDecoder : public InMemory {
 public:
  // Loose rows may be a payload of one of `backends`, which must outlive the decoder.
  DictionaryDecoder(Dictionary dictionary, Backends* backends);

  // Opens a payload, which may be hostile and must outlive the reader: kFailedPrecondition if it is
  // of another dictionary, else as backend::Backend::Open. Such a block is read as a whole.
  absl::StatusOr<std::unique_ptr<backend::BlockReader>> Open(ByteView payload,
                                                             const backend::Limits& limits);

  // Bytes that it takes for a block of `raw_size` bytes beside these and a backend for loose rows.
  static uint64_t Memory(uint64_t raw_size);

 private:
  class Reader;

  absl::Status Decode(ByteView payload, const backend::Limits& limits, ByteBuffer* raw);
  absl::Status GetPart(const backend::Limits& limits, bool may_stand_alone, ByteReader* reader,
                       ByteBuffer* part);

  const Dictionary dictionary_;
  Backends* const backends_;
  primer::RowDecoder rows_;
  backend::ZstdPrefixPacker packer_;
  ByteBuffer loose_;
  ByteBuffer text_;
};

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_DICTIONARY_DECODER_H_
