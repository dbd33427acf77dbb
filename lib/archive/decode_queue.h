// Decodes frames side by side and hands their raw bytes on in the order of the frames.
#ifndef LOGPRESS_ARCHIVE_DECODE_QUEUE_H_
#define LOGPRESS_ARCHIVE_DECODE_QUEUE_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "archive/format.h"
#include "archive/section_walker.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/thread_pool.h"

namespace logpress::archive {

// One thread at a time. Whatever is decoded at once stays within the memory limit together; what
// does not fit beside the others waits for them.
class DecodeQueue {
 public:
  class Job;

  // What comes next in the output: a frame, decoded or (status) not, or a note of damage.
  struct Result {
    const FrameHeader* header = nullptr;  // null: only `damage` is set
    uint64_t offset = 0;                  // of the frame
    absl::Status status;                  // of DecodeFrame
    ByteView raw;
    const Damage* damage = nullptr;
  };
  // Called in order, from within Begin, Decode and Drain, on their caller's thread. What it
  // returns, unless OK, is returned by them, and nothing is to be called after that.
  using Deliver = std::function<absl::Status(const Result&)>;

  // `threads` as in ThreadPool.
  DecodeQueue(int threads, ThreadPool::Executor executor, uint64_t memory_limit,
              block::Dictionary dictionary, Deliver deliver);
  ~DecodeQueue();

  // Makes room for the frame at `offset`, whose need was checked against the limit, and returns a
  // job whose payload is to be filled in. A job that is given back to nobody is dropped.
  absl::Status Begin(const FrameHeader& header, uint64_t offset, std::unique_ptr<Job>* job);
  // Decodes it as the next in order.
  absl::Status Decode(std::unique_ptr<Job> job);
  // Puts a note into the order.
  void Note(Damage damage);
  // Delivers everything that is left.
  absl::Status Drain();

 private:
  struct Item {
    std::unique_ptr<Job> job;  // null: a note
    Damage damage;
  };

  absl::Status DeliverFront();
  bool Fits(uint64_t need) const { return memory_used_ + idle_memory_ + need <= memory_limit_; }

  const uint64_t memory_limit_;
  const block::Dictionary dictionary_;
  const Deliver deliver_;
  Vector<std::unique_ptr<block::BlockDecoder>> decoders_;  // one a worker, made when it first works
  Deque<Item> items_;                                      // in file order
  uint64_t memory_used_ = 0;                               // by items_
  Vector<std::unique_ptr<Job>> idle_;                      // kept for their buffers
  uint64_t idle_memory_ = 0;
  ThreadPool pool_;  // last: its threads end before what they work on
};

class DecodeQueue::Job : public ThreadPool::Task, public InMemory {
 public:
  ByteBuffer payload;
  const FrameHeader& header() const { return header_; }
  uint64_t offset() const { return offset_; }

 private:
  friend class DecodeQueue;
  explicit Job(DecodeQueue* queue) : queue_(queue) {}
  absl::Status Run(size_t worker) override;
  // What its buffers hold while it is idle, in bytes.
  uint64_t capacity() const { return payload.capacity() + raw_.capacity(); }

  DecodeQueue* const queue_;
  FrameHeader header_;
  uint64_t offset_ = 0;
  uint64_t memory_ = 0;  // bytes that it is charged with
  ByteBuffer raw_;
};

}  // namespace logpress::archive

#endif  // LOGPRESS_ARCHIVE_DECODE_QUEUE_H_
