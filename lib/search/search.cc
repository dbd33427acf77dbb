#include "search/search.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"

namespace logpress::search {
namespace {

bool HoldsNul(const archive::IndexReader& archive) {
  return std::any_of(archive.blocks().begin(), archive.blocks().end(),
                     [](const archive::BlockInfo& block) { return block.holds_nul; });
}

}  // namespace

absl::Status SearchArchive(archive::IndexReader* archive, const Pattern& pattern,
                           const SearchOptions& options, LineTaker* taker, SearchResult* result) {
  ScanOptions scan = options.scan;
  if (!HoldsNul(*archive)) scan.binary = Binary::kText;
  LineScanner scanner(pattern, scan, taker);
  CandidateOptions candidates;
  candidates.selection = options.selection;
  candidates.threads = options.threads;
  candidates.executor = options.executor;
  candidates.all_lines = scanner.all_lines();
  // Where a line stands does not matter for how many there are, nor in a log taken for text.
  candidates.offsets = scan.binary == Binary::kNoMatch ||
                       (scan.wants_lines() && (options.offsets || scan.binary != Binary::kText));
  Query query = pattern.query();
  if (scan.binary != Binary::kText) {
    // Lines with NUL have to be seen too: they end lines, and decide what is shown of others.
    if (query.needs.kind != Needs::Kind::kNothing) {
      std::vector<Needs> either;
      either.push_back(std::move(query.needs));
      either.push_back(Needs::Literal(std::string(1, '\0')));
      query.needs = Needs::Any(std::move(either));
    }
    query.exact = false;
  }
  candidates.count_only = !scan.wants_lines() && !scan.invert && query.exact;
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
