// What the model keeps of a block: templates, values, rows, and how large its tables are; and the
// rows as a whole.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "backend/backend.h"
#include "backend/mix/families.h"
#include "backend/mix/parse.h"
#include "backend/mix/row_model.h"
#include "backend/mix/row_state.h"
#include "backend/mix/sizes.h"
#include "backend/mix/template_list.h"
#include "backend/mix/value_store.h"
#include "backend/mix/work.h"
#include "backend/vocabulary.h"
#include "base/checksum.h"
#include "base/memory.h"
#include "ir/builder.h"
#include "support/random.h"
#include "text/tokenizer.h"

namespace logpress::mix {
namespace {

constexpr uint64_t kMiB = uint64_t{1} << 20;

TEST_CASE("tables grow with the block, and no block takes more than 256 MiB with them") {
  uint64_t last = 0;
  for (int bits = 0; bits <= 28; ++bits) {
    const uint64_t memory = Sizes(uint64_t{1} << bits).Memory();
    CHECK(memory >= last);
    last = memory;
  }
  CHECK(Sizes(1000).Memory() < 6 * kMiB);
  CHECK(24 * kMiB + Sizes(24 * kMiB).Memory() <= 256 * kMiB);
  const std::unique_ptr<backend::Backend> backend = backend::NewBackend(backend::Id::kMix);
  CHECK(backend->ReadMemory(24 * kMiB) <= 256 * kMiB);
  CHECK(Sizes(256 * kMiB).Memory() == Sizes(24 * kMiB).Memory());
}

TEST_CASE(
    "the vocabulary is that of the format, and its words cost little in a block of some size") {
  const ByteView words = backend::Vocabulary();
  CHECK(words.size() == 8236);
  CHECK(Checksum64(words) == 0x730a368128c96ef2);
  CHECK(backend::Words().size() == 12078);
  CHECK(Checksum64(backend::Words()) == 0x143052b9151a7d30);
  CHECK(backend::Words().ends_with('\n'));
  CHECK(words.ends_with('\n'));
  CHECK(words.find('\0') == ByteView::npos);
  // A template of these words, in a block that is too small to read them and in one that is not.
  const auto bytes_of_template = [](ByteView pattern, uint64_t raw_size) {
    TemplateList list(Sizes(raw_size), 0);
    ByteBuffer coded;
    Encoder coder(&coded);
    REQUIRE(list.CodePattern(coder, pattern, 0));
    coder.Finish();
    return coded.size();
  };
  constexpr ByteView kOften = "Failed to open file: Permission denied for user root";
  CHECK(bytes_of_template(kOften, 16383) > 30);
  CHECK(bytes_of_template(kOften, 16384) < 20);
  // Of these, a block of some size reads more than a small one.
  constexpr ByteView kLessOften = "deprecated acknowledged compaction throttled";
  CHECK(bytes_of_template(kLessOften, 65536) + 8 < bytes_of_template(kLessOften, 65535));
}

TEST_CASE("a template is its pattern, cut into literals and slots") {
  TemplateStore templates;
  templates.Reset(Sizes(1000), 1);
  REQUIRE(templates.Add("id \1\5, at \1\x12\1\1!"));
  REQUIRE(templates.size() == 1);
  const TemplateStore::Template entry = templates[0];
  REQUIRE(entry.slots == 2);
  CHECK(templates.SlotOf(entry, 0).kind == kInteger);
  CHECK(templates.SlotOf(entry, 1).kind == kTimestamp);
  CHECK(templates.Literal(entry, 0) == "id ");
  CHECK(templates.Literal(entry, 1) == ", at ");
  CHECK(templates.Literal(entry, 2) == ByteView("\0!", 2));
}

TEST_CASE("a pattern that no encoder writes is no template") {
  TemplateStore templates;
  templates.Reset(Sizes(1000), 1);
  CHECK_FALSE(templates.Add("cut \1"));
  CHECK_FALSE(templates.Add("kind \1\x20"));           // unknown
  CHECK_FALSE(templates.Add("format \1\x13"));         // a second format
  CHECK_FALSE(templates.Add(std::string(5000, 'x')));  // more bytes than the block allows
  CHECK(templates.size() == 0);
}

TEST_CASE("slots of different templates after the same words are columns of one kind") {
  TemplateStore templates;
  templates.Reset(Sizes(1000), 0);
  REQUIRE(templates.Add("one: user id \1\5"));
  REQUIRE(templates.Add("another: user id \1\5 left"));
  REQUIRE(templates.Add("another: user id \1\3 left"));
  const uint64_t first = templates.SlotOf(templates[0], 0).kind_column;
  CHECK(templates.SlotOf(templates[1], 0).kind_column == first);
  CHECK(templates.SlotOf(templates[2], 0).kind_column != first);
}

TEST_CASE("equal values have one number, and equal bytes of another kind another") {
  const std::string text = "abcabc";
  ValueStore values;
  values.Reset(Sizes(64));
  Value value;
  value.kind = kText;
  value.size = 3;
  const uint32_t first = values.Intern(text, value, {});
  REQUIRE(first != 0);
  value.offset = 3;
  CHECK(values.Intern(text, value, {}) == first);
  value.kind = kWord;
  CHECK(values.Intern(text, value, {}) != first);
}

TEST_CASE("a store of values is full one day, and says so") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::to_string(1000 + i);
  Sizes sizes(text.size());
  sizes.max_values = 500;
  ValueStore values;
  values.Reset(sizes);
  uint32_t known = 0;
  for (uint32_t i = 0; i < 1000; ++i) {
    Value value;
    value.kind = kInteger;
    value.offset = 4 * i;
    value.size = 4;
    known += values.Intern(text, value, {}) != 0;
  }
  CHECK(known == 499);
}

TEST_CASE("the log of rows finds what stood where, until it is overwritten") {
  RowLog rows;
  rows.Reset(4, 2);
  for (uint32_t row = 0; row < 6; ++row) {
    rows.BeginRow();
    for (uint32_t leaf = 0; leaf < 3; ++leaf) rows.AppendLeaf(10 * row + leaf + 1);
    rows.EndRow(row);
  }
  CHECK(rows.ValueAt(5, 0) == 51);
  CHECK(rows.ValueAt(4, 2) == 43);
  CHECK(rows.ValueAt(5, 3) == kNoValue);  // it had three
  CHECK(rows.ValueAt(0, 0) == kNoValue);  // forgotten
  CHECK(rows.ValueAt(6, 0) == kNoValue);  // not there yet
  CHECK(rows.At(5).model_template == 5);
}

TEST_CASE("a tagged table begins an entry anew for another hash") {
  TaggedTable<SeenRow> table;
  table.Reset(4);
  table[0x123400000001].row = 7;
  CHECK(table[0x123400000001].row == 7);
  CHECK(table[0x123400000003].row == kNoRow);
}

std::string Log(int lines) {
  testing::Random random(7);
  std::string text;
  for (int i = 0; i < lines; ++i) {
    text += "2024-03-01 12:" + std::to_string(10 + i / 60 % 50) + ":" +
            std::to_string(10 + i % 50) + " worker-" + std::to_string(i % 5) + " finished \"/job/" +
            std::to_string(i * 3) + "/" + (random.OneIn(3) ? "alpha" : "beta") + "\" in 0." +
            std::to_string(random.Below(90) + 10) + " s\n";
  }
  return text;
}

struct Prepared {
  ir::Builder builder;
  Vector<time::TimestampFormat> formats;
  Parse parse;
};

ByteBuffer Encoded(const std::string& text, Prepared* prepared, LeftOut left_out = LeftOut()) {
  const ir::BlockView block = prepared->builder.Build(text);
  REQUIRE(block.root != nullptr);
  prepared->formats = text::DetectTimestamps(text, block.root->values);
  const Sizes sizes(text.size());
  REQUIRE(ParseBlock(text, block.root->values, prepared->formats, sizes, &prepared->parse));
  const auto model = std::make_unique<RowModel>(sizes, prepared->formats);
  model->LeaveOut(left_out);
  ByteBuffer packed;
  Encoder coder(&packed);
  model->Encode(coder, text, &prepared->parse);
  coder.Finish();
  return packed;
}

TEST_CASE("rows come back from the model behind what is there already") {
  const std::string text = Log(800);
  Prepared prepared;
  const ByteBuffer packed = Encoded(text, &prepared);
  CHECK(packed.size() < text.size() / 15);
  const auto model = std::make_unique<RowModel>(Sizes(text.size()), prepared.formats);
  Decoder coder(packed);
  ByteBuffer back = "in front";
  REQUIRE(model->Decode(coder, prepared.parse.row_patterns.size(), &back));
  CHECK(back == "in front" + text);
}

TEST_CASE("two clocks of one format in a row cost little more than one") {
  testing::Random random(8);
  std::array<int, 2> seconds = {40000, 3000};
  const auto clock = [&](int which) {
    std::array<char, 40> time;
    const int now = seconds[static_cast<size_t>(which)] += static_cast<int>(random.Below(3));
    std::snprintf(time.data(), time.size(), "2024-03-01 %02d:%02d:%02d", now / 3600, now / 60 % 60,
                  now % 60);
    return std::string(time.data());
  };
  std::string one;
  std::string two;
  for (int i = 0; i < 3000; ++i) {
    one += clock(0) + " done\n";
    two += clock(0) + " done since " + clock(1) + "\n";
  }
  Prepared prepared_one;
  Prepared prepared_two;
  const size_t size_of_one = Encoded(one, &prepared_one).size();
  const ByteBuffer packed = Encoded(two, &prepared_two);
  CHECK(packed.size() < size_of_one * 22 / 10);
  const auto model = std::make_unique<RowModel>(Sizes(two.size()), prepared_two.formats);
  Decoder coder(packed);
  ByteBuffer back;
  REQUIRE(model->Decode(coder, prepared_two.parse.row_patterns.size(), &back));
  CHECK(back == two);
}

TEST_CASE("a row model that is promised another size says what is wrong") {
  const std::string text = Log(100);
  Prepared prepared;
  const ByteBuffer packed = Encoded(text, &prepared);
  const auto model = std::make_unique<RowModel>(Sizes(text.size() - 1), prepared.formats);
  Decoder coder(packed);
  ByteBuffer back;
  CHECK_FALSE(model->Decode(coder, prepared.parse.row_patterns.size(), &back));
  CHECK(std::string(model->error()) != "");
}

TEST_CASE("templates, their counts and kinds of slots are read from the front of a payload") {
  const std::string text = Log(3000) + "gone\n";
  ir::Builder builder;
  const std::unique_ptr<backend::Backend> backend = backend::NewBackend(backend::Id::kMix);
  ByteBuffer payload;
  REQUIRE(backend->Pack(builder.Build(text), 9, &payload).ok());
  CHECK_FALSE(backend->packed().raw);
  REQUIRE(backend->metadata_size() > 0);
  REQUIRE(backend->metadata_size() < payload.size() / 4);
  const ByteView front = ByteView(payload).substr(0, backend->metadata_size());
  const auto read = [&](ByteView bytes, codec::BlockMetadata* metadata) {
    backend::MemoryPayload source(bytes, payload.size());
    return backend->ReadMetadata(&source, {text.size(), 0}, metadata);
  };
  codec::BlockMetadata metadata;
  REQUIRE(read(front, &metadata).ok());
  REQUIRE(metadata.templates.size() == 2);
  CHECK(backend->packed().templates == 2);
  CHECK(metadata.templates[0].rows == 3000);
  CHECK(metadata.templates[1].rows == 1);
  REQUIRE(metadata.templates[0].slots == 4);
  CHECK(metadata.literal(0).empty());
  CHECK(metadata.literal(1) == " ");
  CHECK(metadata.literal(2) == " finished \"");
  CHECK(metadata.literal(3) == "\" in ");
  CHECK(metadata.literal(4) == " s\n");
  CHECK(metadata.literal(metadata.templates[1].first_literal) == "gone\n");
  using ColumnKind = codec::BlockMetadata::Column::Kind;
  const auto kind = [&](size_t slot) { return metadata.columns[metadata.slots[slot]].kind; };
  CHECK(kind(0) == ColumnKind::kTimestamp);
  CHECK(kind(1) == ColumnKind::kText);
  CHECK(kind(2) == ColumnKind::kText);
  CHECK(kind(3) == ColumnKind::kNumber);
  CHECK(metadata.timestamps.size() == 1);
  // One byte less is damage or other templates, but never more than the limits allow.
  for (size_t size = 0; size < front.size(); ++size) {
    codec::BlockMetadata other;
    const absl::Status status = read(front.substr(0, size), &other);
    CHECK((!status.ok() || other.templates.size() == 2));
  }
}

// A payload of mix as docs/format-mix.md has it, without timestamp formats.
ByteBuffer Payload(bool raw, uint64_t raw_size, ByteView coded) {
  ByteBuffer payload;
  PutVarint(&payload, raw ? 0 : 1);
  PutVarint(&payload, raw_size);
  if (!raw) payload.append(2, '\0');  // templates, formats
  return payload.append(coded);
}

// What becomes of it, and how many bytes came before that.
absl::Status Rendered(ByteView payload, uint64_t raw_size, size_t* bytes) {
  const std::unique_ptr<backend::Backend> backend = backend::NewBackend(backend::Id::kMix);
  ByteBuffer back;
  const auto reader = backend->Open(payload, {raw_size, 0});
  absl::Status status = reader.ok() ? (*reader)->Render(&back) : reader.status();
  *bytes = back.size();
  return status;
}

TEST_CASE("a few bytes do not stand for a raw block that takes minutes") {
  const ByteBuffer payload = Payload(true, uint64_t{256} << 20, "some twenty bytes of bits");
  size_t bytes = 0;
  const absl::Status status = Rendered(payload, uint64_t{256} << 20, &bytes);
  CHECK(absl::IsDataLoss(status));
  CHECK_THAT(std::string(status.message()), Catch::Contains("more work"));
  CHECK(bytes == 0);
}

TEST_CASE("a few bytes do not stand for rows that take minutes") {
  // Rows without a template, of one letter, which cost next to nothing.
  const std::string row = std::string(4000, 'x') + "\n";
  std::string rows;
  Parse parse;
  for (int i = 0; i < 500; ++i) {
    parse.pieces.push_back({static_cast<uint32_t>(rows.size()), static_cast<uint32_t>(row.size())});
    parse.parsed_rows.push_back({kNoPattern, 0});
    rows += row;
  }
  parse.rows = parse.pieces;
  parse.rows_without = parse.rows.size();
  ByteBuffer coded;
  Encoder coder(&coded);
  std::make_unique<RowModel>(Sizes(rows.size()), std::span<const time::TimestampFormat>())
      ->Encode(coder, rows, &parse);
  coder.Finish();
  REQUIRE(coder.decisions() > MaxDecisions(rows.size(), coded.size()));
  size_t bytes = 0;
  const absl::Status status = Rendered(Payload(false, rows.size(), coded), rows.size(), &bytes);
  CHECK(absl::IsDataLoss(status));
  CHECK_THAT(std::string(status.message()), Catch::Contains("work"));
  CHECK(bytes < rows.size() / 2);
}

TEST_CASE("what repeats itself without end is not packed by mix, and numbers without end are") {
  for (const std::string& text :
       {std::string(size_t{1} << 20, '\0'), std::string(size_t{1} << 20, '\n')}) {
    ByteBuffer payload;
    CHECK(absl::IsOutOfRange(
        backend::NewBackend(backend::Id::kMix)->Pack({text, nullptr}, 9, &payload)));
  }
  std::string numbers;
  for (int i = 0; i < 30000; ++i) numbers += std::to_string(i) + " " + std::to_string(2 * i) + "\n";
  ir::Builder builder;
  ByteBuffer payload;
  const std::unique_ptr<backend::Backend> backend = backend::NewBackend(backend::Id::kMix);
  REQUIRE(backend->Pack(builder.Build(numbers), 9, &payload).ok());
  CHECK_FALSE(backend->packed().raw);
  CHECK(payload.size() < 200);
}

TEST_CASE("a list of templates that promises more rows than the block has bytes is damage") {
  const std::string text = Log(100);
  Prepared prepared;
  Encoded(text, &prepared);
  prepared.parse.patterns[prepared.parse.row_patterns[0]].rows = text.size() + 1;
  ByteBuffer packed;
  Encoder encoder(&packed);
  TemplateList(Sizes(text.size()), prepared.formats.size()).Code(encoder, &prepared.parse, 1);
  encoder.Finish();
  Decoder decoder(packed);
  TemplateList list(Sizes(text.size()), prepared.formats.size());
  CHECK_FALSE(list.Code(decoder, nullptr, 1));
}

TEST_CASE("who watches is told of every byte, of a block with structure and of a raw one") {
  const std::string text = Log(2000);
  ir::Builder builder;
  for (const ir::BlockView& block : {builder.Build(text), ir::BlockView{text, nullptr}}) {
    const std::unique_ptr<backend::Backend> backend = backend::NewBackend(backend::Id::kMix);
    WorkMeter meter;
    backend->ReportTo(&meter);
    ByteBuffer payload;
    REQUIRE(backend->Pack(block, 9, &payload).ok());
    CHECK(meter.bytes() == text.size());
    backend->ReportTo(nullptr);
    REQUIRE(backend->Pack(block, 9, &payload).ok());
    CHECK(meter.bytes() == text.size());
  }
}

TEST_CASE("a model without one of its families still packs, and otherwise than with it") {
  const std::string text = Log(800);
  Prepared prepared;
  const ByteBuffer whole = Encoded(text, &prepared);
  for (const Family family :
       {Family::kLeft, Family::kAbove, Family::kShared, Family::kRows, Family::kDecisions,
        Family::kTemplates, Family::kNested, Family::kDifferences, Family::kTimes, Family::kOrders,
        Family::kWords, Family::kColumns, Family::kExpected, Family::kMatches}) {
    INFO(static_cast<int>(family));
    Prepared again;
    CHECK(Encoded(text, &again, LeftOut(family)) != whole);
  }
}

}  // namespace
}  // namespace logpress::mix
