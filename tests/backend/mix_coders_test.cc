// What codes symbols: each comes back, and what repeats costs next to nothing.
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "backend/mix/number_model.h"
#include "backend/mix/raw_model.h"
#include "backend/mix/sizes.h"
#include "backend/mix/text_model.h"
#include "backend/mix/work.h"
#include "codec/mix/candidates.h"
#include "codec/mix/nibble_model.h"
#include "support/random.h"

namespace logpress::mix {
namespace {

const Sizes kSizes(size_t{1} << 16);

// Encodes with `code` and decodes with it again; the packed bytes.
template <typename Encode, typename Decode>
ByteBuffer Coded(const Encode& encode, const Decode& decode) {
  ByteBuffer packed;
  Encoder encoder(&packed);
  encode(encoder);
  encoder.Finish();
  Decoder decoder(packed);
  decode(decoder);
  return packed;
}

TEST_CASE("nibbles come back, and those that follow from their context cost little") {
  testing::Random random(1);
  std::vector<uint32_t> nibbles;
  for (uint32_t i = 0; i < 4000; ++i)
    nibbles.push_back(i % 100 == 0 ? static_cast<uint32_t>(random.Below(16)) : i * 7 % 16);
  ContextTable table;
  NibbleModel model;
  const auto pass = [&](auto& coder) {
    table.Reset(8);
    model.Reset(&table, {2, 0, {1, 1, 1, 1}, 8});
    for (uint32_t i = 0; i < nibbles.size(); ++i) {
      const std::array<uint64_t, 2> hashes = {ContextHash(1, i % 16), ContextHash(2, 0)};
      REQUIRE(model.Code(coder, hashes, coder.kDecodes ? 0 : nibbles[i], -1, {}, {}) == nibbles[i]);
    }
  };
  CHECK(Coded(pass, pass).size() < 200);
}

TEST_CASE("a byte that was rightly expected costs little without any context") {
  ContextTable table;
  NibbleModel model;
  testing::Random random(2);
  std::string bytes;
  for (int i = 0; i < 3000; ++i) bytes += random.Byte();
  const auto pass = [&](auto& coder) {
    table.Reset(8);
    model.Reset(&table, {1, 1, {1, 1, 1, 1}, 8});
    Counter counter;
    for (const char c : bytes) {
      const auto byte = static_cast<uint8_t>(c);
      std::array<uint64_t, 1> hashes = {1};
      const std::array<Expectation, 1> expected = {Expectation{byte, &counter}};
      // hashes[1] chooses a context of the second map: two are needed.
      std::array<uint64_t, 2> two = {1, 1};
      (void)hashes;
      REQUIRE(model.CodeByte(coder, two, coder.kDecodes ? 0 : byte, expected, {}) == byte);
    }
  };
  CHECK(Coded(pass, pass).size() < bytes.size() / 8);
}

TEST_CASE("any number comes back") {
  std::vector<int64_t> numbers = {0, 1, -1, INT64_MAX, INT64_MIN, INT64_MIN + 1};
  testing::Random random(3);
  for (int i = 0; i < 3000; ++i)
    numbers.push_back(static_cast<int64_t>(random.Next()) >> random.Below(64));
  ContextTable table;
  NumberModel model;
  const auto pass = [&](auto& coder) {
    table.Reset(10);
    model.Reset(&table, kSizes);
    NumberModel::Contexts contexts;
    contexts.fill(5);
    for (const int64_t number : numbers)
      REQUIRE(model.Code(coder, contexts, 3, coder.kDecodes ? 0 : number) == number);
  };
  Coded(pass, pass);
}

TEST_CASE("numbers that follow a context cost little") {
  ContextTable table;
  NumberModel model;
  const auto pass = [&](auto& coder) {
    table.Reset(10);
    model.Reset(&table, kSizes);
    for (int64_t i = 0; i < 2000; ++i) {
      NumberModel::Contexts contexts;
      contexts.fill(static_cast<uint64_t>(i % 5));
      const int64_t number = i % 5 * 1000 - 700;
      REQUIRE(model.Code(coder, contexts, 0, coder.kDecodes ? 0 : number) == number);
    }
  };
  CHECK(Coded(pass, pass).size() < 250);
}

TEST_CASE("strings come back, and one that was expected costs little") {
  testing::Random random(4);
  std::vector<std::string> strings;
  for (int i = 0; i < 300; ++i) {
    std::string string;
    for (uint64_t n = random.Below(40); n > 0; --n)
      string += static_cast<char>(1 + random.Below(random.OneIn(2) ? 255 : 8));
    strings.push_back(string);
  }
  ContextTable table;
  TextModel model;
  const auto pass_with = [&](bool expect) {
    return [&, expect](auto& coder) {
      table.Reset(12);
      model.Reset(&table, kSizes);
      ByteBuffer result;
      for (const std::string& string : strings) {
        TextContext context;
        if (expect) {
          context.expected[0] = string;
          context.expected_count = 1;
        }
        REQUIRE(model.Code(coder, context, coder.kDecodes ? ByteView() : ByteView{string}, 1000,
                           &result));
        REQUIRE(result == string);
      }
    };
  };
  const size_t plain = Coded(pass_with(false), pass_with(false)).size();
  const size_t expected = Coded(pass_with(true), pass_with(true)).size();
  CHECK(expected < plain / 4);
}

TEST_CASE("a string longer than a decoder has room for is refused") {
  ContextTable table;
  TextModel model;
  const std::string string(100, 'x');
  const auto pass = [&](size_t limit, bool fits) {
    return [&, limit, fits](auto& coder) {
      table.Reset(10);
      model.Reset(&table, kSizes);
      ByteBuffer result;
      CHECK(model.Code(coder, TextContext(), coder.kDecodes ? ByteView() : ByteView{string}, limit,
                       &result) == fits);
      CHECK(result.size() <= limit);
    };
  };
  Coded(pass(100, true), pass(100, true));
  Coded(pass(100, true), pass(99, false));
}

TEST_CASE("a match is found by its hash and lost with the first wrong byte") {
  MatchFinder finder;
  finder.Reset(8);
  CHECK(finder.Find(77ull << 56) == 0);
  finder.Insert(77ull << 56, 1234);
  CHECK(finder.Find(77ull << 56) == 1234);
  finder.Start(1234, 5);
  finder.Advance(true);
  CHECK(finder.length() == 6);
  CHECK(finder.place() == 1235);
  finder.Advance(false);
  CHECK(finder.length() == 0);
  for (uint32_t length = 0; length < 2001; ++length) {
    finder.Start(1, length);
    REQUIRE(finder.Step() < 32);
  }
}

TEST_CASE("raw bytes come back, and a repetition costs little") {
  testing::Random random(5);
  std::string bytes;
  for (int i = 0; i < 2000; ++i) bytes += random.Byte();
  const size_t once_size = bytes.size();
  bytes += bytes;
  ByteBuffer packed;
  Encoder encoder(&packed);
  RawModel(kSizes).Code(encoder, bytes, bytes.size(), nullptr);
  encoder.Finish();
  Decoder decoder(packed);
  ByteBuffer back = "in front";
  RawModel(kSizes).Code(decoder, {}, bytes.size(), &back);
  CHECK(back == "in front" + bytes);
  CHECK(packed.size() < once_size + once_size / 5);
}

TEST_CASE("what followed a context is expected again, the last two of it") {
  Expected entry;
  entry.Update(7);
  entry.Update(7);
  CHECK(entry.first == 7);
  entry.Update(8);
  CHECK(entry.first == 8);
  CHECK(entry.second == 7);
  entry.Update(7);
  CHECK(entry.first == 7);
  CHECK(entry.second == 8);
}

TEST_CASE("a table of expectations keeps a context apart from strangers") {
  ExpectedTable table;
  table.Reset(8);
  table.Find(0x1234500000abcd)->Update(9);
  CHECK(table.Find(0x1234500000abcd)->first == 9);
  CHECK(table.Find(0x1234500000abce)->first == kNoValue);
}

CandidateQuery QueryOf(uint32_t first, uint32_t second) {
  CandidateQuery query;
  query.value.fill(kNoValue);
  query.confidence.fill(0);
  query.contexts.fill(1);
  query.value[0] = first;
  query.value[1] = second;
  query.limit = 8;
  return query;
}

TEST_CASE("a candidate that is right is found, and costs little when its source always is") {
  FlagTable flags;
  CandidateModel model;
  const auto pass = [&](auto& coder) {
    flags.Reset(8);
    model.Reset(&flags, 2, 4, kSizes.flag_context_bits);
    for (uint32_t i = 0; i < 2000; ++i) {
      const CandidateQuery query = QueryOf(i * 17 % 100, 200 + i % 10);
      const uint32_t actual = query.value[0];
      const CandidateModel::Answer answer = model.Code(coder, query, actual);
      REQUIRE(answer.value == actual);
      model.Learn(query, actual);
    }
  };
  CHECK(Coded(pass, pass).size() < 100);
}

TEST_CASE("what nobody expects is told apart from every candidate") {
  FlagTable flags;
  CandidateModel model;
  testing::Random choice(6);
  std::vector<uint32_t> actual;
  actual.reserve(1000);
  for (int i = 0; i < 1000; ++i) actual.push_back(static_cast<uint32_t>(choice.Below(4)));
  const auto pass = [&](auto& coder) {
    flags.Reset(8);
    model.Reset(&flags, 2, 4, kSizes.flag_context_bits);
    for (const uint32_t value : actual) {
      const CandidateQuery query = QueryOf(0, 1);
      const CandidateModel::Answer answer = model.Code(coder, query, value);
      if (value < 2) {
        REQUIRE(answer.value == value);
      } else {
        REQUIRE(answer.value == kNoValue);
        REQUIRE(model.tried().size() == 2);
      }
      model.Learn(query, value);
    }
  };
  Coded(pass, pass);
}

TEST_CASE("a symbol that no source knows costs nothing to ask for") {
  FlagTable flags;
  CandidateModel model;
  const auto pass = [&](auto& coder) {
    flags.Reset(8);
    model.Reset(&flags, 2, 4, kSizes.flag_context_bits);
    for (int i = 0; i < 1000; ++i)
      REQUIRE(model.Code(coder, QueryOf(kNoValue, kNoValue), 5).value == kNoValue);
  };
  CHECK(Coded(pass, pass).empty());
}

}  // namespace
}  // namespace logpress::mix
