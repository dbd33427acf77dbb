// The lines of one block that may match a plan.
#ifndef LOGPRESS_SEARCH_BLOCK_SEARCH_H_
#define LOGPRESS_SEARCH_BLOCK_SEARCH_H_

#include <cstdint>

#include "absl/status/status.h"
#include "archive/format.h"
#include "backend/backend.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "block/block_coder.h"
#include "search/plan.h"

namespace logpress::search {

struct BlockSearchOptions {
  bool every_line = false;  // all lines are wanted
  bool whole = false;       // if one may match, all lines are wanted: it is asked where it stands
  bool count_only = false;  // how many lines match is enough, if that can be told
  bool ends_line = false;   // the block's last byte is a newline, or the end of everything
  // Only lines [first_line, end_line) of those that begin in the block are asked for.
  static constexpr uint64_t kToEnd = ~uint64_t{0};
  uint64_t first_line = 0;
  uint64_t end_line = kToEnd;
};

// What was found in a block.
struct BlockFind {
  struct Run {
    uint64_t first_line;  // in the block
    uint64_t lines;
    uint64_t size;  // bytes
  };

  // `bytes` is the block, at least up to the lines that were asked for; otherwise it is `runs` of
  // lines, end to end.
  bool whole = false;
  bool decoded = false;  // rows were decoded
  ByteBuffer bytes;
  Vector<Run> runs;
  uint64_t matched = 0;  // lines that match and are in no run
};

// Searches block after block. One thread at a time.
class BlockSearcher : public InMemory {
 public:
  // `dictionary`, which may be null, is for blocks that were packed with it.
  explicit BlockSearcher(block::Dictionary dictionary) : decoder_(std::move(dictionary)) {}

  // Searches the block of a frame, whose payload is checked. What is not whole lines by its
  // templates is found whole. Errors as for archive::DecodeFrame; when rows are decoded that are
  // not all wanted, the payload's checks have to do.
  absl::Status Search(const archive::FrameHeader& header, uint64_t offset, ByteView payload,
                      uint64_t memory_limit, const Plan& plan, const BlockSearchOptions& options,
                      BlockFind* find);

 private:
  block::BlockDecoder decoder_;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_BLOCK_SEARCH_H_
