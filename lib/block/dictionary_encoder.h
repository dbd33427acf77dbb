// Packs blocks that start from a trained dictionary, where that makes them smaller.
#ifndef LOGPRESS_BLOCK_DICTIONARY_ENCODER_H_
#define LOGPRESS_BLOCK_DICTIONARY_ENCODER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "backend/zstd_prefix.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "block/block_coder.h"
#include "primer/block.h"

namespace logpress::block {

// Kept from block to block for its memory. One thread at a time.
class DictionaryEncoder : public InMemory {
 public:
  // With options.dictionary, which is not null.
  explicit DictionaryEncoder(const BlockOptions& options);

  // As BlockEncoder::Encode.
  absl::Status Encode(ByteView raw, ByteBuffer* payload, BlockSummary* summary);

 private:
  absl::Status PutPart(ByteView bytes, bool may_stand_alone, ByteBuffer* payload);

  const Dictionary dictionary_;
  const int level_;
  primer::RowEncoder rows_;
  backend::ZstdPrefixPacker packer_;
  BlockEncoder alone_;  // without the dictionary: loose rows, and the block
  primer::Coded coded_;
  ByteBuffer packed_;
  ByteBuffer alone_payload_;
  uint64_t alone_memory_ = 0;  // that reading loose rows takes
};

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_DICTIONARY_ENCODER_H_
