// A value without header, index and footer, for who keeps values of some hundred bytes himself.
//
//   head      u8: bits 0 to 2 say what follows, bit 3 that there is a check; the others are 0
//   raw size  varint
//   check     fixed32 of the raw bytes, if the head says so
//   content   to the end: 0 the raw bytes; 1 to 6 the payload of a block of this backend; of 6,
//             a dictionary, its id is there with its low four bytes only; 7 the raw bytes as zstd
//             packs them behind the phrases that logs use, which it may leave alone
#ifndef LOGPRESS_ARCHIVE_BARE_VALUE_H_
#define LOGPRESS_ARCHIVE_BARE_VALUE_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "backend/byte_packer.h"
#include "backend/zstd_prefix.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "block/block_coder.h"

namespace logpress::archive {

// Kept from value to value for its memory. One thread at a time.
class BareWriter : public InMemory {
 public:
  explicit BareWriter(const block::BlockOptions& options);

  // Replaces *value by that of `raw`, which is at most block::kMaxBlockSize bytes.
  absl::Status Write(ByteView raw, bool with_check, ByteBuffer* value);

 private:
  // Replaces short_ by the shortest that needs nothing around it; empty: it is not worth a try.
  absl::Status PackShort(ByteView raw);

  const block::BlockOptions options_;
  block::BlockEncoder encoder_;
  const std::unique_ptr<backend::BytePacker> short_packer_;
  const backend::ZstdPrefix nothing_;
  backend::ZstdPrefixPacker line_packer_;
  ByteBuffer payload_;
  ByteBuffer short_;
  ByteBuffer line_;
};

class BareReader : public InMemory {
 public:
  explicit BareReader(block::Dictionary dictionary);

  // Replaces *raw by what `value` was made from. `value` may be hostile: kDataLoss if it is
  // damaged, kResourceExhausted if it takes more than `memory_limit` bytes; others as
  // BlockDecoder::Decode.
  absl::Status Read(ByteView value, uint64_t memory_limit, ByteBuffer* raw);

 private:
  const block::Dictionary dictionary_;
  block::BlockDecoder decoder_;
  const std::unique_ptr<backend::BytePacker> short_packer_;
  ByteBuffer payload_;
};

// The raw size that a value states; false if it is damaged.
bool GetBareSize(ByteView value, uint64_t* raw_size);

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_BARE_VALUE_H_
