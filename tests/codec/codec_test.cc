#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "base/status.h"
#include "codec/decoder.h"
#include "codec/encoder.h"
#include "ir/builder.h"
#include "support/random.h"

namespace logpress::codec {
namespace {

std::string Formatted(const char* format, auto... values) {
  char line[400];
  std::snprintf(line, sizeof(line), format, values...);
  return line;
}

// Logs with every kind of list: text, numbers, times, tables in tables, exceptions.
std::string MixedLog(uint64_t seed, int lines) {
  testing::Random random(seed);
  std::string text;
  int request = 1000;
  for (int i = 0; i < lines; ++i) {
    const auto client = static_cast<int>(random.Skewed(6));
    request += static_cast<int>(random.Below(4));
    switch (random.Below(8)) {
      case 0:
        text += Formatted("exception in %x: \"%d\\n\" \1\2 %c\n", client, request,
                          static_cast<char>(random.Byte() | 1));
        break;
      case 1:
      case 2:
        text +=
            Formatted("2024-03-01 10:%02d:%02d,%03d [w-%d] cache miss for /v%d/item/%d?x=%04x\n",
                      i / 60 % 60, i % 60, client * 7, client % 4, client % 3, client, client);
        break;
      default:
        text +=
            Formatted("2024-03-01 10:%02d:%02d,%03d [w-%d] request %d from 10.0.0.%d took %d us\n",
                      i / 60 % 60, i % 60, client * 7, client % 4, request, client,
                      static_cast<int>(random.Skewed(16)));
    }
  }
  return text;
}

class Coder {
 public:
  // False for text without structure.
  bool Encode(const std::string& text, uint32_t contexts, Streams* streams) {
    const ir::BlockView block = builder_.Build(text);
    if (block.root == nullptr || block.root->kind != ir::Strings::Kind::kTable) return false;
    CodecOptions options;
    options.contexts = contexts;
    encoder_.Encode(block, options, streams);
    return true;
  }
  absl::Status Decode(const Streams& streams, uint64_t size, ByteBuffer* raw) {
    BlockTables tables;
    LOGPRESS_RETURN_IF_ERROR(
        tables.Open(streams.meta, streams.text, streams.lists, size, &models_));
    const size_t groups = tables.groups().groups.size();
    if (groups != streams.row_ends.size()) return absl::DataLossError("groups are missing");
    for (size_t g = 0; g < groups; ++g) {
      LOGPRESS_RETURN_IF_ERROR(tables.DecodeGroup(g, RowsOf(streams, g), kAllLines, &models_, raw));
    }
    return absl::OkStatus();
  }

  static ByteView RowsOf(const Streams& streams, size_t group) {
    const size_t begin = group == 0 ? 0 : streams.row_ends[group - 1];
    const ByteView rows = streams.rows;
    return rows.substr(std::min(begin, rows.size()), streams.row_ends[group] - begin);
  }

