#include "base/thread_pool.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <memory>
#include <new>
#include <thread>

#include "base/memory.h"
#include "base/status.h"

namespace logpress {
namespace {

// Runs a function as a task.
template <typename Function>
class FunctionTask : public ThreadPool::Task {
 public:
  explicit FunctionTask(Function function) : function_(std::move(function)) {}

 private:
  absl::Status Run(size_t worker) override {
    function_(worker);
    return absl::OkStatus();
  }

  Function function_;
};

TEST_CASE("every submitted task has run when Wait returns") {
  const int threads = GENERATE(1, 2, 4);
  ThreadPool pool(threads);
  CHECK(pool.workers() == static_cast<size_t>(threads));
  std::vector<int> results(100);
  std::vector<std::unique_ptr<ThreadPool::Task>> tasks;
  for (int& result : results) {
    auto run = [&result](size_t) { result = 42; };
    tasks.push_back(std::make_unique<FunctionTask<decltype(run)>>(run));
    pool.Submit(tasks.back().get());
  }
  for (size_t i = results.size(); i-- > 0;) {
    pool.Wait(tasks[i].get());
    CHECK(results[i] == 42);
  }
}

TEST_CASE("one worker is the caller's own thread") {
  ThreadPool pool(1);
  std::thread::id ran_on;
  auto run = [&](size_t worker) {
    CHECK(worker == 0);
    ran_on = std::this_thread::get_id();
  };
  FunctionTask task(run);
  pool.Submit(&task);
  CHECK(ran_on == std::this_thread::get_id());
  pool.Wait(&task);
}

TEST_CASE("a task that finds no memory says so, on whichever thread it ran") {
  const int threads = GENERATE(1, 3);
  ThreadPool pool(threads, nullptr, "nothing left");
  auto run = [](size_t) { throw std::bad_alloc(); };
  FunctionTask task(run);
  pool.Submit(&task);
  pool.Wait(&task);
  CHECK(IsOutOfMemory(task.status()));
  CHECK(task.status().message() == "nothing left");
}

TEST_CASE("tasks use the memory that was current where their pool was made") {
  Memory memory;
  Memory* seen = nullptr;
  auto run = [&seen](size_t) { seen = CurrentMemory(); };
  FunctionTask task(run);
  std::unique_ptr<ThreadPool> pool;
  {
    const MemoryScope scope(&memory);
    pool = std::make_unique<ThreadPool>(2);
  }
  pool->Submit(&task);
  pool->Wait(&task);
  CHECK(seen == &memory);
  pool.reset();
}

TEST_CASE("no two tasks share a worker at a time") {
  ThreadPool pool(4);
  std::vector<std::atomic<int>> busy(pool.workers());
  std::atomic<bool> shared = false;
  std::vector<std::unique_ptr<ThreadPool::Task>> tasks;
  for (int i = 0; i < 200; ++i) {
    auto run = [&](size_t worker) {
      if (busy[worker].fetch_add(1) != 0) shared = true;
      std::this_thread::yield();
      busy[worker].fetch_sub(1);
    };
    tasks.push_back(std::make_unique<FunctionTask<decltype(run)>>(run));
    pool.Submit(tasks.back().get());
  }
  for (const auto& task : tasks) pool.Wait(task.get());
  CHECK_FALSE(shared);
}

TEST_CASE("a task can be submitted again") {
  ThreadPool pool(2);
  std::atomic<int> runs = 0;
  FunctionTask task([&](size_t) { ++runs; });
  for (int i = 1; i <= 50; ++i) {
    pool.Submit(&task);
    pool.Wait(&task);
    CHECK(runs == i);
  }
}

TEST_CASE("a pool can go away with tasks still queued") {
  std::atomic<int> runs = 0;
  auto run = [&](size_t) {
    std::this_thread::yield();
    ++runs;
  };
  std::vector<std::unique_ptr<ThreadPool::Task>> tasks;
  {
    ThreadPool pool(3);
    for (int i = 0; i < 20; ++i) {
      tasks.push_back(std::make_unique<FunctionTask<decltype(run)>>(run));
      pool.Submit(tasks.back().get());
    }
  }
  const int at_end = runs;
  // At least those that had to leave the queue for the last to enter it were begun, and so ended.
  CHECK(at_end >= 20 - 3 - 3);
  CHECK(at_end <= 20);
}

TEST_CASE("zero threads means one a core, and there is a limit") {
  CHECK(ThreadPool(0).workers() >= 1);
  CHECK(ThreadPool(1 << 20).workers() == ThreadPool::kMaxThreads);
}

}  // namespace
}  // namespace logpress
