// Archives made by somebody who knows the format and means harm, or who comes from the future.
#include "archive/archive_test_util.h"
#include "archive/format.h"
#include "archive/index.h"
#include "base/checksum.h"

namespace logpress::archive {
namespace {

ByteBuffer Header() {
  ArchiveHeader header;
  header.level = 5;
  ByteBuffer bytes;
  AppendArchiveHeader(&header, &bytes);
  return bytes;
}

// The frame of `raw`, its header changed by `change` after it was filled in.
template <typename Change>
ByteBuffer Frame(ByteView raw, Change change) {
  ByteBuffer payload;
  block::BlockSummary summary;
  REQUIRE(block::BlockEncoder({}).Encode(raw, &payload, &summary).ok());
  FrameHeader header;
  header.backend = summary.backend;
  header.raw = summary.raw;
  header.payload_size = payload.size();
  header.raw_size = raw.size();
  header.lines = summary.lines;
  header.templates = summary.templates;
  header.decode_memory = summary.decode_memory;
  header.payload_check = Checksum32(payload);
  header.raw_checksum = Checksum64(raw);
  change(&header);
  ByteBuffer bytes;
  AppendFrameHeader(&header, &bytes);
  return bytes.append(payload);
}
ByteBuffer Frame(ByteView raw) {
  return Frame(raw, [](FrameHeader*) {});
}

// Of a frame that was just made.
FrameHeader HeaderOf(ByteView frame) {
  FrameHeader header;
  REQUIRE(ParseFrameHeader(frame, &header) == ParseResult::kOk);
  return header;
}

// The frame of `raw` behind the frame `before`.
template <typename Change>
ByteBuffer FrameBehind(ByteView before, ByteView raw, Change change) {
  return Frame(raw, [&](FrameHeader* header) {
    header->number = HeaderOf(before).number + 1;
    header->link = HeaderOf(before).check;
    change(header);
  });
}
ByteBuffer FrameBehind(ByteView before, ByteView raw) {
  return FrameBehind(before, raw, [](FrameHeader*) {});
}

ByteBuffer FooterFor(const ByteBuffer& archive, uint64_t index_size = 0) {
  Footer footer;
  footer.index_size = index_size;
  footer.archive_length = archive.size() + kFooterSize;
  ByteBuffer bytes;
  AppendFooter(footer, &bytes);
  return bytes;
}

TEST_CASE("an archive put together by hand reads") {
  const ByteBuffer one = Frame("one\n");
  const ByteBuffer frames = Header() + one + FrameBehind(one, "two\n");
  const Unpacked unpacked = Unpack(frames + FooterFor(frames));
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == "one\ntwo\n");
}

// The head of `section` again, with `fields` added at the end of its body.
ByteBuffer WithFields(ByteView section, size_t start_size, ByteView fields) {
  ByteReader reader(section.substr(start_size));
  uint64_t size = 0;
  ByteView body;
  REQUIRE(reader.GetVarint(&size));
  REQUIRE(reader.GetBytes(size, &body));
  ByteBuffer bytes;
  AppendHead(section.substr(0, start_size), ByteBuffer(body).append(fields), &bytes);
  return bytes.append(section.substr(start_size + reader.position() + 4));
}

TEST_CASE("a head that miscounts the lines of its block is damage") {
  const auto read = [](const ByteBuffer& frame) {
    const ByteBuffer frames = Header() + frame;
    return Unpack(frames + FooterFor(frames)).status;
  };
  const auto miscounted = [](uint64_t lines) {
    return Frame("one\ntwo\nthree", [=](FrameHeader* header) { header->lines = lines; });
  };
  CHECK(read(miscounted(3)).ok());
  CHECK(absl::IsDataLoss(read(miscounted(2))));
  CHECK(absl::IsDataLoss(read(miscounted(4))));
  CHECK(absl::IsDataLoss(read(Frame("one\n", [](FrameHeader* header) {
    header->starts_mid_line = true;  // and so holds one line that is not its own
  }))));
}

TEST_CASE("header fields of a later version are skipped") {
  const ByteBuffer fields("\x07\x03new\x90\x01\x00", 8);
  const ByteBuffer frames =
      WithFields(Header(), kMagicSize + 1, fields) + WithFields(Frame("one\n"), kMagicSize, fields);
  const ByteBuffer archive = frames + FooterFor(frames);
  const Unpacked unpacked = Unpack(archive);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == "one\n");
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  CHECK(index->damage().ok());
  ByteBuffer raw;
  REQUIRE(index->blocks().size() == 1);
  CHECK(index->ReadBlock(0, &raw).ok());
  CHECK(raw == "one\n");
}