 private:
  ir::Builder builder_;
  Encoder encoder_;
  Models models_;
};

TEST_CASE("a block comes back from its streams, with any number of contexts") {
  Coder coder;
  Streams streams;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const std::string text = MixedLog(seed, static_cast<int>(20 << seed % 6));
    for (const uint32_t contexts : {0u, 1u, 2u, 3u, 6u, kMixedContexts}) {
      INFO("seed " << seed << ", contexts " << contexts);
      REQUIRE(coder.Encode(text, contexts, &streams));
      ByteBuffer raw = "before";
      const absl::Status status = coder.Decode(streams, text.size(), &raw);
      INFO(status.ToString());
      REQUIRE(status.ok());
      REQUIRE(raw == "before" + text);
    }
  }
}

TEST_CASE("a block of bytes that the streams must escape comes back") {
  // Escaped, the text is longer than the block.
  testing::Random random(1);
  std::string text;
  for (int line = 0; line < 12; ++line) {
    // As many lines of a template, without which the block would have no structure.
    text += "count " + std::to_string(line) + "\n";
    if (line % 2 == 0) continue;
    for (int i = 0; i < 600; ++i) text += static_cast<char>(random.Below(4));
    text += '\n';
  }
  Coder coder;
  Streams streams;
  REQUIRE(coder.Encode(text, 3, &streams));
  ByteBuffer raw;
  REQUIRE(coder.Decode(streams, text.size(), &raw).ok());
  CHECK(raw == text);
}

TEST_CASE("blocks after other blocks are coded as by a new codec") {
  const std::string text = MixedLog(1, 500);
  Streams fresh;
  Coder().Encode(text, 3, &fresh);
  Coder used;
  Streams streams;
  used.Encode(MixedLog(2, 2000), 3, &streams);
  used.Encode(text, 3, &streams);
  CHECK(streams.meta == fresh.meta);
  CHECK(streams.text == fresh.text);
  CHECK(streams.lists == fresh.lists);
  CHECK(streams.rows == fresh.rows);
}

TEST_CASE("templates and their counts are known from the description alone") {
  const std::string text = MixedLog(3, 600);
  ir::Builder builder;
  const ir::Table& table = *builder.Build(text).root->table;
  Streams streams;
  Coder().Encode(text, 3, &streams);
  const ByteView meta = streams.meta;
  BlockTables tables;
  REQUIRE(tables.OpenDescription(meta.substr(0, streams.metadata_size), text.size()).ok());
  const BlockMetadata metadata = tables.Metadata();
  REQUIRE(metadata.templates.size() == table.templates.size());
  for (size_t t = 0; t < table.templates.size(); ++t)
    CHECK(metadata.templates[t].rows == table.templates[t].rows);
  CHECK_FALSE(tables.OpenDescription("", text.size()).ok());
  CHECK_FALSE(tables.OpenDescription("\xff", text.size()).ok());
  CHECK_FALSE(tables.OpenDescription(meta.substr(0, streams.metadata_size - 1), text.size()).ok());
}

TEST_CASE("a dictionary of numbers says so, and how many values it has") {
  std::string text;
  for (int i = 0; i < 2000; ++i)
    text += "worker " + std::to_string(1000 + i * i % 50) + " of team-" +
            std::string(1, static_cast<char>('a' + i % 7)) + "x1 idle\n";
  Coder coder;
  Streams streams;
  REQUIRE(coder.Encode(text, 3, &streams));
  BlockTables tables;
  REQUIRE(
      tables.OpenDescription(ByteView(streams.meta).substr(0, streams.metadata_size), text.size())
          .ok());
  const BlockMetadata metadata = tables.Metadata();
  REQUIRE(metadata.templates.size() == 1);
  REQUIRE(metadata.columns.size() == 2);
  CHECK(metadata.columns[0].kind == BlockMetadata::Column::Kind::kNumber);
  std::set<int> workers;
  for (int i = 0; i < 50; ++i) workers.insert(i * i % 50);
  CHECK(metadata.columns[0].distinct == workers.size());
  CHECK(metadata.columns[1].kind == BlockMetadata::Column::Kind::kText);
  CHECK(metadata.columns[1].distinct == 7);
}

TEST_CASE("a block has no more groups of rows than its size allows") {
  // Two rows of one template without slots, each a group of its own.
  const auto description = [](uint64_t half) {
    ByteBuffer meta;
    PutVarint(&meta, kMaxContexts);
    PutVarint(&meta, ModelSizes::kMinBits);
    PutVarint(&meta, 2);  // rows
    PutVarint(&meta, 1);  // templates
    meta.push_back('\1');
    PutVarint(&meta, 2);  // groups
    for (int group = 0; group < 2; ++group) {
      PutVarint(&meta, half);
      PutVarint(&meta, 1);  // newline
      PutVarint(&meta, 1);  // row of the template
    }
    return meta;
  };
  BlockTables tables;
  CHECK(tables.OpenDescription(description(kGroupBytes), 2 * kGroupBytes).ok());
  CHECK(tables.OpenDescription(description(50'000), 100'000).code() == absl::StatusCode::kDataLoss);
}

// Enough rows for three groups.
std::string LargeLog() {
  std::string text;
  for (uint64_t seed = 1; text.size() < 3 * kGroupBytes || seed < 200; ++seed)
    text += MixedLog(seed, 1000);
  return text;
}

TEST_CASE("each group of rows decodes without the others") {
  const std::string text = LargeLog();
  for (const uint32_t contexts : {0u, 2u, 6u, kMixedContexts}) {
    INFO("contexts " << contexts);
    Coder coder;
    Streams streams;
    REQUIRE(coder.Encode(text, contexts, &streams));
    Models models;
    BlockTables tables;
    REQUIRE(tables.Open(streams.meta, streams.text, streams.lists, text.size(), &models).ok());
    const Vector<RowGroup>& groups = tables.groups().groups;
    REQUIRE(groups.size() >= 3);
    // The last first, as nothing may depend on the order.
    for (size_t g = groups.size(); g-- > 0;) {
      INFO("group " << g);
      ByteBuffer raw = "before";
      REQUIRE(tables.DecodeGroup(g, Coder::RowsOf(streams, g), kAllLines, &models, &raw).ok());
      const std::string expected = text.substr(groups[g].offset, groups[g].size);
      REQUIRE(raw == "before" + expected);
      CHECK(groups[g].newlines ==
            static_cast<uint64_t>(std::count(expected.begin(), expected.end(), '\n')));
    }
    CHECK(groups.back().offset + groups.back().size == text.size());
  }
}

TEST_CASE("a damaged group of rows leaves the others whole") {
  const std::string text = LargeLog();
  Coder coder;
  Streams streams;
  REQUIRE(coder.Encode(text, 0, &streams));
  Models models;
  BlockTables tables;
  REQUIRE(tables.Open(streams.meta, streams.text, streams.lists, text.size(), &models).ok());
  ByteBuffer raw;
  CHECK(tables.DecodeGroup(1, "", kAllLines, &models, &raw).code() == absl::StatusCode::kDataLoss);
  raw.clear();
  REQUIRE(tables.DecodeGroup(2, Coder::RowsOf(streams, 2), kAllLines, &models, &raw).ok());
  const RowGroup& group = tables.groups().groups[2];
  CHECK(raw == text.substr(group.offset, group.size));
}

TEST_CASE("streams that end too early or promise another size are refused") {
  const std::string text = MixedLog(4, 300);
  Coder coder;
  Streams streams;
  REQUIRE(coder.Encode(text, 5, &streams));
  ByteBuffer raw;
  for (const uint64_t size : {uint64_t{0}, uint64_t{text.size() - 1}, uint64_t{text.size() + 1},
                              uint64_t{text.size() * 3}, uint64_t{1} << 28}) {
    INFO("size " << size);
    CHECK(coder.Decode(streams, size, &raw).code() == absl::StatusCode::kDataLoss);
    raw.clear();
  }
  CHECK(coder.Decode(Streams(), 0, &raw).code() == absl::StatusCode::kDataLoss);
}

// Damages one of the streams in one of many ways.
void Damage(testing::Random* random, const Streams& other, Streams* streams) {
  ByteBuffer* const parts[] = {&streams->meta, &streams->meta, &streams->text, &streams->lists,
                               &streams->rows};
  const ByteBuffer* const others[] = {&other.meta, &other.meta, &other.text, &other.lists,
                                      &other.rows};
  const size_t which = random->Below(std::size(parts));
  ByteBuffer& bytes = *parts[which];
  if (bytes.empty()) return;
  const size_t at = random->Below(bytes.size());
  switch (random->Below(7)) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ 1 << random->Below(8));
      break;
    case 1:
      bytes[at] = random->Byte();
      break;
    case 2:
      bytes.resize(at);
      break;
    case 3:
      bytes.erase(at, 1 + random->Skewed(5));
      break;
    case 4:
      bytes.insert(at, bytes.substr(random->Below(bytes.size()), 1 + random->Skewed(6)));
      break;
    case 5:
      if (!others[which]->empty())
        bytes.replace(at, ByteBuffer::npos, *others[which], random->Below(others[which]->size()),
                      ByteBuffer::npos);
      break;
    default:
      for (char& byte : bytes) byte = random->OneIn(20) ? random->Byte() : byte;
  }
}

