#include "archive/block_cache.h"

#include <algorithm>
#include <utility>

#include "archive/frame_decoder.h"
#include "base/status.h"

namespace logpress::archive {
namespace {

// Blocks that are kept beside those that are decoded ahead: a reader of single lines goes to and
// fro between neighbours.
constexpr size_t kKept = 2;

}  // namespace

// A block that is being decoded, or that was.
class BlockCache::Job : public ThreadPool::Task, public InMemory {
 public:
  Job(BlockCache* cache, size_t block, uint64_t max_lines)
      : cache_(cache),
        block_(block),
        max_lines_(max_lines),
        decoded_(std::allocate_shared<Block>(Allocator<Block>())) {}

  absl::Status Read() {
    return cache_->index_->ReadFrame(block_, &header_, &payload_, &decoded_->places);
  }

  // Returns when it was decoded.
  absl::Status Wait() {
    if (!waited_) {
      cache_->pool_.Wait(this);
      payload_ = ByteBuffer();
      waited_ = true;
    }
    return status();
  }

  size_t block() const { return block_; }
  uint64_t max_lines() const { return max_lines_; }
  const std::shared_ptr<Block>& decoded() const { return decoded_; }
  // Whether to drop it would neither wait for anything nor take it from somebody.
  bool idle() const { return waited_ && decoded_.use_count() == 1; }
  uint64_t memory() const { return waited_ ? decoded_->raw.capacity() : header_.memory_need(); }

 private:
  absl::Status Run(size_t worker) override {
    std::unique_ptr<block::BlockDecoder>& decoder = cache_->decoders_[worker];
    if (decoder == nullptr)
      decoder = std::make_unique<block::BlockDecoder>(cache_->index_->dictionary());
    return DecodeFrame(header_, cache_->index_->blocks()[block_].offset, payload_,
                       cache_->index_->memory_limit(), decoder.get(), &decoded_->raw, max_lines_);
  }

  BlockCache* const cache_;
  const size_t block_;
  const uint64_t max_lines_;
  FrameHeader header_;
  ByteBuffer payload_;
  std::shared_ptr<Block> decoded_;
  bool waited_ = false;
};

BlockCache::BlockCache(IndexReader* index, int threads, ThreadPool::Executor executor)
    : index_(index), pool_(threads, std::move(executor), kNoMemoryToDecode) {
  decoders_.resize(pool_.workers());
}

BlockCache::~BlockCache() = default;

BlockCache::Job* BlockCache::Find(size_t i) {
  const auto found =
      std::find_if(jobs_.begin(), jobs_.end(), [i](const auto& job) { return job->block() == i; });
  return found == jobs_.end() ? nullptr : found->get();
}

void BlockCache::Drop(Job* job) {
  static_cast<void>(job->Wait());
  jobs_.erase(std::find_if(jobs_.begin(), jobs_.end(),
                           [job](const auto& each) { return each.get() == job; }));
}

uint64_t BlockCache::Used() const {
  uint64_t used = 0;
  for (const auto& job : jobs_) used += job->memory();
  return used;
}

// Drops blocks, those first that nobody asked for the longest time, until one that takes `need`
// fits. What is `wanted` always does, if need be alone; for another only what is idle goes.
bool BlockCache::MakeRoom(uint64_t need, bool wanted) {
  while (!jobs_.empty() &&
         (jobs_.size() >= kKept + ahead() || Used() + need > index_->memory_limit())) {
    if (!wanted && !jobs_.front()->idle()) return false;
    Drop(jobs_.front().get());
  }
  return true;
}

absl::StatusOr<BlockCache::Job*> BlockCache::Begin(size_t i, uint64_t max_lines, bool wanted) {
  auto job = std::make_unique<Job>(this, i, max_lines);
  LOGPRESS_RETURN_IF_ERROR(job->Read());
  if (!MakeRoom(job->memory(), wanted)) return nullptr;
  jobs_.push_back(std::move(job));
  pool_.Submit(jobs_.back().get());
  return jobs_.back().get();
}

absl::StatusOr<std::shared_ptr<const BlockCache::Block>> BlockCache::Get(size_t i,
                                                                         uint64_t max_lines) {
  Job* job = Find(i);
  if (job != nullptr && job->max_lines() < max_lines) {
    // Who comes back for more gets all, so that it is twice at most.
    Drop(job);
    job = nullptr;
    max_lines = kAllLines;
  }
  if (job == nullptr) {
    LOGPRESS_ASSIGN_OR_RETURN(job, Begin(i, max_lines, /*wanted=*/true));
  } else {
    // It is the last that was asked for.
    const auto at = std::find_if(jobs_.begin(), jobs_.end(),
                                 [job](const auto& each) { return each.get() == job; });
    std::rotate(at, at + 1, jobs_.end());
  }
  const absl::Status status = job->Wait();
  if (status.ok()) return std::shared_ptr<const Block>(job->decoded());
  Drop(job);
  return status;
}

void BlockCache::Prefetch(size_t i, uint64_t max_lines) {
  if (Find(i) != nullptr) return;
  // What goes wrong here is found again, and told, by Get().
  CatchOutOfMemory("", [&] {
    return Begin(i, max_lines, /*wanted=*/false).status();
  }).IgnoreError();
}

}  // namespace logpress::archive
