#include "search/search.h"

#include <string>
#include <utility>
#include <vector>

#include "archive/reader.h"
#include "base/status.h"
#include "search/text_gate.h"

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

// Leaves out the first lines, which somebody has got before.
class Rest : public LineTaker {
 public:
  Rest(uint64_t known, LineTaker* taker) : known_(known), taker_(taker) {}
  absl::StatusOr<bool> Take(const FoundLine& line) override {
    if (known_ == 0) return taker_->Take(line);
    --known_;
    return true;
  }

 private:
  uint64_t known_;
  LineTaker* const taker_;
};

class ArchiveSearch {
 public:
  ArchiveSearch(archive::IndexReader* archive, const Pattern& pattern, const SearchOptions& options,
                SearchResult* result)
      : archive_(archive), pattern_(pattern), options_(options), result_(result) {
    candidates_.selection = options.selection;
    candidates_.threads = options.threads;
    candidates_.executor = options.executor;
  }

  absl::Status Run(LineTaker* taker) {
    const Binary binary = options_.scan.binary;
    if (CountOnly()) {
      LOGPRESS_ASSIGN_OR_RETURN(candidates_.count_only, HoldsNoNul());
    } else if (options_.scan.wants_lines() && !options_.offsets && binary == Binary::kTold &&
               !LineScanner(pattern_, options_.scan, nullptr).all_lines()) {
      return RunThroughGate(taker);
    }
    // Where a line stands does not matter for how many there are, nor in a log taken for text.
    const bool counts = !options_.scan.wants_lines();
    candidates_.offsets =
        binary == Binary::kNoMatch || (!counts && (options_.offsets || binary != Binary::kText));
    return RunScanner(taker);
  }

 private:
  // Whether lines may be counted without anybody seeing them.
  bool CountOnly() const {
    return !options_.scan.wants_lines() && !options_.scan.invert && pattern_.query().exact;
  }

  // NUL would end a line as grep counts.
  absl::StatusOr<bool> HoldsNoNul() {
    if (options_.scan.binary == Binary::kText) return true;
    NulFinder finder;
    SearchStats stats;
    CandidateOptions candidates = candidates_;
    candidates.offsets = false;
    LOGPRESS_RETURN_IF_ERROR(
        FindCandidates(archive_, {Needs::Literal(kNul)}, candidates, &finder, &stats));
    return !finder.found();
  }

  // What the scanner has to see: what may match, and lines that hold NUL.
  Query QueryOf(const CandidateOptions& candidates) const {
    Query query = pattern_.query();
    if (options_.scan.binary == Binary::kText || candidates.count_only) return query;
    query.exact = false;
    if (query.needs.kind == Needs::Kind::kNothing) return query;
    std::vector<Needs> either;
    either.push_back(std::move(query.needs));
    either.push_back(Needs::Literal(kNul));
    query.needs = Needs::Any(std::move(either));
    return query;
  }

  absl::Status RunScanner(LineTaker* taker) {
    LineScanner scanner(pattern_, options_.scan, taker);
    candidates_.all_lines = scanner.all_lines();
    const absl::Status status =
        FindCandidates(archive_, QueryOf(candidates_), candidates_, &scanner, &result_->stats);
    const absl::Status finished = scanner.Finish();
    result_->scan = scanner.result();
    return status.ok() ? finished : status;
  }

  absl::Status RunThroughGate(LineTaker* taker) {
    const uint64_t limit = options_.scan.memory_limit;
    TextGate gate(*archive_, limit == 0 ? archive::kDefaultMemoryLimit : limit, taker);
    ScanOptions scan = options_.scan;
    scan.binary = Binary::kText;
    LineScanner scanner(pattern_, scan, &gate);
    gate.SetScanner(&scanner);
    candidates_.offsets = false;
    const absl::Status status =
        FindCandidates(archive_, QueryOf(candidates_), candidates_, &gate, &result_->stats);
    if (gate.failed() && status.ok()) {
      Rest rest(gate.shown(), taker);
      candidates_.offsets = true;
      result_->stats = {};
      return RunScanner(&rest);
    }
    const absl::Status finished = gate.Finish();
    result_->scan = scanner.result();
    return status.ok() ? finished : status;
  }

  archive::IndexReader* const archive_;
  const Pattern& pattern_;
  const SearchOptions& options_;
  SearchResult* const result_;
  CandidateOptions candidates_;
};

}  // namespace

absl::Status SearchArchive(archive::IndexReader* archive, const Pattern& pattern,
                           const SearchOptions& options, LineTaker* taker, SearchResult* result) {
  return ArchiveSearch(archive, pattern, options, result).Run(taker);
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
