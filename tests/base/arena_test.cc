#include "base/arena.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace logpress {
namespace {

TEST_CASE("pieces of an arena are aligned for their type and do not overlap") {
  Arena arena;
  std::vector<std::span<uint64_t>> words;
  std::vector<std::span<char>> bytes;
  for (uint64_t i = 0; i < 1000; ++i) {
    bytes.push_back(arena.Alloc<char>(i % 7 + 1));
    words.push_back(arena.Alloc<uint64_t>(i % 5 + 1));
    std::fill(bytes.back().begin(), bytes.back().end(), static_cast<char>(i));
    std::fill(words.back().begin(), words.back().end(), i);
  }
  for (uint64_t i = 0; i < 1000; ++i) {
    CHECK(reinterpret_cast<uintptr_t>(words[i].data()) % alignof(uint64_t) == 0);
    for (const char byte : bytes[i]) CHECK(byte == static_cast<char>(i));
    for (const uint64_t word : words[i]) CHECK(word == i);
  }
}

TEST_CASE("after a reset the same work takes no more memory") {
  Arena arena;
  const auto work = [&arena] {
    for (size_t size = 1; size < 4 << 20; size *= 3) arena.Alloc<char>(size);
  };
  work();
  const size_t capacity = arena.capacity();
  REQUIRE(capacity >= 2 << 20);
  for (int block = 0; block < 10; ++block) {
    arena.Reset();
    work();
  }
  CHECK(arena.capacity() == capacity);
}

TEST_CASE("a piece larger than a chunk is one run of memory") {
  Arena arena;
  arena.Alloc<char>(1);
  const std::span<uint32_t> large = arena.Alloc<uint32_t>(5'000'000);
  std::iota(large.begin(), large.end(), 0u);
  CHECK(large.front() == 0);
  CHECK(large.back() == 4'999'999);
}

TEST_CASE("zeroed memory is zero although a block before it was written there") {
  Arena arena;
  for (int& value : arena.Alloc<int>(1000)) value = -1;
  arena.Reset();
  for (const int value : arena.AllocZeroed<int>(1000)) CHECK(value == 0);
}

TEST_CASE("a copy stays when what it was copied from changes") {
  Arena arena;
  std::vector<int> values = {1, 2, 3};
  const std::span<int> copy = arena.Copy(std::span<const int>(values));
  values = {7, 8, 9};
  CHECK(std::vector<int>(copy.begin(), copy.end()) == std::vector<int>{1, 2, 3});
}

TEST_CASE("nothing can be taken from an arena any number of times") {
  Arena arena;
  CHECK(arena.Alloc<uint64_t>(0).empty());
  CHECK(arena.AllocZeroed<uint64_t>(0).empty());
  CHECK(arena.Copy(std::span<const uint64_t>()).empty());
}

}  // namespace
}  // namespace logpress
