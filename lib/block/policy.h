// Which ways of packing a block are tried: by the structure of its lines or of members, or as the
// bytes that it is; by which backends; and when one is so good that no other is tried.
//
// All thresholds are sizes and never times, for the same block must become the same payload
// everywhere.
#ifndef LOGPRESS_BLOCK_POLICY_H_
#define LOGPRESS_BLOCK_POLICY_H_

#include <cstdint>

#include "absl/status/status.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "block/block_coder.h"
#include "block/candidates.h"
#include "ir/builder.h"

namespace logpress::block {

// Packs blocks without a trained dictionary. Kept from block to block for its memory. One thread at
// a time.
class Policy : public InMemory {
 public:
  explicit Policy(const BlockOptions& options);

  // As BlockEncoder::Encode.
  absl::Status Pack(ByteView raw, ByteBuffer* payload, BlockSummary* summary);

  // As BlockEncoder::Memory.
  static uint64_t Memory(const BlockOptions& options, uint64_t block_size);

 private:
  absl::Status ChooseRows(ByteView raw, ByteBuffer* payload, ir::Rows* rows);
  absl::Status TryStructure(ir::Rows rows);
  absl::Status TryMix();
  absl::Status TryRanked(BackendId with, int level);
  uint64_t LeastOfQuick(uint64_t raw_size) const;
  absl::Status PlainMayWin(ByteView raw, uint64_t size, bool* may);
  absl::Status PackPart(ByteView part);
  absl::Status TryPlain(ByteView raw);
  absl::Status TryPlain(ByteView raw, BackendId with);
  absl::Status PackQuickly(ByteView bytes);

  const BlockOptions options_;
  const BackendId backend_;  // that the options or the level name
  Candidates candidates_;
};

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_POLICY_H_
