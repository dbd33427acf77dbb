#include "base/heap.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "support/random.h"

namespace logpress {
namespace {

constexpr size_t kMiB = size_t{1} << 20;

// malloc, counted.
struct Counted {
  uint64_t requests = 0;
  uint64_t in_use = 0;
  bool fail = false;

  Heap::Source source() {
    return {[](void* opaque, size_t size) -> void* {
              auto* const self = static_cast<Counted*>(opaque);
              if (self->fail) return nullptr;
              ++self->requests;
              ++self->in_use;
              return std::malloc(size);
            },
            [](void* opaque, void* address) {
              --static_cast<Counted*>(opaque)->in_use;
              std::free(address);
            },
            this};
  }
};

struct Piece {
  char* bytes;
  size_t size;
  char mark;
};

// Takes and frees pieces of all sizes and looks after their bytes.
void Stir(Heap* heap, uint64_t seed, int steps) {
  testing::Random random(seed);
  std::vector<Piece> pieces;
  const auto check = [](const Piece& piece) {
    for (const size_t at : {size_t{0}, piece.size / 2, piece.size - 1})
      if (piece.bytes[at] != piece.mark) FAIL("other bytes at " << at << " of " << piece.size);
  };
  for (int step = 0; step < steps; ++step) {
    if (pieces.size() > 300 || (!pieces.empty() && random.Below(5) < 2)) {
      const size_t which = random.Below(pieces.size());
      check(pieces[which]);
      heap->Free(pieces[which].bytes);
      pieces[which] = pieces.back();
      pieces.pop_back();
      if (random.Below(100) == 0) heap->Trim();
      continue;
    }
    const size_t size = 1 + random.Below(size_t{1} << random.Below(22));
    const size_t alignment = Heap::kAlignment << random.Below(4);
    auto* const bytes = static_cast<char*>(heap->Allocate(size, alignment, &pieces));
    REQUIRE(bytes != nullptr);
    REQUIRE(reinterpret_cast<uintptr_t>(bytes) % alignment == 0);
    Heap::PieceHeader header;
    std::memcpy(&header, bytes - sizeof(header), sizeof(header));
    REQUIRE(header.owner == &pieces);
    const Piece piece = {bytes, size, static_cast<char>(random.Below(256))};
    std::memset(bytes, piece.mark, size);
    pieces.push_back(piece);
  }
  for (const Piece& piece : pieces) {
    check(piece);
    heap->Free(piece.bytes);
  }
}

TEST_CASE("pieces of a heap keep their bytes, whatever else is taken and freed") {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Heap pages({});
    Stir(&pages, seed, 3000);
    Counted counted;
    {
      Heap heap(counted.source());
      Stir(&heap, seed, 3000);
      heap.Trim();
      CHECK(heap.held() == 0);
    }
    CHECK(counted.in_use == 0);
  }
}

TEST_CASE("what pieces of one size freed serves those of another") {
  Counted counted;
  Heap heap(counted.source());
  void* const large = heap.Allocate(8 * kMiB, Heap::kAlignment, nullptr);
  heap.Free(large);
  const uint64_t requests = counted.requests;
  std::vector<void*> pieces(127);
  for (void*& piece : pieces) piece = heap.Allocate(64 << 10, Heap::kAlignment, nullptr);
  for (void* const piece : pieces) heap.Free(piece);
  CHECK(heap.Allocate(8 * kMiB, Heap::kAlignment, nullptr) == large);
  CHECK(counted.requests == requests);
  heap.Free(large);
}

TEST_CASE("pages are taken in steps, and join those that were taken before") {
  Heap heap({});
  std::vector<void*> pieces = {heap.Allocate(100, Heap::kAlignment, nullptr)};
  CHECK(heap.held() == 2 * kMiB);
  while (heap.held() < 64 * kMiB)
    pieces.push_back(heap.Allocate(100'000, Heap::kAlignment, nullptr));
  const uint64_t held = heap.held();
  for (void* const piece : pieces) heap.Free(piece);
  // Not all of it: something else may lie between.
  void* const large = heap.Allocate(held / 4, Heap::kAlignment, nullptr);
  CHECK(heap.held() == held);
  heap.Free(large);
}

TEST_CASE("what is free goes back when it is asked for, and the rest stays") {
  Heap heap({});
  void* const first = heap.Allocate(100, Heap::kAlignment, nullptr);
  void* const large = heap.Allocate(40 * kMiB, Heap::kAlignment, nullptr);
  auto* const kept = static_cast<char*>(heap.Allocate(3 * kMiB, Heap::kAlignment, nullptr));
  void* const last = heap.Allocate(20 * kMiB, Heap::kAlignment, nullptr);
  std::memset(large, 1, 40 * kMiB);
  std::memset(kept, 'k', 3 * kMiB);
  heap.Free(large);
  heap.Free(last);
  const uint64_t held = heap.held();
  heap.Trim();
  // The end of what was taken goes, and what lies between is emptied.
  CHECK(heap.held() <= held - 16 * kMiB);
  CHECK(kept[0] == 'k');
  CHECK(kept[3 * kMiB - 1] == 'k');
  auto* const again = static_cast<char*>(heap.Allocate(10 * kMiB, Heap::kAlignment, nullptr));
  CHECK(again[5 * kMiB] == 0);
  heap.Free(again);
  heap.Free(kept);
  heap.Free(first);
  heap.Trim();
  CHECK(heap.held() == 0);
}

TEST_CASE("a source that has no more leaves a heap as it was") {
  Counted counted;
  Heap heap(counted.source());
  void* const piece = heap.Allocate(1000, Heap::kAlignment, nullptr);
  counted.fail = true;
  CHECK(heap.Allocate(kMiB, Heap::kAlignment, nullptr) == nullptr);
  CHECK(heap.Allocate(~size_t{0} - 64, Heap::kAlignment, nullptr) == nullptr);
  void* const small = heap.Allocate(1000, Heap::kAlignment, nullptr);
  CHECK(small != nullptr);
  heap.Free(piece);
  heap.Free(small);
  // More than any address space has.
  Heap pages({});
  CHECK(pages.Allocate(size_t{1} << 46, Heap::kAlignment, nullptr) == nullptr);
}

}  // namespace
}  // namespace logpress
