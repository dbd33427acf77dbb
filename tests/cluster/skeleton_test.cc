#include "cluster/skeleton.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <map>
#include <string>
#include <vector>

#include "base/hash.h"
#include "support/random.h"

namespace logpress::cluster {
namespace {

using text::Grain;
using text::Slice;
using text::Token;

struct Collected {
  explicit Collected(std::string bytes, Grain grain = Grain::kLine) : text(std::move(bytes)) {
    text::SplitRows(text, &rows);
    CollectSkeletons(text, rows, grain, {}, &set);
  }
  std::string Bytes(Slice slice) const { return text.substr(slice.offset, slice.size); }

  std::string text;
  std::vector<Slice> rows;
  SkeletonSet set;
};

// The slow way: a row with every variable token replaced by a mark that does not occur.
std::string SkeletonText(ByteView text, Slice row, Grain grain) {
  std::vector<Token> tokens;
  text::Tokenize(text, row, grain, {}, &tokens);
  std::string skeleton;
  uint32_t at = row.offset;
  for (const Token& token : tokens) {
    if (!token.variable) continue;
    skeleton += text.substr(at, token.slice.offset - at);
    skeleton += "\n<variable>\n";
    at = token.slice.offset + token.slice.size;
  }
  return skeleton.append(text.substr(at, row.offset + row.size - at));
}

TEST_CASE("rows that differ in variable tokens only have one skeleton") {
  const Collected logs("took 5 ms\ntook 18 ms\ntook long\ntook 7 ms\n");
  REQUIRE(logs.set.skeletons.size() == 2);
  CHECK(logs.set.row_skeleton == std::vector<uint32_t>{0, 0, 1, 0});
  CHECK(logs.set.skeletons[0].first_row == 0);
  CHECK(logs.set.skeletons[0].rows == 3);
  CHECK(logs.set.skeletons[1].first_row == 2);
  CHECK(logs.set.skeletons[1].rows == 1);
}

TEST_CASE("one byte of a delimiter or of a constant token makes another skeleton") {
  const Collected logs("a 1 b\na  1 b\na\t1 b\na 1 c\na 1 b \na 1 b\r\na 1 b");
  CHECK(logs.set.skeletons.size() == logs.rows.size());
}

TEST_CASE("a constant token is never taken for a variable one") {
  const Collected logs("state 1\nstate x\n");
  CHECK(logs.set.skeletons.size() == 2);
}

TEST_CASE("the variable tokens of every row are kept in order") {
  const Collected logs("a 1 b 2\nc\nd 3 \"four five\"\n");
  REQUIRE(logs.set.row_values == std::vector<uint32_t>{0, 2, 2});
  std::vector<std::string> values;
  for (const Slice& value : logs.set.values) values.push_back(logs.Bytes(value));
  CHECK(values == std::vector<std::string>{"1", "2", "3", "four five"});
}

TEST_CASE("rows of one shape have the same delimiters") {
  const Collected logs("user ann in\nhost box up\nhost box, up\n");
  REQUIRE(logs.set.skeletons.size() == 3);
  CHECK(logs.set.skeletons[0].shape == logs.set.skeletons[1].shape);
  CHECK(logs.set.skeletons[0].shape != logs.set.skeletons[2].shape);
}

TEST_CASE("a set that is used again forgets the rows before") {
  Collected logs("a 1\nb 2\nc 3\n");
  const std::vector<Slice> row = {{0, 4}};
  CollectSkeletons(logs.text, row, Grain::kLine, {}, &logs.set);
  CHECK(logs.set.skeletons.size() == 1);
  CHECK(logs.set.row_skeleton == std::vector<uint32_t>{0});
  CHECK(logs.set.values.size() == 1);
  CHECK(logs.set.TokensOf(logs.set.skeletons[0]).size() == logs.set.tokens.size());
}

TEST_CASE("rows are grouped as the comparison of all their bytes would") {
  constexpr ByteView kPieces[] = {"a",  "b", " ", " ",  ",", "1",  "22", "\"",
                                  "\"", ":", "-", "\\", "[", "\r", "x9", "\xff"};
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    testing::Random random(seed);
    std::string bytes;
    for (int line = 0; line < 1500; ++line) {
      for (uint64_t n = random.Below(7); n > 0; --n)
        bytes += kPieces[random.Below(std::size(kPieces))];
      bytes += '\n';
    }
    for (const Grain grain : {Grain::kLine, Grain::kValue, Grain::kDigits}) {
      const Collected logs(bytes, grain);
      std::map<std::string, uint32_t> expected;
      std::vector<uint32_t> rows_of;
      for (size_t row = 0; row < logs.rows.size(); ++row) {
        const auto [entry, fresh] = expected.try_emplace(SkeletonText(bytes, logs.rows[row], grain),
                                                         static_cast<uint32_t>(expected.size()));
        if (fresh) rows_of.push_back(0);
        ++rows_of[entry->second];
        INFO("seed " << seed << ", grain " << static_cast<int>(grain) << ", row " << row);
        REQUIRE(logs.set.row_skeleton[row] == entry->second);
      }
      REQUIRE(logs.set.skeletons.size() == expected.size());
      for (size_t i = 0; i < rows_of.size(); ++i) REQUIRE(logs.set.skeletons[i].rows == rows_of[i]);
    }
  }
}

// Sixteen bytes of punctuation, other than `run`, with the hash of `run`. The second word of a run
// can undo whatever the first did to the hash, so that one has only to look for a word that
// consists of punctuation again.
std::string SameHash(const std::string& run, uint64_t seed) {
  const uint64_t wanted = HashBytes(run.data(), 16, seed);
  constexpr ByteView kPunctuation = "!#$%&()*,./:;<=>?@[]^_`{|}~";
  const auto is_punctuation = [](ByteView bytes) {
    for (const char c : bytes) {
      if (static_cast<uint8_t>(c) >= 128 || std::isalnum(c) != 0 || c == '\n' || c == '"' ||
          c == '-' || c == '+')
        return false;
    }
    return true;
  };
  // HashMix adds its value to what this makes of its seed, so that two seeds with values whose sums
  // are equal have one result.
  const auto first_half = [](uint64_t h) {
    const uint64_t x = (h ^ 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
    return x ^ (x >> 32);
  };
  const uint64_t after_first = HashMix(seed, LoadWord(run.data()));
  const uint64_t sum = first_half(after_first) + LoadWord(run.data() + 8);
  testing::Random random(1);
  for (int tries = 0; tries < 10'000'000; ++tries) {
    std::string other;
    for (int i = 0; i < 8; ++i) other += kPunctuation[random.Below(kPunctuation.size())];
    const uint64_t word = sum - first_half(HashMix(seed, LoadWord(other.data())));
    for (int i = 0; i < 8; ++i) other += static_cast<char>(word >> (8 * i));
    const ByteView second(other.data() + 8, 8);
    if (is_punctuation(second) && other != run && HashBytes(other.data(), 16, seed) == wanted)
      return other;
  }
  return "";
}

TEST_CASE("rows with the same hash and different bytes have different skeletons") {
  const std::string run = "[=:]{}<>,;.;..:]";
  const std::string other = SameHash(run, 77);
  REQUIRE(other.size() == 16);
  const std::string text = run + other + run;
  const std::vector<Slice> rows = {{0, 16}, {16, 16}, {32, 16}};
  SkeletonSet set;
  CollectSkeletons(text, rows, Grain::kValue, {}, &set);
  // If this fails the hash of a row has changed, and the pair above must be made for the new one.
  REQUIRE(set.skeletons[0].shape == set.skeletons[set.row_skeleton[1]].shape);
  CHECK(set.row_skeleton == std::vector<uint32_t>{0, 1, 0});
}

}  // namespace
}  // namespace logpress::cluster
