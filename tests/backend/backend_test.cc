#include "backend/backend.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "backend/byte_packer.h"
#include "backend/segments.h"
#include "backend/vocabulary.h"
#include "base/checksum.h"
#include "codec/encoder.h"
#include "ir/builder.h"
#include "support/random.h"

namespace logpress::backend {
namespace {

std::string Log(int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    char line[200];
    std::snprintf(line, sizeof(line), "worker-%d finished task %d of %s in %d ms%s\n", i % 5, i,
                  i % 3 != 0 ? "alpha" : "beta", i * i % 97, i % 50 == 7 ? " (retried) !" : "");
    text += line;
  }
  return text;
}

std::string RandomBytes(uint64_t seed, size_t size) {
  testing::Random random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = random.Byte();
  return bytes;
}

std::vector<Id> AllIds() {
  std::vector<Id> ids;
  for (int id = 0; id < 256; ++id) {
    // kDictionary stands in headers alone.
    if (IsKnown(static_cast<Id>(id)) && static_cast<Id>(id) != Id::kDictionary)
      ids.push_back(static_cast<Id>(id));
  }
  return ids;
}

std::unique_ptr<BytePacker> NewPacker(const std::string& name) {
  return name == "store" ? NewStorePacker() : name == "zstd" ? NewZstdPacker() : NewXzPacker();
}

TEST_CASE("every backend has a name that leads back to it") {
  CHECK(AllIds().size() >= 5);
  for (const Id id : AllIds()) {
    CHECK_FALSE(NameOf(id).empty());
    CHECK(IdOf(NameOf(id)) == id);
    CHECK(NewBackend(id)->id() == id);
  }
}

TEST_CASE("a trained dictionary has a backend's name in listings and is none") {
  CHECK(NameOf(Id::kDictionary) == "dictionary");
  CHECK_FALSE(IdOf("dictionary").has_value());
  CHECK(NewBackend(Id::kDictionary) == nullptr);
}

TEST_CASE("the numbers of the backends are part of the format and do not change") {
  CHECK(IdOf("store") == static_cast<Id>(1));
  CHECK(IdOf("zstd") == static_cast<Id>(2));
  CHECK(IdOf("xz") == static_cast<Id>(3));
  CHECK(IdOf("mix") == static_cast<Id>(4));
}

TEST_CASE("a name that is no backend's has no number") {
  for (const char* const name : {"", "Zstd", "zstd ", "gzip", "x"})
    CHECK_FALSE(IdOf(name).has_value());
  CHECK_FALSE(IsKnown(Id::kAuto));
  CHECK_FALSE(IsKnown(static_cast<Id>(255)));
}

TEST_CASE("bytes come back from every packer at every level") {
  const std::string name = GENERATE(as<std::string>(), "store", "zstd", "xz");
  const std::unique_ptr<BytePacker> packer = NewPacker(name);
  for (const std::string& bytes : {std::string(), std::string("x"), std::string(100'000, 'a'),
                                   RandomBytes(1, 5000), Log(500)}) {
    for (int level = 1; level <= 9; ++level) {
      INFO(name << ", level " << level << ", " << bytes.size() << " bytes");
      ByteBuffer packed = "in front";
      REQUIRE(packer->Pack(bytes, level, &packed).ok());
      REQUIRE(packed.substr(0, 8) == "in front");
      ByteBuffer back = "in front too";
      REQUIRE(packer->Unpack(packed.substr(8), bytes.size(), &back).ok());
      REQUIRE(back == "in front too" + bytes);
    }
  }
}

// `size` hexadecimal digits without any repetition but by chance.
std::string RandomDigits(uint64_t seed, size_t size) {
  testing::Random random(seed);
  std::string digits(size, '\0');
  for (char& digit : digits) digit = "0123456789abcdef"[random.Below(16)];
  return digits;
}

size_t ZstdSize(const std::string& bytes, int level) {
  ByteBuffer packed;
  REQUIRE(NewZstdPacker()->Pack(bytes, level, &packed).ok());
  ByteBuffer back;
  REQUIRE(NewZstdPacker()->Unpack(packed, bytes.size(), &back).ok());
  REQUIRE(back == bytes);
  return packed.size();
}

TEST_CASE("a stronger level makes nothing larger of what does not repeat") {
  for (const size_t size :
       {size_t{60'000}, size_t{900'000}, size_t{3'000'000}, size_t{5'000'000}}) {
    INFO(size);
    const std::string digits = RandomDigits(size, size);
    // Half a byte each and what Huffman codes add.
    CHECK(ZstdSize(digits, 5) <= size * 51 / 100);
    CHECK(ZstdSize(digits, 5) <= ZstdSize(digits, 1));
  }
}

TEST_CASE("what a sample does not show is found in the whole") {
  const std::string digits = RandomDigits(1, 1'200'000);
  const std::string copy = digits.substr(0, 400'000) + digits;
  CHECK(ZstdSize(copy, 5) <= ZstdSize(digits, 5) + 1000);
}

TEST_CASE("packed bytes of another size than promised are refused and leave nothing behind") {
  const std::string name = GENERATE(as<std::string>(), "store", "zstd", "xz");
  const std::unique_ptr<BytePacker> packer = NewPacker(name);
  const std::string bytes = Log(100);
  ByteBuffer packed;
  REQUIRE(packer->Pack(bytes, 5, &packed).ok());
  for (const size_t size : {size_t{0}, size_t{1}, bytes.size() - 1, bytes.size() + 1}) {
    INFO(name << ", size " << size);
    ByteBuffer back = "in front";
    CHECK(packer->Unpack(packed, size, &back).code() == absl::StatusCode::kDataLoss);
    CHECK(back == "in front");
  }
}

TEST_CASE("damaged packed bytes are refused or give as many bytes as promised") {
  const std::string name = GENERATE(as<std::string>(), "store", "zstd", "xz");
  const std::unique_ptr<BytePacker> packer = NewPacker(name);
  const std::string bytes = Log(60);
  ByteBuffer good;
  REQUIRE(packer->Pack(bytes, 5, &good).ok());
  for (uint64_t seed = 1; seed <= 1000; ++seed) {
    testing::Random random(seed);
    ByteBuffer packed = good;
    for (uint64_t n = 1 + random.Skewed(4); n > 0; --n)
      packed[random.Below(packed.size())] = random.Byte();
    if (random.OneIn(3)) packed.resize(random.Below(packed.size() + 1));
    if (random.OneIn(5)) packed += RandomBytes(seed, 7);
    ByteBuffer back = "in front";
    const absl::Status status = packer->Unpack(packed, bytes.size(), &back);
    INFO(name << ", seed " << seed);
    if (status.ok()) {
      REQUIRE(back.size() == 8 + bytes.size());
    } else {
      REQUIRE(status.code() == absl::StatusCode::kDataLoss);
      REQUIRE(back == "in front");
    }
  }
}

// Packs `text` with its structure, or as a raw block.
ByteBuffer Packed(Backend* backend, const std::string& text, bool raw, int level) {
  ir::Builder builder;
  const ir::BlockView block = raw ? ir::BlockView{text, nullptr} : builder.Build(text);
  ByteBuffer payload;
  REQUIRE(backend->Pack(block, level, &payload).ok());
  return payload;
}

TEST_CASE("a block comes back from every backend at every level, with structure and raw") {
  const Id id = GENERATE(from_range(AllIds()));
  const bool raw = GENERATE(false, true);
  const std::unique_ptr<Backend> backend = NewBackend(id);
  for (const std::string& text :
       {std::string(), std::string("\n"), Log(3), Log(1000), RandomBytes(2, 3000)}) {
    for (int level = 1; level <= 9; ++level) {
      INFO(NameOf(id) << ", raw " << raw << ", level " << level << ", " << text.size() << " bytes");
      const ByteBuffer payload = Packed(backend.get(), text, raw, level);
      // A backend of its own: nothing but the payload leads back.
      const std::unique_ptr<Backend> other = NewBackend(id);
      auto reader = other->Open(payload, {text.size(), 0});
      REQUIRE(reader.ok());
      ByteBuffer back = "in front";
      REQUIRE((*reader)->Render(&back).ok());
      REQUIRE(back == "in front" + text);
    }
  }
}

TEST_CASE("what a block holds is known before its lines are rendered") {
  const Id id = GENERATE(from_range(AllIds()));
  const std::unique_ptr<Backend> backend = NewBackend(id);
  const std::string text = Log(1000);
  ir::Builder builder;
  const uint64_t templates = builder.Build(text).root->table->templates.size();
  const ByteBuffer structured = Packed(backend.get(), text, false, 5);
  auto reader = backend->Open(structured, {text.size(), 0});
  REQUIRE(reader.ok());
  CHECK_FALSE((*reader)->metadata().raw);
  CHECK((*reader)->metadata().templates == templates);
  const ByteBuffer plain = Packed(backend.get(), text, true, 5);
  reader = backend->Open(plain, {text.size(), 0});
  REQUIRE(reader.ok());
  CHECK((*reader)->metadata().raw);
  CHECK((*reader)->metadata().templates == 0);
}

TEST_CASE("a block with more structure than its decoder may take memory for is packed raw") {
  // Statements that occur twice, of forty numbers each.
  std::string text;
  for (unsigned i = 0; i < 2000; ++i) {
    for (const unsigned first : {3u, 8u}) {
      for (unsigned k = 0; k < 40; ++k) {
        text += static_cast<char>('0' + (first + i + k) % 10);
        text += (i >> k % 12 & 1) != 0 ? ',' : ';';
      }
      text += '\n';
    }
  }
  // What mix keeps of a block is in tables of fixed sizes.
  const std::unique_ptr<Backend> backend = NewBackend(GENERATE(Id::kStore, Id::kZstd, Id::kXz));
  const ByteBuffer payload = Packed(backend.get(), text, false, 5);
  auto reader = backend->Open(payload, {text.size(), 0});
  REQUIRE(reader.ok());
  CHECK((*reader)->metadata().raw);
  ByteBuffer back;
  REQUIRE((*reader)->Render(&back).ok());
  CHECK(back == text);
}

TEST_CASE("a block that takes more memory than the limit is refused") {
  const Id id = GENERATE(from_range(AllIds()));
  const std::unique_ptr<Backend> backend = NewBackend(id);
  const std::string text = Log(1000);
  const ByteBuffer payload = Packed(backend.get(), text, false, 5);
  const uint64_t needed = backend->ReadMemory(text.size());
  CHECK(needed > text.size());
  CHECK(backend->Open(payload, {text.size(), needed}).ok());
  const auto refused = backend->Open(payload, {text.size(), needed - 1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.status().code() == absl::StatusCode::kResourceExhausted);
  CHECK(refused.status().message().find(std::to_string(needed - 1)) != std::string::npos);
}

TEST_CASE("a payload is refused where the promised size is another") {
  const Id id = GENERATE(from_range(AllIds()));
  const bool raw = GENERATE(false, true);
  const std::unique_ptr<Backend> backend = NewBackend(id);
  const std::string text = Log(200);
  const ByteBuffer payload = Packed(backend.get(), text, raw, 5);
  for (const size_t size : {size_t{0}, text.size() - 1, text.size() + 1}) {
    INFO(NameOf(id) << ", raw " << raw << ", size " << size);
    auto reader = backend->Open(payload, {size, 0});
    ByteBuffer back;
    const absl::Status status = reader.ok() ? (*reader)->Render(&back) : reader.status();
    CHECK(status.code() == absl::StatusCode::kDataLoss);
  }
}

TEST_CASE("a damaged payload is refused or gives as many bytes as promised") {
  const Id id = GENERATE(from_range(AllIds()));
  const bool raw = GENERATE(false, true);
  const std::unique_ptr<Backend> backend = NewBackend(id);
  const std::string text = Log(80);
  const ByteBuffer good = Packed(backend.get(), text, raw, 5);
  for (uint64_t seed = 1; seed <= 700; ++seed) {
    testing::Random random(seed);
    ByteBuffer payload = good;
    if (random.OneIn(4)) payload.resize(random.Below(payload.size() + 1));
    // The front holds kinds, sizes and, for "store", the metadata.
    const uint64_t front = random.OneIn(2) ? 40 : payload.size();
    for (uint64_t n = random.Skewed(4); n > 0 && !payload.empty(); --n)
      payload[random.Below(std::min<uint64_t>(front, payload.size()))] = random.Byte();
    if (random.OneIn(6)) payload.insert(random.Below(payload.size() + 1), RandomBytes(seed, 5));
    auto reader = backend->Open(payload, {text.size(), 0});
    ByteBuffer back;
    const absl::Status status = reader.ok() ? (*reader)->Render(&back) : reader.status();
    INFO(NameOf(id) << ", raw " << raw << ", seed " << seed);
    if (status.ok()) {
      REQUIRE(back.size() == text.size());
    } else {
      REQUIRE(status.code() == absl::StatusCode::kDataLoss);
    }
  }
}

TEST_CASE("the phrases are those of the format, and end with the vocabulary") {
  CHECK(Phrases().size() == 31998);
  CHECK(Checksum64(Phrases()) == 0x11bfe9fed9c782bb);
  CHECK(Phrases().ends_with(Vocabulary()));
}

TEST_CASE("a few words are packed behind the phrases, and numbers are not") {
  const ByteView line = "Failed password for invalid user pi from 198.51.100.243 port 50809 ssh2\n";
  const int level = GENERATE(1, 5, 9);
  const PackerId with = GENERATE(PackerId::kZstd, PackerId::kXz, PackerId::kText);
  for (const Content content : {Content::kWords, Content::kNumbers}) {
    Packers packers;
    SegmentWriter writer;
    writer.Start(PayloadKind::kRaw);
    REQUIRE(writer.Add(line, content, with, level, &packers).ok());
    ByteBuffer payload;
    writer.Finish(&payload);
    MemoryPayload source(payload);
    SegmentDirectory directory;
    REQUIRE(directory.Open(&source, 1).ok());
    const bool primed = directory.segments()[0].packer == PackerId::kPrimed;
    CHECK(primed == (content == Content::kWords));
    ByteBuffer back;
    REQUIRE(directory.Read(0, line.size(), &source, &packers, &back).ok());
    CHECK(back == line);
    if (!primed) continue;
    CHECK(payload.size() < 55);
    // It is exactly as long as it says.
    back.clear();
    payload[1] = static_cast<char>(line.size() + 1);
    MemoryPayload longer(payload);
    REQUIRE(directory.Open(&longer, 1).ok());
    CHECK(directory.Read(0, 100, &longer, &packers, &back).code() == absl::StatusCode::kDataLoss);
  }
}

TEST_CASE("a directory of more segments than a block can have is refused") {
  ByteBuffer payload("\1", 1);
  PutVarint(&payload, 100);
  payload.append(2 * 103, '\0');  // segments of nothing
  MemoryPayload source(payload);
  SegmentDirectory directory;
  CHECK(directory.Open(&source, 100).ok());
  CHECK(directory.groups() == 100);
  CHECK(directory.Open(&source, 99).code() == absl::StatusCode::kDataLoss);
}

TEST_CASE("a backend packs a block after others as a new one does") {
  const Id id = GENERATE(from_range(AllIds()));
  const std::unique_ptr<Backend> used = NewBackend(id);
  Packed(used.get(), RandomBytes(3, 10'000), true, 9);
  Packed(used.get(), Log(2000), false, 1);
  CHECK(Packed(used.get(), Log(500), false, 5) == Packed(NewBackend(id).get(), Log(500), false, 5));
}

TEST_CASE("numbers that would take more planes than a block may have are coded bit by bit") {
  // One large number makes eight bytes of each.
  testing::Random random(1);
  std::string text;
  for (int i = 0; i < 60'000; ++i) {
    text += i == 30'000 ? "999999999999999999" : std::to_string(100'000 + random.Below(900'000));
    text += '\n';
  }
  ir::Builder builder;
  const ir::BlockView block = builder.Build(text);
  REQUIRE(codec::CanEncode(block));
  codec::Streams streams;
  codec::Encoder().Encode(block, {.contexts = 0, .guess_bits = 16}, &streams);
  REQUIRE(streams.lists.size() + streams.rows.size() > codec::PlanesBudget(text.size()));

  const std::unique_ptr<Backend> backend = NewBackend(Id::kZstd);
  ByteBuffer payload;
  REQUIRE(backend->Pack(block, 1, &payload).ok());
  CHECK(payload.size() < text.size() / 2);
  auto reader = backend->Open(payload, {text.size(), 0});
  REQUIRE(reader.ok());
  ByteBuffer raw;
  REQUIRE((*reader)->Render(&raw).ok());
  CHECK(raw == text);
}

}  // namespace
}  // namespace logpress::backend