TEST_CASE("fields that run over the end of their header are damage") {
  const ByteBuffer fields = GENERATE(as<ByteBuffer>(), "\x07", "\x07\x04new", "\x80");
  const ByteBuffer frames = Header() + WithFields(Frame("one\n"), kMagicSize, fields);
  CHECK(absl::IsDataLoss(Unpack(frames + FooterFor(frames)).status));
}

TEST_CASE("index columns of a later version are skipped, missing ones are damage") {
  IndexBuilder builder;
  ByteBuffer frames = Header();
  const ByteBuffer one = Frame("one\n");
  for (const ByteBuffer& frame : {one, FrameBehind(one, "two\n")}) {
    builder.Add(RowOf(HeaderOf(frame)));
    frames += frame;
  }
  ByteBuffer index;
  REQUIRE(builder.AppendTo(&index).ok());
  IndexHeader header;
  REQUIRE(ParseIndexHeader(index, &header) == ParseResult::kOk);
  ByteBuffer payload = index.substr(header.size);
  // Two checks behind their tag and size.
  const ByteBuffer checks = payload.substr(payload.size() - 10);
  bool good = true;
  SECTION("as it was") {}
  SECTION("another column") { payload += ByteBuffer("\x2a\x02xy"); }
  SECTION("a column is missing") {
    payload[payload.size() - checks.size()] = 0x2b;
    good = false;
  }
  SECTION("a column is there twice") {
    payload += checks;
    good = false;
  }
  header.payload_size = payload.size();
  header.payload_check = Checksum32(payload);
  ByteBuffer archive = frames;
  AppendIndexHeader(&header, &archive);
  archive += payload;
  archive += FooterFor(archive, archive.size() - frames.size());
  ViewRandomAccess file(archive);
  const auto reader = OpenIndex(&file);
  CHECK(reader->damage().ok() == good);
  // Without a usable index the frames are walked.
  REQUIRE(reader->blocks().size() == 2);
  CHECK(reader->blocks()[1].first_line == 1);
  CHECK(Unpack(archive).status.ok() == good);
  CHECK(Unpack(archive, Recover()).raw == "one\ntwo\n");
}

// Gives an archive's start and then reports how much was asked for.
class CountingSource : public ByteSource {
 public:
  explicit CountingSource(ByteView bytes) : source_(bytes) {}
  absl::StatusOr<size_t> Read(char* buffer, size_t size) override {
    largest = std::max(largest, size);
    return source_.Read(buffer, size);
  }
  size_t largest = 0;

 private:
  ViewSource source_;
};

TEST_CASE("a stated length takes no memory before its bytes are there") {
  const ByteBuffer archive = Header() + Frame("one\n", [](FrameHeader* header) {
                               header->payload_size = block::kMaxBlockSize;
                               header->raw_size = block::kMaxBlockSize;
                             });
  CountingSource source(archive);
  StreamReader reader(&source, {});
  const absl::Status status = reader.Test();
  CHECK(absl::IsDataLoss(status));
  CHECK_THAT(std::string(status.message()), Catch::Contains("cut off"));
  CHECK(source.largest <= size_t{1} << 20);
}

TEST_CASE("values out of range are damage, check or no check") {
  const ByteBuffer archive = Header() + Frame("one\n", [](FrameHeader* header) {
                               const int which = GENERATE(0, 1, 2, 3, 4, 5);
                               if (which == 0) header->raw_size = 0;
                               if (which == 1) header->raw_size = block::kMaxBlockSize + 1;
                               if (which == 2)
                                 header->payload_size = header->raw_size + kMaxPayloadGrowth + 1;
                               if (which == 3) header->lines = header->raw_size + 1;
                               if (which == 4) header->templates = header->raw_size + 1;
                               if (which == 5) header->decode_memory = UINT64_MAX / 2;
                             });
  const Unpacked unpacked = Unpack(archive);
  CHECK(absl::IsDataLoss(unpacked.status));
  CHECK_THAT(std::string(unpacked.status.message()), Catch::Contains("frame header"));
}