TEST_CASE("damaged streams are refused or give as many bytes as promised, in bounded time") {
  const std::string text = MixedLog(5, 400);
  Coder coder;
  Streams good;
  Streams other;
  REQUIRE(coder.Encode(text, 6, &good));
  REQUIRE(coder.Encode(MixedLog(6, 100), 6, &other));
  double slowest = 0;
  int refused = 0;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    testing::Random random(seed);
    Streams streams = good;
    for (uint64_t n = 1 + random.Skewed(2); n > 0; --n) Damage(&random, other, &streams);
    streams.row_ends = {streams.rows.size()};
    const uint64_t size = random.OneIn(8) ? random.Skewed(20) : text.size();
    INFO("seed " << seed);
    ByteBuffer raw;
    const auto start = std::chrono::steady_clock::now();
    const absl::Status status = coder.Decode(streams, size, &raw);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    slowest = std::max(slowest, took.count());
    refused += !status.ok();
    if (status.ok()) {
      REQUIRE(raw.size() == size);
    } else {
      REQUIRE(status.code() == absl::StatusCode::kDataLoss);
    }
  }
  CHECK(refused > 1000);
  CHECK(slowest < 5);
  // A decoder that met all this decodes as before.
  ByteBuffer raw;
  REQUIRE(coder.Decode(good, text.size(), &raw).ok());
  CHECK(raw == text);
}

TEST_CASE("arbitrary bytes as streams are refused or give as many bytes as promised") {
  Coder coder;
  for (uint64_t seed = 1; seed <= 3000; ++seed) {
    testing::Random random(seed);
    Streams streams;
    streams.meta.push_back(static_cast<char>(1 + random.Below(6)));
    for (uint64_t n = random.Skewed(9); n > 0; --n)
      streams.meta.push_back(random.OneIn(3) ? random.Byte() : static_cast<char>(random.Below(4)));
    for (uint64_t n = random.Skewed(9); n > 0; --n)
      streams.text.push_back(random.OneIn(3) ? '\n' : random.Byte());
    for (uint64_t n = random.Skewed(9); n > 0; --n) streams.lists.push_back(random.Byte());
    for (uint64_t n = random.Skewed(9); n > 0; --n) streams.rows.push_back(random.Byte());
    streams.row_ends.push_back(streams.rows.size());
    const uint64_t size = random.Skewed(16);
    INFO("seed " << seed);
    ByteBuffer raw;
    const absl::Status status = coder.Decode(streams, size, &raw);
    if (status.ok()) {
      REQUIRE(raw.size() == size);
    } else {
      REQUIRE(status.code() == absl::StatusCode::kDataLoss);
    }
  }
}

}  // namespace
}  // namespace logpress::codec
