#include "base/thread_pool.h"

#include <algorithm>
#include <system_error>

namespace logpress {
namespace {

size_t WorkerCount(int threads) {
  if (threads <= 0) threads = static_cast<int>(std::thread::hardware_concurrency());
  return static_cast<size_t>(std::clamp(threads, 1, ThreadPool::kMaxThreads));
}

}  // namespace

ThreadPool::ThreadPool(int threads) : workers_(WorkerCount(threads)) {}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    queue_.clear();
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool ThreadPool::HaveThread() {
  // Counts are read under the lock by the caller.
  if (queue_.size() > idle_ && threads_.size() < workers_) {
    try {
      threads_.emplace_back(&ThreadPool::Work, this, threads_.size());
    } catch (const std::system_error&) {
      // The system has no thread for us: the ones we have do the work, if any.
    }
  }
  return !threads_.empty();
}

void ThreadPool::Submit(Task* task) {
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
  task->Run(0);
  task->done_ = true;
}

void ThreadPool::Wait(Task* task) {
  std::unique_lock lock(mutex_);
  done_.wait(lock, [task] { return task->done_; });
}

void ThreadPool::Work(size_t worker) {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (stopping_) return;
    Task* const task = queue_.front();
    queue_.pop_front();
    space_.notify_one();
    lock.unlock();
    task->Run(worker);
    lock.lock();
    task->done_ = true;
    done_.notify_all();
  }
}

}  // namespace logpress
