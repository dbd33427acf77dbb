#include "base/memory.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <thread>

namespace logpress {
namespace {

// What a memory takes from and gives back to.
struct Counts {
  int taken = 0;
  int released = 0;
  bool fail = false;

  Memory::Source source() {
    return {[](void* opaque, size_t size) -> void* {
              auto* const counts = static_cast<Counts*>(opaque);
              if (counts->fail) return nullptr;
              ++counts->taken;
              return std::malloc(size);
            },
            [](void* opaque, void* address) {
              ++static_cast<Counts*>(opaque)->released;
              std::free(address);
            },
            this};
  }
};

TEST_CASE("what is given back is handed out again, and goes back to the source at the end") {
  Counts counts;
  {
    Memory memory(counts.source());
    const MemoryScope scope(&memory);
    for (int round = 0; round < 5; ++round) {
      Vector<int> numbers(1000);
      Vector<char> bytes(300'000);
      const Map<int, int> map = {{1, 2}, {3, 4}};
    }
    // A step that all but the largest fit into, and what that takes.
    CHECK(counts.taken == 2);
    CHECK(counts.released == 0);
  }
  CHECK(counts.released == counts.taken);
}

TEST_CASE("every size and alignment has room of its own") {
  struct alignas(64) Line {
    char bytes[64];
  };
  Memory memory;
  const MemoryScope scope(&memory);
  for (size_t size = 1; size < 3'000'000; size += size / 7 + 1) {
    Vector<char> a(size, 'a');
    Vector<char> b(size, 'b');
    Vector<Line> lines(size / sizeof(Line) + 1);
    CHECK(reinterpret_cast<uintptr_t>(a.data()) % Memory::kAlignment == 0);
    CHECK(reinterpret_cast<uintptr_t>(lines.data()) % 64 == 0);
    lines.back().bytes[63] = 'c';
    std::fill(b.begin(), b.end(), 'd');
    CHECK(a.back() == 'a');
  }
}

TEST_CASE("a source without memory is an exception, unless something kept can be given back") {
  Counts counts;
  Memory memory(counts.source());
  const MemoryScope scope(&memory);
  Vector<char> small(100);
  counts.fail = true;
  CHECK_THROWS_AS(Vector<char>(1 << 20), std::bad_alloc);
  CHECK(TryAllocateMemory(1 << 20) == nullptr);
  CHECK_THROWS_AS(AllocateMemory(~size_t{0}), std::bad_alloc);
  counts.fail = false;
  { const Vector<char> large(1 << 20); }
  counts.fail = true;
  const int released = counts.released;
  CHECK_THROWS_AS(Vector<char>(1 << 22), std::bad_alloc);
  CHECK(counts.released == released + 1);
}

TEST_CASE("what is kept goes before the limit is passed, and does not keep it from being used") {
  Counts counts;
  Memory memory(counts.source());
  memory.SetLimit(3 << 20);
  const MemoryScope scope(&memory);
  { const Vector<char> one(2 << 20); }
  CHECK(counts.released == 0);
  { const Vector<char> half(1 << 19); }
  CHECK(counts.released == 0);
  // The half was taken from where the one had been.
  const Vector<char> three(3 << 20);
  CHECK(counts.released == 1);
}

TEST_CASE("a piece goes back to where it came from, on any thread and in any scope") {
  Counts counts;
  Counts others;
  Memory memory(counts.source());
  Memory other(others.source());
  Vector<int> outside(100);
  auto inside = [&] {
    const MemoryScope scope(&memory);
    return Vector<int>(100);
  }();
  CHECK(counts.taken == 1);
  {
    const MemoryScope scope(&other);
    CHECK(CurrentMemory() == &other);
    {
      const MemoryScope none(nullptr);
      CHECK(CurrentMemory() == nullptr);
    }
    CHECK(CurrentMemory() == &other);
    outside = Vector<int>();
    std::thread([&] { inside = Vector<int>(); }).join();
  }
  CHECK(others.taken == 0);
  const MemoryScope scope(&memory);
  const Vector<int> again(100);
  CHECK(counts.taken == 1);
}

TEST_CASE("objects are made in it too") {
  struct Object : InMemory {
    explicit Object(int number) : value(number) {}
    int value;
  };
  struct alignas(64) Aligned : InMemory {
    char bytes[64];
  };
  Counts counts;
  Memory memory(counts.source());
  const MemoryScope scope(&memory);
  CHECK(std::make_unique<Object>(5)->value == 5);
  CHECK(reinterpret_cast<uintptr_t>(std::make_unique<Aligned>().get()) % 64 == 0);
  CHECK(counts.taken == 1);
}

}  // namespace
}  // namespace logpress
