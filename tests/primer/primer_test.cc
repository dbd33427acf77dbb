#include "primer/primer.h"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "base/checksum.h"
#include "base/memory.h"
#include "primer/block.h"
#include "primer/train.h"
#include "support/log_generator.h"
#include "support/random.h"
#include "support/ugly_inputs.h"

namespace logpress::primer {
namespace {

// Lines of a server: three statements, of which each has something that changes.
std::string ServerLog(int lines, int first) {
  std::string log;
  for (int i = first; i < first + lines; ++i) {
    const unsigned noise = static_cast<unsigned>(i) * 2654435761u;
    char line[200];
    const std::string time =
        "2024-05-17 12:" + std::to_string(10 + i / 60 % 50) + ":" + std::to_string(10 + i % 50);
    if (noise % 3 == 0) {
      std::snprintf(line, sizeof(line), "%s INFO worker-%u request %d took %u us from 10.0.%u.%u\n",
                    time.c_str(), noise % 7, i, noise % 10007, noise % 3, noise / 7 % 250);
    } else if (noise % 3 == 1) {
      std::snprintf(line, sizeof(line), "%s WARN queue of session-%08x is %u%% full, epoch 34\n",
                    time.c_str(), noise, noise % 100);
    } else {
      std::snprintf(line, sizeof(line), "%s INFO user \"u%u\" GET /shop/item%u/view?page=%d\n",
                    time.c_str(), noise % 40, noise / 11 % 300, i % 5);
    }
    log += line;
  }
  return log;
}

ByteBuffer Trained(ByteView samples) {
  ByteBuffer file;
  REQUIRE(Train(samples, 1 << 20, &file).ok());
  return file;
}

std::unique_ptr<Primer> Loaded(ByteView file) {
  auto primer = Primer::Load(file);
  REQUIRE(primer.ok());
  return *std::move(primer);
}

// What `raw` becomes; it has come back.
Coded RoundTrip(const Primer& primer, RowEncoder* encoder, RowDecoder* decoder, ByteView raw) {
  Coded coded;
  encoder->Encode(raw, &coded);
  ByteBuffer back;
  INFO("a block of " << raw.size() << " bytes with the dictionary " << primer.id());
  REQUIRE(decoder->Decode(coded.rows, coded.loose, coded.text, raw.size(), &back).ok());
  REQUIRE(ByteView(back) == raw);
  return coded;
}

TEST_CASE("Rows that a dictionary knows take a few bytes, and new values are told where they are") {
  const auto primer = Loaded(Trained(ServerLog(4000, 0)));
  RowEncoder encoder(*primer);
  RowDecoder decoder(*primer);
  const std::string block = ServerLog(60, 9000);
  const Coded coded = RoundTrip(*primer, &encoder, &decoder, block);
  CHECK(coded.loose.empty());
  CHECK(coded.rows.size() * 12 < block.size());
  // Alone, as the first block was: nothing is left of the blocks between.
  RoundTrip(*primer, &encoder, &decoder, ServerLog(500, 20000));
  CHECK(RoundTrip(*primer, &encoder, &decoder, block).rows == coded.rows);
}

TEST_CASE("What was the same in all samples may become another") {
  const auto primer = Loaded(Trained(ServerLog(4000, 0)));
  RowEncoder encoder(*primer);
  RowDecoder decoder(*primer);
  std::string block = ServerLog(200, 9000);
  const size_t before = RoundTrip(*primer, &encoder, &decoder, block).rows.size();
  for (size_t at = 0; (at = block.find("epoch 34", at)) != std::string::npos; ++at)
    block.replace(at, 8, "epoch 35");
  const Coded coded = RoundTrip(*primer, &encoder, &decoder, block);
  CHECK(coded.loose.empty());
  CHECK(coded.rows.size() < before + 16);
}

TEST_CASE("Whatever a block holds comes back, with whatever dictionary") {
  const std::string server = ServerLog(2000, 0);
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    ByteBuffer file;
    const std::string samples = testing::GenerateLog(seed, 60'000);
    if (!Train(samples, 1 << 20, &file).ok()) continue;
    const auto primer = Loaded(file);
    RowEncoder encoder(*primer);
    RowDecoder decoder(*primer);
    RoundTrip(*primer, &encoder, &decoder, samples);
    RoundTrip(*primer, &encoder, &decoder, server);
    RoundTrip(*primer, &encoder, &decoder, testing::GenerateLog(seed + 100, 20'000) + "x");
    for (size_t size : {1, 7, 100, 3000})
      RoundTrip(*primer, &encoder, &decoder, ByteView(samples).substr(seed, size));
  }
  const auto primer = Loaded(Trained(server));
  RowEncoder encoder(*primer);
  RowDecoder decoder(*primer);
  for (const testing::UglyInput& input : testing::UglyInputs()) {
    INFO(input.name);
    if (!input.bytes.empty()) RoundTrip(*primer, &encoder, &decoder, input.bytes);
  }
}

TEST_CASE("Training depends on its arguments alone, and keeps to its size") {
  const std::string samples = ServerLog(20000, 0);
  const ByteBuffer file = Trained(samples);
  CHECK(Trained(samples) == file);
  ByteBuffer small;
  REQUIRE(Train(samples, 4000, &small).ok());
  CHECK(small.size() <= 4000);
  CHECK(Loaded(small)->id() != Loaded(file)->id());
  ByteBuffer none;
  CHECK(absl::IsInvalidArgument(Train(samples, 10, &none)));
  CHECK(absl::IsInvalidArgument(Train("", 1 << 20, &none)));
  CHECK(absl::IsInvalidArgument(Train("no\nlines\nof one\nlog at all\n", 1 << 20, &none)));
  CHECK(none.empty());
}

TEST_CASE("A dictionary holds no more of the samples than pays") {
  // What is new in each line is noise, and there is nothing more to learn.
  const std::string samples = ServerLog(20000, 0);
  const auto primer = Loaded(Trained(samples));
  CHECK(primer->text_size() * 2 <= samples.size());
  CHECK(primer->text_size() * 20 >= samples.size());
  // Of few lines all are worth it.
  const std::string few = ServerLog(2000, 0);
  CHECK(Loaded(Trained(few))->text_size() == few.size());
}

TEST_CASE("A damaged dictionary is refused by its id") {
  const ByteBuffer file = Trained(ServerLog(300, 0));
  for (size_t at = 0; at < file.size(); at += 7) {
    ByteBuffer bad = file;
    bad[at] = static_cast<char>(bad[at] ^ 0x20);
    CHECK_FALSE(Primer::Load(bad).ok());
  }
  for (size_t size = 0; size < file.size(); size += 11)
    CHECK_FALSE(Primer::Load(ByteView(file).substr(0, size)).ok());
  CHECK(absl::IsInvalidArgument(Primer::Load("something else").status()));
  ByteBuffer newer = file;
  newer[4] = 1;
  CHECK(absl::IsUnimplemented(Primer::Load(newer).status()));
}

TEST_CASE("A dictionary that somebody made up with a right id is refused or works") {
  constexpr size_t kIdAt = 5;
  constexpr size_t kBody = kIdAt + sizeof(uint64_t);
  const ByteBuffer file = Trained(ServerLog(300, 0));
  const std::string block = ServerLog(20, 500);
  testing::Random random(1);
  int loaded = 0;
  for (int i = 0; i < 3000; ++i) {
    ByteBuffer bad = file;
    for (uint64_t n = 1 + random.Below(3); n > 0; --n)
      bad[kBody + random.Below(bad.size() - kBody)] = static_cast<char>(random.Below(256));
    ByteBuffer id;
    PutFixed64(&id, Checksum64(ByteView(bad).substr(kBody)));
    bad.replace(kIdAt, id.size(), id);
    auto primer = Primer::Load(bad);
    if (!primer.ok()) continue;
    ++loaded;
    RowEncoder encoder(**primer);
    RowDecoder decoder(**primer);
    RoundTrip(**primer, &encoder, &decoder, block);
  }
  CHECK(loaded > 0);
}

TEST_CASE("Damaged rows are an error or other bytes, and never more than were promised") {
  const auto primer = Loaded(Trained(ServerLog(2000, 0)));
  RowEncoder encoder(*primer);
  RowDecoder decoder(*primer);
  const std::string block = ServerLog(100, 5000) + "a line of its own\n";
  Coded coded;
  encoder.Encode(block, &coded);
  testing::Random random(2);
  for (int i = 0; i < 2000; ++i) {
    ByteBuffer rows = coded.rows;
    rows[random.Below(rows.size())] = static_cast<char>(random.Below(256));
    if (i % 3 == 0) rows.resize(random.Below(rows.size()));
    ByteBuffer back;
    const absl::Status status = decoder.Decode(rows, coded.loose, coded.text, block.size(), &back);
    if (status.ok()) CHECK(back.size() == block.size());
  }
}

}  // namespace
}  // namespace logpress::primer
