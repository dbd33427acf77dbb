#include "base/thread_pool.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/status.h"

namespace logpress {
namespace {

size_t WorkerCount(int threads) {
  if (threads <= 0) threads = static_cast<int>(std::thread::hardware_concurrency());
  return static_cast<size_t>(std::clamp(threads, 1, ThreadPool::kMaxThreads));
}

}  // namespace

ThreadPool::ThreadPool(int threads, Executor executor, std::string_view no_memory)
    : executor_(std::move(executor)),
      memory_(CurrentMemory()),
      no_memory_(no_memory),
      workers_(WorkerCount(threads) + (executor_ ? 1 : 0)) {
  // All that may be needed, so that nothing fails when tasks are on their way.
  queue_.reserve(workers_);
  threads_.reserve(workers_);
  free_workers_.reserve(workers_);
  calls_.reserve(workers_);
  if (!executor_) return;
  // Worker 0 is the submitting thread.
  for (size_t worker = workers_; --worker > 0;) free_workers_.push_back(worker);
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
    stopping_ = true;
  }
  if (executor_) {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return free_workers_.size() + 1 == workers_; });
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool ThreadPool::HaveThread() {
  // Counts are read under the lock by the caller.
  if (queue_.size() > idle_ && threads_.size() < workers_) {
    try {
      threads_.emplace_back(&ThreadPool::Work, this, threads_.size());
    } catch (const std::exception&) {
      // The system has no thread for us, or no memory for one: the ones we have do the work, if
      // any.
    }
  }
  return !threads_.empty();
}

// No exception leaves a worker: there is nobody above it.
void ThreadPool::Run(Task* task, size_t worker) {
  const MemoryScope scope(memory_);
  task->status_ = CatchOutOfMemory(no_memory_, [&] { return task->Run(worker); });
}

void ThreadPool::RunQueued(std::unique_lock<std::mutex>* lock,
                           const Vector<Task*>::iterator& queued, size_t worker) {
  Task* const task = *queued;
  queue_.erase(queued);
  space_.notify_one();
  lock->unlock();
  Run(task, worker);
  lock->lock();
  task->done_ = true;
  done_.notify_all();
}

void ThreadPool::SubmitToExecutor(Task* task) {
  std::unique_lock lock(mutex_);
  while (queue_.size() >= workers_) RunQueued(&lock, queue_.begin(), 0);
  task->done_ = false;
  queue_.push_back(task);
  // Those in a call go on until the queue is empty.
  if (free_workers_.empty()) return;
  const size_t worker = free_workers_.back();
  free_workers_.pop_back();
  calls_.push_back(worker);
  lock.unlock();
  if (executor_(&ThreadPool::Call, this)) return;
  // Wait() will run it.
  lock.lock();
  free_workers_.push_back(calls_.back());
  calls_.pop_back();
}

void ThreadPool::Call(void* pool) {
  auto* const self = static_cast<ThreadPool*>(pool);
  std::unique_lock lock(self->mutex_);
  const size_t worker = self->calls_.back();
  self->calls_.pop_back();
  while (!self->queue_.empty()) self->RunQueued(&lock, self->queue_.begin(), worker);
  self->free_workers_.push_back(worker);
  self->done_.notify_all();
}

void ThreadPool::Submit(Task* task) {
  if (executor_) return SubmitToExecutor(task);
  if (workers_ > 1) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [this] { return queue_.size() < workers_; });
    task->done_ = false;
    queue_.push_back(task);
    if (HaveThread()) {
      work_.notify_one();
      return;
    }
    queue_.pop_back();
  }
  Run(task, 0);
  task->done_ = true;
}

void ThreadPool::Wait(Task* task) {
  std::unique_lock lock(mutex_);
  if (executor_) {
    const auto queued = std::find(queue_.begin(), queue_.end(), task);
    if (queued != queue_.end()) return RunQueued(&lock, queued, 0);
  }
  done_.wait(lock, [task] { return task->done_; });
}

void ThreadPool::Work(size_t worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (stopping_) return;
    RunQueued(&lock, queue_.begin(), worker);
  }
}

}  // namespace logpress
