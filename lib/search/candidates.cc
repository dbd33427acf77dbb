#include "search/candidates.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "archive/block_cache.h"
#include "base/newlines.h"
#include "base/status.h"
#include "search/block_search.h"
#include "search/plan.h"

namespace logpress::search {
namespace {

constexpr char kNoMemory[] = "out of memory while searching; use fewer threads";

// How much of a block is asked for.
enum class Role {
  kNone,
  kSearch,  // its lines that may match
  kWhole,   // every line: one that goes over its ends belongs to a neighbour too
  kTimes,   // some of its lines, by their times
};

class Walk {
 public:
  Walk(archive::IndexReader* archive, const Query& query, const CandidateOptions& options,
       LineConsumer* consumer, SearchStats* stats)
      : archive_(archive),
        plan_(query),
        options_(options),
        consumer_(consumer),
        stats_(stats),
        end_(std::min(options.selection.end, archive->lines())),
        pool_(options.threads, options.executor, kNoMemory) {
    searchers_.resize(pool_.workers());
  }

  absl::Status Run() {
    const auto& blocks = archive_->blocks();
    for (size_t i = 0; i < blocks.size() && !enough_; ++i) {
      const Role role = RoleOf(i);
      if (role == Role::kNone || role == Role::kTimes) {
        LOGPRESS_RETURN_IF_ERROR(EndLine());
        if (role == Role::kTimes && !enough_) LOGPRESS_RETURN_IF_ERROR(WalkTimes(i));
        // A line that goes on in the next block is counted there.
        line_ = blocks[i].first_line + blocks[i].lines - (GoesOn(i) ? 1 : 0);
        continue;
      }
      LOGPRESS_RETURN_IF_ERROR(Begin(i));
      LOGPRESS_RETURN_IF_ERROR(Take(i));
    }
    return EndLine();
  }

 private:
  class Job : public ThreadPool::Task, public InMemory {
   public:
    Job(Walk* walk, size_t block) : walk_(walk), block_(block) {}

    absl::Status Read() { return walk_->archive_->ReadFrame(block_, &header_, &payload_); }

   private:
    friend class Walk;
    absl::Status Run(size_t worker) override { return walk_->Search(worker, this); }

    Walk* const walk_;
    const size_t block_;
    archive::FrameHeader header_;
    ByteBuffer payload_;
    BlockSearchOptions options_;
    BlockFind find_;
  };

  // Whether lines of block i and the one after it may be one line.
  bool GoesOn(size_t i) const {
    const auto& blocks = archive_->blocks();
    return i + 1 < blocks.size() && blocks[i + 1].starts_mid_line;
  }

  Role RoleOf(size_t i) const {
    const archive::BlockInfo& block = archive_->blocks()[i];
    const archive::LineSelection& selection = options_.selection;
    const bool joined = block.starts_mid_line || GoesOn(i);
    // The end of a line that begins before the block counts for its lines.
    const uint64_t first = block.first_line - (block.starts_mid_line ? 1 : 0);
    if (first >= end_ || block.first_line + block.lines <= selection.first) return Role::kNone;
    if (selection.between) {
      if (block.lines == 0 || !block.MayMeet(*selection.between)) return Role::kNone;
      if (joined || !block.AllMeet(*selection.between)) return Role::kTimes;
    }
    return joined || options_.all_lines ? Role::kWhole : Role::kSearch;
  }

  // Whether all lines of the block are in the selection.
  bool AllSelected(const archive::BlockInfo& block) const {
    return block.first_line >= options_.selection.first && block.first_line + block.lines <= end_;
  }

  // Which lines of the block are in the selection.
  void SetLines(const archive::BlockInfo& block, BlockSearchOptions* options) const {
    const uint64_t first = options_.selection.first;
    options->first_line = first > block.first_line ? first - block.first_line : 0;
    options->end_line = end_ < block.first_line + block.lines ? end_ - block.first_line
                                                              : BlockSearchOptions::kToEnd;
  }

