// Payloads of one block, packed in one way after the other, of which the smallest is kept.
#ifndef LOGPRESS_BLOCK_CANDIDATES_H_
#define LOGPRESS_BLOCK_CANDIDATES_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "backend/backend.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/work_meter.h"
#include "block/backends.h"
#include "block/block_coder.h"
#include "ir/builder.h"

namespace logpress::block {

// Kept from block to block for its memory. One thread at a time.
class Candidates : public InMemory {
 public:
  // Begins with the block `raw`; what is kept becomes *payload and *summary, which are empty until
  // then. All three must outlive the work on the block.
  void Begin(ByteView raw, ByteBuffer* payload, BlockSummary* summary);

  uint64_t raw_size() const { return raw_.size(); }

  // What `with` does for the next block it packs is told to `meter`, or to nobody.
  void ReportTo(BackendId with, WorkMeter* meter) { backends_.Get(with).ReportTo(meter); }

  // Finds the structure that rows of this kind give. False if there is too much or too little.
  bool FindStructure(ir::Rows rows);

  // Packs the structure found last, or bytes of the block as they are. kOutOfRange where mix
  // cannot.
  absl::Status PackStructure(BackendId with, int level);
  absl::Status PackPlain(ByteView bytes, BackendId with, int level);
  // Bytes of the payload packed last.
  uint64_t size() const { return trial_.size(); }

  // Keeps the payload packed last if there is none yet, or if it is smaller; of two that are as
  // small, the one without structure.
  void Keep();
  // What is kept was not worth it.
  void Drop();

  // Gives back the memory of a backend.
  void Release(BackendId with) { backends_.Release(with); }
  // Bytes that reading what is kept takes beyond its payload and its raw bytes.
  uint64_t DecodeMemory();

 private:
  ByteView raw_;
  ByteBuffer* payload_ = nullptr;
  BlockSummary* summary_ = nullptr;

  std::unique_ptr<ir::Builder> builder_;  // null: to be made, and the structure anew
  ir::Rows rows_ = ir::Rows::kLines;
  ir::BlockView structure_;  // in the builder
  Backends backends_;

  ByteBuffer trial_;
  BackendId with_ = BackendId::kStore;  // that packed it
  bool plain_ = false;
};

}  // namespace logpress::block

#endif  // LOGPRESS_BLOCK_CANDIDATES_H_
