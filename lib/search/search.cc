#include "search/search.h"

#include <string>
#include <utility>

#include "base/status.h"

namespace logpress::search {
namespace {

const std::string kNul(1, '\0');

// Is told of the first line that holds NUL.
class NulFinder : public LineConsumer {
 public:
  absl::StatusOr<bool> Lines(uint64_t /*number*/, uint64_t /*offset*/, ByteView bytes) override {
    found_ = bytes.find('\0') != ByteView::npos;
    return !found_;
  }
  absl::StatusOr<bool> Matched(uint64_t /*lines*/) override { return true; }
  bool found() const { return found_; }

 private:
  bool found_ = false;
};

// Whether lines can be counted without anybody seeing them: where none holds NUL, which would end
// a line as grep counts.
absl::StatusOr<bool> CanCount(archive::IndexReader* archive, const Pattern& pattern,
                              const SearchOptions& options) {
  if (options.scan.wants_lines() || options.scan.invert || !pattern.query().exact) return false;
  if (options.scan.binary == Binary::kText) return true;
  CandidateOptions candidates;
  candidates.selection = options.selection;
  candidates.threads = options.threads;
  candidates.executor = options.executor;
  NulFinder finder;
  SearchStats stats;
  LOGPRESS_RETURN_IF_ERROR(
      FindCandidates(archive, {Needs::Literal(kNul)}, candidates, &finder, &stats));
  return !finder.found();
}

}  // namespace

absl::Status SearchArchive(archive::IndexReader* archive, const Pattern& pattern,
                           const SearchOptions& options, LineTaker* taker, SearchResult* result) {
  LineScanner scanner(pattern, options.scan, taker);
  CandidateOptions candidates;
  candidates.selection = options.selection;
  candidates.threads = options.threads;
  candidates.executor = options.executor;
  candidates.all_lines = scanner.all_lines();
  LOGPRESS_ASSIGN_OR_RETURN(candidates.count_only, CanCount(archive, pattern, options));

  Query query = pattern.query();
  if (options.scan.binary != Binary::kText && !candidates.count_only) {
    // The scanner has to see these too.
    if (query.needs.kind != Needs::Kind::kNothing) {
      std::vector<Needs> either;
      either.push_back(std::move(query.needs));
      either.push_back(Needs::Literal(kNul));
      query.needs = Needs::Any(std::move(either));
    }
    query.exact = false;
  }
  absl::Status status = FindCandidates(archive, query, candidates, &scanner, &result->stats);
  const absl::Status finished = scanner.Finish();
  result->scan = scanner.result();
  return status.ok() ? finished : status;
}

StreamSearch::StreamSearch(const Pattern& pattern, const SearchOptions& options, LineTaker* taker)
    : show_at_once_(options.show_at_once),
      scanner_(pattern, options.scan, taker),
      lines_(options.selection, options.scan.memory_limit, &scanner_) {}

absl::Status StreamSearch::Write(ByteView bytes) {
  absl::Status status = lines_.Write(bytes);
  if (show_at_once_) LOGPRESS_RETURN_IF_ERROR(scanner_.Release());
  return status;
}

absl::Status StreamSearch::Finish(SearchResult* result) {
  absl::Status status = lines_.Finish();
  const absl::Status finished = scanner_.Finish();
  result->scan = scanner_.result();
  result->stats.lines = lines_.lines();
  result->stats.lines_handed_on = lines_.lines();
  return status.ok() ? finished : status;
}

}  // namespace logpress::search
