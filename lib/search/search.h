// Searching a log for lines: in an archive, of which only what may match is decoded, or in bytes
// that come by. What is found goes to a LineTaker, in order; printing is somebody else's.
#ifndef LOGPRESS_SEARCH_SEARCH_H_
#define LOGPRESS_SEARCH_SEARCH_H_

#include <cstdint>

#include "absl/status/status.h"
#include "archive/index_reader.h"
#include "archive/line_cursor.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/thread_pool.h"
#include "search/candidates.h"
#include "search/line_scanner.h"
#include "search/line_stream.h"
#include "search/pattern.h"

namespace logpress::search {

struct SearchOptions {
  ScanOptions scan;
  archive::LineSelection selection;  // only these lines are looked at, numbered as in the log
  // Of bytes that come by: show what each Write() brought, without waiting for what else decides
  // whether the log is binary.
  bool show_at_once = false;
  // The taker asks where lines begin. Of an archive this takes the decoding of whole blocks;
  // without it FoundLine::offset is of no use.
  bool offsets = true;
  int threads = 1;
  ThreadPool::Executor executor;  // as in archive::ReaderOptions
};

struct SearchResult {
  ScanResult scan;
  SearchStats stats;
};

// `taker` may be null when the options want no lines. Errors, after all that was found before the
// place: those of FindCandidates and of LineScanner, and what the taker returns. *result is filled
// in every case.
absl::Status SearchArchive(archive::IndexReader* archive, const Pattern& pattern,
                           const SearchOptions& options, LineTaker* taker, SearchResult* result);

// The same for the bytes of a log, written to it in order. One thread at a time.
class StreamSearch : public ByteSink {
 public:
  // Borrows `pattern` and `taker`.
  StreamSearch(const Pattern& pattern, const SearchOptions& options, LineTaker* taker);

  // As LineStream::Write.
  absl::Status Write(ByteView bytes) override;
  bool done() const { return lines_.done(); }
  // To be called at the end of the log, or behind an error.
  absl::Status Finish(SearchResult* result);

 private:
  const bool show_at_once_;
  LineScanner scanner_;
  LineStream lines_;
};

}  // namespace logpress::search

#endif  // LOGPRESS_SEARCH_SEARCH_H_