  // Whether block i is followed by the begin of a line, for all that its archive says.
  bool EndsLine(size_t i) const {
    const auto& blocks = archive_->blocks();
    if (i + 1 == blocks.size()) return true;
    const auto& archives = archive_->archives();
    const auto after =
        std::upper_bound(archives.begin(), archives.end(), i + 1,
                         [](size_t n, const auto& each) { return n < each.first_block; });
    // Another archive goes on where the last line of this one ended, with a newline or without.
    return (after - 1)->first_block != i + 1 && !blocks[i + 1].starts_mid_line;
  }

  absl::Status Search(size_t worker, Job* job) {
    if (searchers_[worker] == nullptr)
      searchers_[worker] = std::make_unique<BlockSearcher>(archive_->dictionary());
    return searchers_[worker]->Search(job->header_, archive_->blocks()[job->block_].offset,
                                      job->payload_, archive_->memory_limit(), plan_, job->options_,
                                      &job->find_);
  }

  // Begins with block i, if that was not done, and with those after it while there are threads and
  // memory for them.
  absl::Status Begin(size_t i) {
    const auto& blocks = archive_->blocks();
    for (next_ = std::max(next_, i); next_ < blocks.size(); ++next_) {
      const Role role = RoleOf(next_);
      if (role != Role::kSearch && role != Role::kWhole) continue;
      if (!jobs_.empty() && jobs_.size() >= pool_.workers()) break;
      auto job = std::make_unique<Job>(this, next_);
      absl::Status status = job->Read();
      if (!status.ok()) {
        // Told when it is that block's turn.
        if (next_ == i) return status;
        break;
      }
      const uint64_t need = job->header_.memory_need();
      if (!jobs_.empty() && used_ + need > archive_->memory_limit()) break;
      used_ += need;
      job->options_.whole = role == Role::kWhole || options_.offsets;
      job->options_.every_line = role == Role::kWhole;
      job->options_.count_only = options_.count_only && AllSelected(blocks[next_]);
      job->options_.ends_line = EndsLine(next_);
      SetLines(blocks[next_], &job->options_);
      jobs_.push_back(std::move(job));
      pool_.Submit(jobs_.back().get());
    }
    return absl::OkStatus();
  }

  // Hands on what was found in block i.
  absl::Status Take(size_t i) {
    const std::unique_ptr<Job> job = std::move(jobs_.front());
    jobs_.pop_front();
    pool_.Wait(job.get());
    used_ -= job->header_.memory_need();
    LOGPRESS_RETURN_IF_ERROR(job->status());
    BlockFind& find = job->find_;
    if (!pending_.empty() && !find.whole) {
      // The archive before ended within a line, which goes on here.
      find = BlockFind();
      job->options_.every_line = true;
      pool_.Submit(job.get());
      pool_.Wait(job.get());
      LOGPRESS_RETURN_IF_ERROR(job->status());
    }
    const archive::BlockInfo& block = archive_->blocks()[i];
    ++stats_->blocks;
    stats_->blocks_skipped += find.decoded ? 0 : 1;
    stats_->lines += block.lines;
    stats_->bytes += block.raw_size;
    if (find.whole) return TakeWhole(block, find.bytes);
    if (find.matched > 0) LOGPRESS_RETURN_IF_ERROR(Note(consumer_->Matched(find.matched)));
    const uint64_t before = line_;
    size_t at = 0;
    for (const BlockFind::Run& run : find.runs) {
      if (enough_) return absl::OkStatus();
      line_ = before + run.first_line;
      LOGPRESS_RETURN_IF_ERROR(
          HandOn(block.raw_offset, run.lines, ByteView{find.bytes}.substr(at, run.size)));
      at += run.size;
    }
    line_ = before + block.lines;
    return absl::OkStatus();
  }