TEST_CASE("a block beyond the memory limit is refused with the need, after all before it") {
  const ByteBuffer one = Frame("one\n");
  const ByteBuffer two = FrameBehind(
      one, "two\n", [](FrameHeader* header) { header->decode_memory = uint64_t{300} << 20; });
  const ByteBuffer frames = Header() + one + two;
  const ByteBuffer archive = frames + FooterFor(frames);
  CHECK(Unpack(archive).status.ok());
  ReaderOptions options;
  options.recover = GENERATE(false, true);
  options.memory_limit = uint64_t{200} << 20;
  const Unpacked unpacked = Unpack(archive, options);
  CHECK(absl::IsResourceExhausted(unpacked.status));
  CHECK(unpacked.raw == "one\n");
  CHECK_THAT(std::string(unpacked.status.message()),
             Catch::Contains("needs 31457") && Catch::Contains("raise the memory limit"));
  ViewRandomAccess file(archive);
  IndexOptions index_options;
  index_options.memory_limit = options.memory_limit;
  const auto index = OpenIndex(&file, index_options);
  ByteBuffer raw;
  CHECK(index->ReadBlock(0, &raw).ok());
  CHECK(absl::IsResourceExhausted(index->ReadBlock(1, &raw)));
}

TEST_CASE("a memory limit that admits one block at a time still decodes with many threads") {
  const ByteBuffer raw = LogLines(2000);
  const ByteBuffer archive = Pack(raw, Blocks(10000));
  uint64_t need = 0;
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  for (const BlockInfo& block : index->blocks()) {
    const ByteBuffer frame = archive.substr(static_cast<size_t>(block.offset));
    need = std::max(need, HeaderOf(frame).memory_need());
  }
  ReaderOptions options;
  options.threads = 4;
  options.memory_limit = need;
  const Unpacked unpacked = Unpack(archive, options);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == raw);
  options.memory_limit = need - 1;
  CHECK(absl::IsResourceExhausted(Unpack(archive, options).status));
}

TEST_CASE("rows of an index take no memory beyond the limit") {
  // Every row has the smallest possible encoding.
  ByteBuffer payload;
  const uint64_t rows = 20000;
  PutVarint(&payload, rows);
  for (uint64_t tag = 1; tag <= kIndexColumns; ++tag) {
    PutVarint(&payload, tag);
    PutVarint(&payload, rows);
    payload.append(rows, '\x01');
  }
  PutVarint(&payload, 7);
  PutVarint(&payload, rows * sizeof(uint32_t));
  payload.append(rows * sizeof(uint32_t), '\x01');
  IndexHeader header;
  header.payload_size = payload.size();
  header.payload_check = Checksum32(payload);
  ByteBuffer archive = Header();
  const size_t start = archive.size();
  AppendIndexHeader(&header, &archive);
  archive += payload;
  archive += FooterFor(archive, archive.size() - start);
  ViewRandomAccess file(archive);
  IndexOptions options;
  options.memory_limit = rows * kMinIndexRow * 2;
  CHECK(absl::IsResourceExhausted(IndexReader::Open(&file, options).status()));
}

TEST_CASE("frames nested in frames do not make recovery slow") {
  // Every frame claims the frames behind it as its payload, with a wrong check: searching every
  // payload anew would read 600 GB.
  FrameHeader header;
  header.payload_size = uint64_t{16} << 20;
  header.raw_size = header.payload_size;
  ByteBuffer frame;
  AppendFrameHeader(&header, &frame);
  ByteBuffer archive = Header();
  for (int i = 0; i < 40000; ++i) archive += frame;
  archive.append(static_cast<size_t>(header.payload_size), '.');
  const Unpacked unpacked = Unpack(archive, Recover());
  CHECK(absl::IsDataLoss(unpacked.status));
  CHECK(unpacked.totals.lost_packed_bytes == archive.size() - Header().size());
}

TEST_CASE("magic numbers without end do not make the search slow") {
  ByteBuffer archive = Header();
  for (int i = 0; i < 1 << 18; ++i) archive += ByteBuffer("\x8bLPB\xff\x07", 6);
  CHECK(absl::IsDataLoss(Unpack(archive, Recover()).status));
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  CHECK(absl::IsDataLoss(index->damage()));
  CHECK(index->blocks().empty());
}

}  // namespace
}  // namespace logpress::archive
