// One block through every stage: text, cluster, ir, codec and backend on the way in, backend on the
// way out.
//
// This is the seam between the stages that understand logs and the archive, which only knows
// frames: raw bytes of a block go in, the payload of its frame comes out, and the other way round.
#ifndef LOGPRESS_BLOCK_BLOCK_CODER_H_
#define LOGPRESS_BLOCK_BLOCK_CODER_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "backend/backend.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/work_meter.h"
#include "block/dictionary.h"
#include "codec/block_metadata.h"
#include "codec/breakdown.h"

namespace logpress::block {

// How a block was packed, or is to be.
using BackendId = backend::Id;

struct BlockOptions {
  int level = 5;  // 1 to 9
  BackendId backend = BackendId::kAuto;
  WorkMeter* meter = nullptr;  // told of the bytes of blocks as they are encoded
  Dictionary dictionary =
      nullptr;  // that blocks start from where it makes them smaller; null: none
};

// What the encoder learned of a block; it goes into the frame header and the index.
struct BlockSummary {
  BackendId backend = BackendId::kStore;
  bool raw = false;  // a raw block: packed without templates
  uint64_t lines =
      0;  // lines that start in the block: its '\n' count, plus one for a last line without
  uint64_t templates = 0;      // 0 for a raw block
  uint64_t decode_memory = 0;  // bytes a decoder needs beyond payload and raw bytes
  uint64_t metadata_size = 0;  // the first bytes of the payload that tell templates and columns
};

// Encodes blocks. Reused block after block, so that its arenas are paid once. One thread at a time.
class BlockEncoder : public InMemory {
 public:
  explicit BlockEncoder(const BlockOptions& options);
  ~BlockEncoder();

  // Replaces *payload by the packed form of `raw` (at most kMaxBlockSize bytes, empty allowed) and
  // fills *summary. The payload depends on `raw` and the options alone. Never larger than
  // raw.size() + 64.
  absl::Status Encode(ByteView raw, ByteBuffer* payload, BlockSummary* summary);

  // Bytes of base/memory.h that encoding blocks of up to `block_size` bytes takes, whatever they
  // hold: the encoder's, and one block with its payload.
  static uint64_t Memory(const BlockOptions& options, uint64_t block_size);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Decodes blocks. Reused likewise. One thread at a time.
class BlockDecoder : public InMemory {
 public:
  // `dictionary`, which may be null, is for blocks that were packed with it.
  explicit BlockDecoder(Dictionary dictionary = nullptr);
  ~BlockDecoder();

  // Replaces *raw by the bytes that `payload` was packed from. `payload` may be hostile: kDataLoss
  // when it is not what an encoder wrote or does not give exactly `raw_size` bytes,
  // kResourceExhausted when it would take more than `memory_limit` bytes (raw bytes included; 0: no
  // limit), kFailedPrecondition when it takes another dictionary.
  // With `max_lines`, at least 1, what is behind the first so many lines may be missing.
  // With `parts`, all lines are decoded, which takes longer then, and where the payload's bytes
  // went is added to *parts, exactly as many as there are, when that goes well.
  absl::Status Decode(BackendId backend, ByteView payload, uint64_t raw_size, uint64_t memory_limit,
                      ByteBuffer* raw, uint64_t max_lines = ~uint64_t{0},
                      codec::Breakdown* parts = nullptr);

  // Opens a block to read its parts, one at a time; `payload` must outlive the reader, and the
  // decoder too. Errors are those of Decode.
  absl::StatusOr<std::unique_ptr<backend::BlockReader>> Open(BackendId backend, ByteView payload,
                                                             uint64_t raw_size,
                                                             uint64_t memory_limit);

  // Fills *metadata from the first bytes of a payload of `payload_size` bytes: of those,
  // BlockSummary::metadata_size are enough when that is not 0. Empty for a raw block. Errors are
  // those of Decode.
  absl::Status ReadMetadata(BackendId backend, ByteView payload, uint64_t payload_size,
                            uint64_t raw_size, uint64_t memory_limit,
                            codec::BlockMetadata* metadata);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// No block is larger than this, whatever an option or a header says.
inline constexpr uint64_t kMaxBlockSize = uint64_t{256} << 20;

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_BLOCK_CODER_H_
