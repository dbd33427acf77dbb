#include "archive/decode_queue.h"

#include <algorithm>
#include <utility>

#include "archive/frame_decoder.h"
#include "base/status.h"

namespace logpress::archive {

absl::Status DecodeQueue::Job::Run(size_t worker) {
  std::unique_ptr<block::BlockDecoder>& decoder = queue_->decoders_[worker];
  if (decoder == nullptr) decoder = std::make_unique<block::BlockDecoder>(queue_->dictionary_);
  return DecodeFrame(header_, offset_, payload, queue_->memory_limit_, decoder.get(), &raw_);
}

DecodeQueue::DecodeQueue(int threads, ThreadPool::Executor executor, uint64_t memory_limit,
                         block::Dictionary dictionary, Deliver deliver)
    : memory_limit_(memory_limit),
      dictionary_(std::move(dictionary)),
      deliver_(std::move(deliver)),
      pool_(threads, std::move(executor), kNoMemoryToDecode) {
  decoders_.resize(pool_.workers());
}

DecodeQueue::~DecodeQueue() = default;

absl::Status DecodeQueue::Begin(const FrameHeader& header, uint64_t offset,
                                std::unique_ptr<Job>* job) {
  const uint64_t need = header.memory_need();
  // One job more than workers, so that none waits while the front block is delivered.
  while (items_.size() > pool_.workers()) LOGPRESS_RETURN_IF_ERROR(DeliverFront());
  while (!Fits(need) && (!idle_.empty() || !items_.empty())) {
    if (idle_.empty()) {
      LOGPRESS_RETURN_IF_ERROR(DeliverFront());
    } else {
      idle_memory_ -= idle_.back()->capacity();
      idle_.pop_back();
    }
  }
  if (idle_.empty()) {
    job->reset(new Job(this));
  } else {
    *job = std::move(idle_.back());
    idle_.pop_back();
    idle_memory_ -= (*job)->capacity();
  }
  (*job)->header_ = header;
  (*job)->offset_ = offset;
  return absl::OkStatus();
}

absl::Status DecodeQueue::Decode(std::unique_ptr<Job> job) {
  job->memory_ = std::max(job->header_.memory_need(), job->capacity() + job->header_.decode_memory);
  memory_used_ += job->memory_;
  items_.push_back({std::move(job), {}});
  pool_.Submit(items_.back().job.get());
  // With nobody else to wait for, a block that came through a slow pipe is not held back.
  return pool_.workers() == 1 ? Drain() : absl::OkStatus();
}

void DecodeQueue::Note(Damage damage) { items_.push_back({nullptr, std::move(damage)}); }

absl::Status DecodeQueue::Drain() {
  while (!items_.empty()) LOGPRESS_RETURN_IF_ERROR(DeliverFront());
  return absl::OkStatus();
}

absl::Status DecodeQueue::DeliverFront() {
  Item item = std::move(items_.front());
  items_.pop_front();
  Result result;
  if (item.job == nullptr) {
    result.damage = &item.damage;
    return deliver_(result);
  }
  const Job& job = *item.job;
  pool_.Wait(item.job.get());
  memory_used_ -= job.memory_;
  result.header = &job.header_;
  result.offset = job.offset_;
  result.status = job.status();
  result.raw = job.raw_;
  LOGPRESS_RETURN_IF_ERROR(deliver_(result));
  idle_memory_ += job.capacity();
  idle_.push_back(std::move(item.job));
  return absl::OkStatus();
}

}  // namespace logpress::archive
