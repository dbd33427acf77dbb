// Goes through the lines of an archive that may match a query, and leaves out the others without
// decoding more than it must.
#ifndef LOGPRESS_SEARCH_CANDIDATES_H_
#define LOGPRESS_SEARCH_CANDIDATES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "archive/index_reader.h"
#include "archive/line_cursor.h"
#include "base/bytes.h"
#include "base/thread_pool.h"
#include "search/needs.h"

namespace logpress::search {

struct CandidateOptions {
  archive::LineSelection selection;  // of the lines to look at
  // Hand on every line of the selection, as inverted matches and context need them.
  bool all_lines = false;
  // Lines() is told where lines begin. Without it, `offset` is of no use, and lines need not be
  // made of which nobody asks for the bytes.
  bool offsets = true;
  // Nobody asks for the bytes of lines, only for how many match (and the query is exact).
  bool count_only = false;
  int threads = 1;
  ThreadPool::Executor executor;  // as in archive::ReaderOptions
};

// What was done for a search.
struct SearchStats {
  uint64_t blocks = 0;           // that hold lines of the selection
  uint64_t blocks_skipped = 0;   // of which no row was decoded
  uint64_t lines = 0;            // of the selection, in these blocks
  uint64_t lines_handed_on = 0;  // as candidates
  uint64_t bytes = 0;            // of the blocks, unpacked
  uint64_t bytes_handed_on = 0;
};

// Takes what Candidates() finds, in the order of the lines, on the caller's thread.
class LineConsumer {
 public:
  virtual ~LineConsumer() = default;
  // One or more whole lines, one behind the other: `bytes` ends with a newline unless it is the end
  // of the file. The first is line `number`, counted from 0, and begins at byte `offset` of what
  // was packed. False: no more is wanted.
  virtual absl::StatusOr<bool> Lines(uint64_t number, uint64_t offset, ByteView bytes) = 0;
  // With count_only: so many lines match, of which nobody has seen the bytes.
  virtual absl::StatusOr<bool> Matched(uint64_t lines) = 0;
};

// Hands on at least every line of the selection that may match, in order, each once. The archive
// may be hostile. Errors, after all lines before the place were handed on: those of
// archive::LineCursor, and those of the consumer.
absl::Status FindCandidates(archive::IndexReader* archive, const Query& query,
                            const CandidateOptions& options, LineConsumer* consumer,
                            SearchStats* stats);

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_CANDIDATES_H_
