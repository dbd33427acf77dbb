// A fixed number of worker threads and a bounded queue of tasks before them.
//
// One thread submits tasks and waits for them, in any order. With one worker everything runs inside
// Submit and no thread is ever made. Threads start when the first tasks need them, so that a short
// job pays for no more than it uses, and are joined by the destructor.
//
// Or the threads are somebody else's: an executor is handed calls that work on the queue. As it may
// be slow, or have no thread free but the one that waits, the submitting thread takes part.
#ifndef LOGPRESS_BASE_THREAD_POOL_H_
#define LOGPRESS_BASE_THREAD_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include "absl/status/status.h"
#include "base/memory.h"

namespace logpress {

class ThreadPool {
 public:
  // A piece of work. Owned by the submitter; must live until Wait() has returned for it or the pool
  // is gone. Can be submitted again after that.
  class Task {
   public:
    virtual ~Task() = default;
    // After Wait(): what Run() returned, or that there was no memory for it.
    const absl::Status& status() const { return status_; }

   private:
    friend class ThreadPool;
    // May throw std::bad_alloc and nothing else. `worker` is below workers(); no two tasks run with
    // the same one at a time, so it may index state that is reused task after task.
    virtual absl::Status Run(size_t worker) = 0;

    absl::Status status_;
    bool done_ = false;  // guarded by the pool's mutex_
  };

  // Has call(argument) called once, on any thread, soon or late; or returns false.
  using Executor = std::function<bool(void (*call)(void*), void* argument)>;

  // `threads` of 0 means one a core; the number is cut to kMaxThreads. With an executor no thread
  // is made: `threads` calls at once are handed to it, and the submitting thread is one more
  // worker. Tasks use the memory that is current here. `no_memory` is the message of those that
  // find none, and outlives the pool.
  explicit ThreadPool(int threads, Executor executor = nullptr,
                      std::string_view no_memory = "out of memory");
  // Drops the tasks that no worker has begun and waits for the others, and for every call that the
  // executor has taken.
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  size_t workers() const { return workers_; }

  // Hands `task` to a worker. Waits while workers() tasks are queued, or works on them.
  void Submit(Task* task);
  // Returns when `task`, which was submitted, has run.
  void Wait(Task* task);

  static constexpr int kMaxThreads = 256;

 private:
  void Work(size_t worker);
  // Starts one more thread if the queued tasks need it. False when there is none at all, because
  // the system gives none.
  bool HaveThread();
  void SubmitToExecutor(Task* task);
  static void Call(void* pool);
  void Run(Task* task, size_t worker);
  // Runs a queued task as `worker`, with `lock` released meanwhile.
  void RunQueued(std::unique_lock<std::mutex>* lock, const Vector<Task*>::iterator& queued,
                 size_t worker);

  const Executor executor_;
  Memory* const memory_;
  const std::string_view no_memory_;
  const size_t workers_;
  std::mutex mutex_;
  std::condition_variable work_;   // a task is queued, or stopping
  std::condition_variable space_;  // the queue became shorter
  std::condition_variable done_;   // a task has run
  Vector<Task*> queue_;            // these three are guarded by mutex_
  size_t idle_ = 0;
  bool stopping_ = false;
  // With an executor, guarded too: workers in no call, and those of calls that have not begun.
  Vector<size_t> free_workers_;
  Vector<size_t> calls_;
  Vector<std::thread> threads_;  // the submitting thread's own
};

}  // namespace logpress

#endif  // LOGPRESS_BASE_THREAD_POOL_H_
