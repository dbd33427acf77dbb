#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "base/thread_pool.h"

namespace logpress {
namespace {

class Count : public ThreadPool::Task {
 public:
  Count(std::atomic<int>* sum, std::vector<std::atomic<int>>* busy) : sum_(sum), busy_(busy) {}
  int clashes = 0;

 private:
  absl::Status Run(size_t worker) override {
    clashes += (*busy_)[worker]++;
    ++*sum_;
    --(*busy_)[worker];
    return absl::OkStatus();
  }

  std::atomic<int>* sum_;
  std::vector<std::atomic<int>>* busy_;
};

// Submits 100 tasks, and returns how many ran by the time that all were waited for.
int RunHundred(ThreadPool::Executor executor) {
  std::atomic<int> sum = 0;
  std::vector<std::atomic<int>> busy(4);
  std::vector<Count> tasks(100, Count(&sum, &busy));
  ThreadPool pool(3, std::move(executor));
  REQUIRE(pool.workers() == 4);
  for (Count& task : tasks) pool.Submit(&task);
  for (Count& task : tasks) {
    pool.Wait(&task);
    CHECK(task.clashes == 0);
  }
  return sum;
}

TEST_CASE("An executor that runs at once, never or on other threads has every task run once") {
  CHECK(RunHundred([](void (*call)(void*), void* argument) {
          call(argument);
          return true;
        }) == 100);
  CHECK(RunHundred([](void (*)(void*), void*) { return false; }) == 100);
  std::vector<std::thread> threads;
  CHECK(RunHundred([&threads](void (*call)(void*), void* argument) {
          threads.emplace_back(call, argument);
          return true;
        }) == 100);
  for (std::thread& thread : threads) thread.join();
}

TEST_CASE("An executor that is busy until the end holds nothing up but the end") {
  std::vector<std::pair<void (*)(void*), void*>> calls;
  std::atomic<int> sum = 0;
  std::vector<std::atomic<int>> busy(4);
  {
    std::vector<Count> tasks(20, Count(&sum, &busy));
    ThreadPool pool(3, [&calls](void (*call)(void*), void* argument) {
      calls.emplace_back(call, argument);
      return true;
    });
    for (Count& task : tasks) pool.Submit(&task);
    for (Count& task : tasks) pool.Wait(&task);
    CHECK(sum == 20);
    CHECK(calls.size() == 3);
    for (const auto& [call, argument] : calls) call(argument);
  }
  CHECK(sum == 20);
}

}  // namespace
}  // namespace logpress
