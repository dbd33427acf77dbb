#include <catch2/catch.hpp>
#include <cstdint>
#include <random>
#include <set>
#include <span>
#include <vector>

#include "codec/mix/bit_history.h"
#include "codec/mix/context_table.h"
#include "codec/mix/counter.h"

namespace logpress::mix {
namespace {

TEST_CASE("a bit history counts a run and forgets it when it is contradicted") {
  const BitHistory& histories = BitHistoryTable();
  uint8_t state = 0;
  for (int i = 1; i <= 10; ++i) {
    state = histories.Next(state, 1);
    CHECK(histories.At(state).ones == i);
    CHECK(histories.At(state).zeros == 0);
  }
  state = histories.Next(state, 0);
  CHECK(histories.At(state).zeros == 1);
  CHECK(histories.At(state).ones < 10);
  CHECK(histories.At(state).last == 0);
}

TEST_CASE(
    "every history that can arise has seen the bit that led to it, and there are as many as ever") {
  const BitHistory& histories = BitHistoryTable();
  std::set<uint8_t> reached = {0};
  std::vector<uint8_t> open = {0};
  while (!open.empty()) {
    const uint8_t state = open.back();
    open.pop_back();
    for (uint32_t bit = 0; bit < 2; ++bit) {
      const uint8_t next = histories.Next(state, bit);
      REQUIRE(next != 0);
      // The bit that came is among those counted.
      const BitHistory::State& seen = histories.At(next);
      REQUIRE((bit != 0 ? seen.ones : seen.zeros) > 0);
      if (reached.insert(next).second) open.push_back(next);
    }
    const uint32_t prior = histories.PriorOne(state);
    REQUIRE(prior > 0);
    REQUIRE(prior < 65536);
  }
  CHECK(reached.size() == 173);
}

TEST_CASE("a counter approaches the frequency of ones and never leaves its range") {
  Counter counter;
  std::mt19937 random(5);
  for (int i = 0; i < 20000; ++i) counter.Update(random() % 8 == 0, 255);
  CHECK(counter.one > 65536 / 8 - 2500);
  CHECK(counter.one < 65536 / 8 + 2500);
  for (int i = 0; i < 20000; ++i) counter.Update(1, 20);
  CHECK(counter.one > 65000);
  for (int i = 0; i < 20000; ++i) counter.Update(0, 20);
  CHECK(counter.one < 500);
}

TEST_CASE("a counter's first bits move it far and later ones less") {
  Counter counter;
  counter.Update(1, 255);
  const int first = counter.one - 32768;
  const int before = counter.one;
  counter.Update(1, 255);
  CHECK(first > 15000);
  CHECK(counter.one - before < first);
}

TEST_CASE("a history map learns what follows a history") {
  HistoryMap map;
  const uint8_t state = BitHistoryTable().Next(0, 1);
  CHECK(map.One(state) > 32768);
  for (int i = 0; i < 100; ++i) map.Update(state, 0);
  CHECK(map.One(state) < 6000);
}

TEST_CASE("a context finds its line again, and strangers find an empty one") {
  ContextTable table;
  table.Reset(10);
  const uint64_t hash = 0x123456789abcdef0;
  ContextLine* line = table.Find(hash);
  for (const ContextSlot& slot : std::span(line->nodes).subspan(1)) CHECK(slot.count == 0);
  line->nodes[7].Update(BitHistoryTable(), 1, 255);
  CHECK(table.Find(hash) == line);
  CHECK(table.Find(hash)->nodes[7].count == 1);
  CHECK(table.Find(hash ^ 1)->nodes[7].count == 0);
}

TEST_CASE("where contexts meet, the one that was seen less gives way") {
  ContextTable table;
  table.Reset(1);
  const auto touch = [&](uint64_t check, int times) {
    for (int i = 0; i < times; ++i) table.Find(check)->nodes[1].Update(BitHistoryTable(), 1, 255);
  };
  touch(1, 100);
  touch(2, 3);
  touch(3, 1);
  CHECK(table.Find(1)->nodes[1].count == 100);
}

TEST_CASE("lines are where the processor's cache lines are") {
  ContextTable table;
  table.Reset(4);
  for (uint64_t i = 0; i < 16; ++i)
    CHECK(reinterpret_cast<uintptr_t>(table.Find(i << 20 | 5)) % 64 == 0);
}

}  // namespace
}  // namespace logpress::mix