  absl::Status TakeWhole(const archive::BlockInfo& block, ByteView bytes) {
    uint64_t offset = block.raw_offset;
    if (!pending_.empty()) {
      const size_t newline = bytes.find('\n');
      const size_t size = newline == ByteView::npos ? bytes.size() : newline + 1;
      if (pending_.size() + size > archive_->memory_limit()) {
        return absl::ResourceExhaustedError(
            absl::StrCat("line ", line_ + 1, " is longer than the memory limit of ",
                         archive_->memory_limit(), " bytes; raise the memory limit"));
      }
      pending_.append(bytes.substr(0, size));
      bytes.remove_prefix(size);
      offset += size;
      if (newline == ByteView::npos) return absl::OkStatus();
      LOGPRESS_RETURN_IF_ERROR(EndLine());
      if (enough_) return absl::OkStatus();
    }
    const size_t last = bytes.rfind('\n');
    const size_t whole = last == ByteView::npos ? 0 : last + 1;
    pending_.assign(bytes.substr(whole));
    pending_offset_ = offset + whole;
    if (whole == 0) return absl::OkStatus();
    const ByteView lines = bytes.substr(0, whole);
    return HandOn(offset, CountNewlines(lines), lines);
  }

  // Hands on the line that had no end yet.
  absl::Status EndLine() {
    if (pending_.empty() || enough_) return absl::OkStatus();
    const ByteBuffer line = std::move(pending_);
    pending_.clear();
    return HandOn(pending_offset_, 1, line);
  }

  // Whole lines, of which those that are not selected are left out.
  absl::Status HandOn(uint64_t offset, uint64_t lines, ByteView bytes) {
    const uint64_t number = line_;
    line_ += lines;
    uint64_t skip = 0;
    if (number < options_.selection.first) {
      skip = std::min(options_.selection.first - number, lines);
      const size_t size = std::min(SizeOfLines(bytes, skip), bytes.size());
      bytes.remove_prefix(size);
      offset += size;
      lines -= skip;
    }
    const uint64_t first = number + skip;
    const uint64_t wanted = std::min(lines, end_ > first ? end_ - first : 0);
    if (wanted < lines) bytes = bytes.substr(0, SizeOfLines(bytes, wanted));
    if (wanted == 0) return absl::OkStatus();
    stats_->lines_handed_on += wanted;
    stats_->bytes_handed_on += bytes.size();
    return Note(consumer_->Lines(first, offset, bytes));
  }

  absl::Status WalkTimes(size_t i) {
    const archive::BlockInfo& block = archive_->blocks()[i];
    archive::LineSelection selection = options_.selection;
    selection.first = std::max(selection.first, block.first_line);
    selection.end = std::min(end_, block.first_line + block.lines);
    if (!cache_) cache_.emplace(archive_, 1, nullptr);
    archive::LineCursor cursor(&*cache_, selection);
    archive::Line line;
    ++stats_->blocks;
    stats_->lines += block.lines;
    stats_->bytes += block.raw_size;
    while (!enough_) {
      LOGPRESS_ASSIGN_OR_RETURN(const bool any, cursor.Next(&line));
      if (!any) break;
      ++stats_->lines_handed_on;
      stats_->bytes_handed_on += line.bytes.size();
      LOGPRESS_RETURN_IF_ERROR(Note(consumer_->Lines(line.number, line.offset, line.bytes)));
    }
    return absl::OkStatus();
  }

  absl::Status Note(const absl::StatusOr<bool>& more) {
    enough_ = !more.ok() || !*more;
    return more.status();
  }

  archive::IndexReader* const archive_;
  const Plan plan_;
  const CandidateOptions& options_;
  LineConsumer* const consumer_;
  SearchStats* const stats_;
  const uint64_t end_;

  bool enough_ = false;
  uint64_t line_ = 0;   // newlines so far
  ByteBuffer pending_;  // a line without an end yet, which begins at pending_offset_
  uint64_t pending_offset_ = 0;
  std::optional<archive::BlockCache> cache_;

  Vector<std::unique_ptr<BlockSearcher>> searchers_;
  Deque<std::unique_ptr<Job>> jobs_;  // in the order of their blocks
  size_t next_ = 0;                   // the block after the last that was begun
  uint64_t used_ = 0;                 // bytes that they need
  ThreadPool pool_;                   // last: its threads end before what they work on
};

}  // namespace

absl::Status FindCandidates(archive::IndexReader* archive, const Query& query,
                            const CandidateOptions& options, LineConsumer* consumer,
                            SearchStats* stats) {
  return Walk(archive, query, options, consumer, stats).Run();
}

}  // namespace logpress::search
