#include "backend/letter_filter.h"

#include <catch2/catch.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "backend/backend.h"
#include "ir/builder.h"
#include "support/random.h"
#include "support/words.h"

namespace logpress::backend {
namespace {

using testing::MadeUpWord;

std::string Capitals(std::string text) {
  for (char& byte : text) byte = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : byte;
  return text;
}

constexpr uint64_t kLargePayload = uint64_t{1} << 20;

TEST_CASE("all that is in a block may be there by its filter, whether capitals or not") {
  testing::Random random(1);
  for (const size_t words : {3, 200, 5000, 40'000}) {
    std::string block;
    for (size_t i = 0; i < words; ++i) {
      std::string word = MadeUpWord(&random, 2 + i % 9);
      if (i % 7 == 0) word = Capitals(word);
      block += word + (i % 5 != 0 ? " " : "\n");
    }
    for (const uint64_t payload : {uint64_t{4096}, uint64_t{100'000}, kLargePayload}) {
      const std::optional<LetterFilter> filter = LetterFilter::Make(block, payload);
      if (!filter) continue;
      CHECK(filter->MayHold(block));
      for (int i = 0; i < 200; ++i) {
        const std::string part = block.substr(random.Below(block.size()), 1 + random.Below(20));
        REQUIRE(filter->MayHold(part));
        REQUIRE(filter->MayHold(Capitals(part)));
      }
    }
  }
}

TEST_CASE("most words that are not in a block are known by its filter not to be there") {
  testing::Random random(2);
  std::string block;
  for (int i = 0; i < 300; ++i) block += MadeUpWord(&random, 8) + ' ';
  // Enough bits for capitals, for small letters, and for some runs of these.
  for (const auto& [payload, least] :
       {std::pair<uint64_t, int>{kLargePayload, 195}, {60'000, 180}, {40'000, 150}}) {
    const std::optional<LetterFilter> filter = LetterFilter::Make(block, payload);
    REQUIRE(filter);
    ByteBuffer bytes;
    filter->Put(&bytes);
    CHECK(bytes.size() <= payload / 256);
    int ended = 0;
    int with_capitals = 0;
    for (int i = 0; i < 200; ++i) {
      const std::string word = MadeUpWord(&random, 9);
      ended += filter->MayHold(word) ? 0 : 1;
      with_capitals += filter->MayHold(Capitals(word)) ? 0 : 1;
    }
    INFO("payload of " << payload << " bytes, " << ended << " of 200");
    CHECK(ended >= least);
    CHECK(with_capitals == (payload == kLargePayload ? ended : 0));
  }
  // What has no run of letters may be anywhere, and so may the words of many logs.
  const std::optional<LetterFilter> filter = LetterFilter::Make(block, kLargePayload);
  for (const char* const any : {"", "1234567", "zq9xj:kv", "Connection refused"})
    CHECK(filter->MayHold(any));
}

TEST_CASE("a filter that says too little for its bytes is not made") {
  testing::Random random(3);
  CHECK(!LetterFilter::Make("some words", 4095));
  CHECK(LetterFilter::Make("some words", 4096));
  std::string noise;
  for (int i = 0; i < 100'000; ++i) noise += MadeUpWord(&random, 8);
  CHECK(!LetterFilter::Make(noise, 16 << 10));
  CHECK(!LetterFilter::Make(noise, kLargePayload));
}

TEST_CASE("a filter reads back as it was put, and no other bytes read as one") {
  const std::optional<LetterFilter> made = LetterFilter::Make("made up: zqxjkv", kLargePayload);
  REQUIRE(made);
  ByteBuffer bytes;
  made->Put(&bytes);
  LetterFilter read;
  ByteReader reader(bytes);
  REQUIRE(LetterFilter::Get(&reader, &read));
  CHECK(reader.empty());
  CHECK(read.MayHold("zqxjkv"));
  CHECK(!read.MayHold("vkjxqz"));
  for (size_t size = 0; size < bytes.size(); ++size) {
    ByteReader cut(ByteView{bytes}.substr(0, size));
    CHECK(!LetterFilter::Get(&cut, &read));
  }
  const auto reads = [](const ByteBuffer& hostile) {
    LetterFilter filter;
    ByteReader bytes_of(hostile);
    if (!LetterFilter::Get(&bytes_of, &filter)) return false;
    // Says anything, and reads no bits that are not there.
    static_cast<void>(filter.MayHold("zqxjkv"));
    return true;
  };
  CHECK(reads({1, 0, 1, 0}));
  CHECK(reads({0, 9, 0}));
  CHECK(!reads({2, 9, 1, 0}));
  ByteBuffer far = {1};
  PutVarint(&far, (uint64_t{1} << 32) + 1);
  CHECK(!reads(far + ByteBuffer{1, 0}));
  ByteBuffer large = {1, 9};
  PutVarint(&large, 456'977);
  CHECK(!reads(large + ByteBuffer(456'977, '\0')));
}

TEST_CASE("a block whose filter lacks some of its letters is damaged") {
  const std::string text = testing::WordyLog(5, 400);
  const bool raw_block = GENERATE(false, true);
  ir::Builder builder;
  const ir::BlockView block = raw_block ? ir::BlockView{text, nullptr} : builder.Build(text);
  const std::unique_ptr<Backend> backend = NewBackend(Id::kMix);
  ByteBuffer payload;
  REQUIRE(backend->Pack(block, 9, &payload).ok());
  CHECK(backend->packed().raw == raw_block);
  const auto render = [&](ByteBuffer* raw) {
    const auto reader = backend->Open(payload, {text.size(), 0});
    REQUIRE(reader.ok());
    REQUIRE((*reader)->letters() != nullptr);
    return (*reader)->Render(raw);
  };
  ByteBuffer raw;
  REQUIRE(render(&raw).ok());
  CHECK(raw == text);
  ByteBuffer filter;
  (*backend->Open(payload, {text.size(), 0}))->letters()->Put(&filter);
  const size_t at = payload.find(filter);
  REQUIRE(at < 100);
  for (size_t i = filter.size() - 8; i < filter.size(); ++i) payload[at + i] = 0;
  raw.clear();
  CHECK(render(&raw).code() == absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace logpress::backend
