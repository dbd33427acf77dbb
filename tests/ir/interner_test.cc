#include "ir/interner.h"

#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/random.h"

namespace logpress::ir {
namespace {

using text::Slice;

TEST_CASE("every distinct value has a number, in order of first occurrence") {
  // Columns of any size one after the other: the table grows, shrinks and forgets.
  Interner interner;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    testing::Random random(seed);
    const uint64_t letters = 1 + random.Below(6);
    std::string text;
    std::vector<Slice> slices;
    for (uint64_t n = random.Skewed(14); n > 0; --n) {
      const uint64_t size = random.Below(12);
      slices.push_back({static_cast<uint32_t>(text.size()), static_cast<uint32_t>(size)});
      for (uint64_t i = 0; i < size; ++i) text += static_cast<char>(random.Below(letters));
    }
    interner.Reset(text);
    std::map<std::string, uint32_t> expected;
    for (const Slice& slice : slices) {
      const auto entry = expected.try_emplace(text.substr(slice.offset, slice.size),
                                              static_cast<uint32_t>(expected.size()));
      INFO("seed " << seed << ", value at " << slice.offset);
      REQUIRE(interner.Intern(slice) == entry.first->second);
    }
    REQUIRE(interner.values().size() == expected.size());
    for (uint32_t id = 0; id < interner.values().size(); ++id) {
      const Slice value = interner.values()[id];
      REQUIRE(expected.at(text.substr(value.offset, value.size)) == id);
    }
  }
}

TEST_CASE("what a column had last changes the number of no value") {
  testing::Random random(3);
  std::string text;
  std::vector<Slice> slices;
  for (uint64_t run = 0; run < 400; ++run) {
    // Runs of a value, short and long ones, and one that is the same but for its end.
    std::string value(1 + random.Below(30), static_cast<char>('a' + random.Below(3)));
    for (uint64_t n = random.Skewed(7); n > 0; --n) {
      if (random.Below(40) == 0) value.back() = static_cast<char>('x' + random.Below(2));
      slices.push_back({static_cast<uint32_t>(text.size()), static_cast<uint32_t>(value.size())});
      text += value;
    }
  }
  Interner alone;
  Interner of_column;
  alone.Reset(text);
  of_column.Reset(text);
  Interner::Last last;
  bool trusted = false;
  for (const Slice& slice : slices) {
    trusted |= last.Trusted();
    INFO("value at " << slice.offset);
    REQUIRE(of_column.Intern(slice, &last) == alone.Intern(slice));
  }
  CHECK(trusted);
  CHECK(of_column.values().size() == alone.values().size());
}

TEST_CASE("values that differ only in zero bytes at their ends are different") {
  const std::string text(6, '\0');
  Interner interner;
  interner.Reset(text);
  for (uint32_t size = 0; size <= 6; ++size) CHECK(interner.Intern({0, size}) == size);
}

TEST_CASE("many thousand values keep their numbers although their hashes of 32 bits meet") {
  std::string text;
  std::vector<Slice> slices;
  for (uint32_t i = 0; i < 200'000; ++i) {
    const std::string value = std::to_string(i);
    slices.push_back({static_cast<uint32_t>(text.size()), static_cast<uint32_t>(value.size())});
    text += value;
  }
  Interner interner;
  interner.Reset(text);
  for (const int round : {0, 1}) {
    for (uint32_t i = 0; i < slices.size(); ++i) {
      INFO("round " << round);
      if (interner.Intern(slices[i]) != i) FAIL("value " << i << " has another number");
    }
  }
}

}  // namespace
}  // namespace logpress::ir
