#include "search/candidates.h"

#include "archive/block_cache.h"
#include "base/status.h"

namespace logpress::search {

absl::Status FindCandidates(archive::IndexReader* archive, const Query& /*query*/,
                            const CandidateOptions& options, LineConsumer* consumer,
                            SearchStats* stats) {
  archive::BlockCache blocks(archive, options.threads, options.executor);
  archive::LineSelection selection = options.selection;
  archive::LineCursor cursor(&blocks, selection);
  archive::Line line;
  for (;;) {
    LOGPRESS_ASSIGN_OR_RETURN(const bool any, cursor.Next(&line));
    if (!any) return absl::OkStatus();
    ++stats->lines;
    ++stats->lines_handed_on;
    stats->bytes_handed_on += line.bytes.size();
    LOGPRESS_ASSIGN_OR_RETURN(const bool more,
                              consumer->Lines(line.number, line.offset, line.bytes));
    if (!more) return absl::OkStatus();
  }
}

}  // namespace logpress::search
