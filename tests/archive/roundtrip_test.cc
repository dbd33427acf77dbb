#include <string>
#include <vector>

#include "archive/archive_test_util.h"
#include "support/random.h"

namespace logpress::archive {
namespace {

// Where the blocks of `raw` end, packed at level 2 with default options.
std::vector<uint64_t> BlockSizesOf(const std::string& raw) {
  ByteBuffer packed;
  BufferSink sink(&packed);
  WriterOptions options;
  options.level = 2;
  std::vector<uint64_t> sizes;
  uint64_t before = 0;
  options.progress = [&](const WriterTotals& totals) {
    sizes.push_back(totals.raw_bytes - before);
    before = totals.raw_bytes;
  };
  Writer writer(&sink, options);
  REQUIRE(writer.Append(raw).ok());
  REQUIRE(writer.Finish().ok());
  return sizes;
}

TEST_CASE("the first block is three times as large as those after it") {
  constexpr uint64_t kMiB = uint64_t{1} << 20;
  std::string line(63, 'x');
  line += '\n';
  std::string raw;
  while (raw.size() < 36 * kMiB) raw += line;
  CHECK(BlockSizesOf(raw) == std::vector<uint64_t>{24 * kMiB, 8 * kMiB, 4 * kMiB});
  // A line that does not fit begins the next block, and may be longer than that.
  std::fill(raw.begin() + 2 * kMiB, raw.begin() + 30 * kMiB, 'y');
  CHECK(BlockSizesOf(raw) == std::vector<uint64_t>{2 * kMiB, 22 * kMiB, 8 * kMiB, 4 * kMiB});
}

TEST_CASE("what was appended comes back, whatever the bytes") {
  ByteBuffer bytes;
  for (int i = 0; i < 3000; ++i) bytes.push_back(static_cast<char>(i * i >> 3));
  const ByteBuffer raw = GENERATE_COPY(as<ByteBuffer>(), "", "\n", "x", "no final newline",
                                       "\r\n\r\n", std::string(5, '\0'), bytes, LogLines(500));
  for (const uint64_t block_size : {uint64_t{0}, uint64_t{64}, uint64_t{1000}}) {
    const ByteBuffer archive = Pack(raw, Blocks(block_size));
    const Unpacked unpacked = Unpack(archive);
    CHECK(unpacked.status.ok());
    CHECK(unpacked.raw == raw);
    CHECK(unpacked.totals.packed_bytes == archive.size());
    CHECK(unpacked.totals.raw_bytes == raw.size());
  }
}

TEST_CASE("how much was expected changes no byte of an archive") {
  const ByteBuffer raw = LogLines(3000);
  const ByteBuffer archive = Pack(raw, Blocks(10'000));
  for (const uint64_t expected : {uint64_t{0}, uint64_t{100}, uint64_t{raw.size()}, ~uint64_t{0}}) {
    ByteBuffer packed;
    BufferSink sink(&packed);
    Writer writer(&sink, Blocks(10'000));
    REQUIRE(writer.Expect(expected).ok());
    REQUIRE(writer.Append(raw).ok());
    REQUIRE(writer.Finish().ok());
    CHECK(packed == archive);
  }
}

// Objects of six members, in the order of their keys or in any.
ByteBuffer JsonLines(int count, bool shuffled) {
  testing::Random random(1);
  ByteBuffer log;
  for (int i = 0; i < count; ++i) {
    std::vector<std::string> members = {
        "\"time\":" + std::to_string(1'700'000'000 + i / 3),
        "\"level\":\"" + std::string(random.OneIn(9) ? "warning" : "info") + "\"",
        "\"message\":\"request served\"",
        "\"path\":\"/items/" + std::to_string(random.Below(90)) + "\"",
        "\"status\":" + std::to_string(random.OneIn(5) ? 404 : 200),
        "\"seconds\":0." + std::to_string(100 + random.Below(900)),
    };
    if (shuffled) random.Shuffle(&members);
    log += '{';
    for (const std::string& member : members) log += member + ",";
    log.back() = '}';
    log += '\n';
  }
  return log;
}

TEST_CASE("members of JSON in any order cost little more than the order") {
  struct Case {
    int level;
    int lines;
  };
  // Of 20,000 lines, 2 MiB, a part is tried.
  for (const Case& c : {Case{1, 3000}, Case{5, 3000}, Case{9, 3000}, Case{1, 20'000}}) {
    INFO("level " << c.level << ", " << c.lines << " lines");
    WriterOptions options;
    options.level = c.level;
    const ByteBuffer in_order = Pack(JsonLines(c.lines, false), options);
    const ByteBuffer raw = JsonLines(c.lines, true);
    const ByteBuffer archive = Pack(raw, options);
    CHECK(Unpack(archive).raw == raw);
    // log2(6!) is 9.5 bits.
    const int bytes_a_line = c.level == 1 ? 6 : 4;
    CHECK(archive.size() < in_order.size() + static_cast<size_t>(c.lines * bytes_a_line));
    CHECK(archive.size() * 8 < raw.size());
  }
}

TEST_CASE("the archive is the same for any number of threads and any pieces of the input") {
  const ByteBuffer raw = LogLines(3000);
  const ByteBuffer expected = Pack(raw, Blocks(5000));
  for (const int threads : {1, 2, 3, 4}) {
    for (const size_t piece : {size_t{1}, size_t{777}, size_t{5000}, size_t{100000}}) {
      ByteBuffer archive;
      BufferSink sink(&archive);
      Writer writer(&sink, Blocks(5000, threads));
      for (size_t at = 0; at < raw.size(); at += piece)
        REQUIRE(writer.Append(ByteView(raw).substr(at, piece)).ok());
      REQUIRE(writer.Finish().ok());
      CHECK(archive == expected);
    }
  }
}

TEST_CASE("blocks decoded side by side come out in order") {
  const ByteBuffer raw = LogLines(5000);
  const ByteBuffer archive = Pack(raw, Blocks(3000, 4));
  for (const int threads : {0, 1, 2, 3, 4}) {
    ReaderOptions options;
    options.threads = threads;
    CHECK(Unpack(archive, options).raw == raw);
  }
}

TEST_CASE("an archive reads from a pipe that gives a byte at a time") {
  const ByteBuffer raw = LogLines(200);
  const ByteBuffer archive = Pack(raw, Blocks(1000));
  ViewSource source(archive, 1);
  ByteBuffer out;
  BufferSink sink(&out);
  StreamReader reader(&source, {});
  CHECK(reader.ReadAll(&sink).ok());
  CHECK(out == raw);
}

TEST_CASE("an empty input gives a valid archive of 31 bytes") {
  const ByteBuffer archive = Pack("");
  CHECK(archive.size() == 31);
  const Unpacked unpacked = Unpack(archive);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw.empty());
  CHECK(unpacked.totals.archives == 1);
  CHECK(unpacked.totals.blocks == 0);
}

TEST_CASE("an archive of one small block costs at most 112 bytes beside its payload") {
  const ByteBuffer raw = LogLines(2000);
  const ByteBuffer archive = Pack(raw);
  ByteBuffer payload;
  block::BlockSummary summary;
  REQUIRE(block::BlockEncoder({}).Encode(raw, &payload, &summary).ok());
  CHECK(archive.size() <= payload.size() + 112);
  // 45 of them say when.
  const ByteBuffer plain = Pack("no line of this\nhas a time\n");
  CHECK(plain.size() <= 27 + 68);
}

TEST_CASE("a block ends with a line") {
  const ByteBuffer raw = LogLines(1000);
  const ByteBuffer archive = Pack(raw, Blocks(4096));
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  REQUIRE(index->blocks().size() > 10);
  for (size_t i = 0; i < index->blocks().size(); ++i) {
    ByteBuffer block;
    REQUIRE(index->ReadBlock(i, &block).ok());
    CHECK(block.back() == '\n');
    CHECK(block.size() <= 4096);
    CHECK_FALSE(index->blocks()[i].starts_mid_line);
  }
}

TEST_CASE("a line longer than a block is split and counted once, where it starts") {
  const ByteBuffer raw = "short\n" + ByteBuffer(1000, 'x') + "\nlast\n";
  const ByteBuffer archive = Pack(raw, Blocks(100));
  CHECK(Unpack(archive).raw == raw);
  ViewRandomAccess file(archive);
  const auto index = OpenIndex(&file);
  REQUIRE(index->blocks().size() >= 11);
  CHECK(index->lines() == 3);
  CHECK(index->blocks()[0].lines == 1);
  CHECK(index->blocks()[1].lines == 1);
  CHECK_FALSE(index->blocks()[1].starts_mid_line);
  CHECK(index->blocks()[2].lines == 0);
  CHECK(index->blocks()[2].starts_mid_line);
  CHECK(index->blocks()[2].first_line == 2);
}

TEST_CASE("a flushed line is on its way before the archive is finished") {
  ByteBuffer archive;
  BufferSink sink(&archive);
  Writer writer(&sink, Blocks(0, 2));
  REQUIRE(writer.Append("one\ntwo, beg").ok());
  REQUIRE(writer.Flush().ok());
  CHECK(Unpack(archive).raw == "one\ntwo, beg");
  const size_t flushed = archive.size();
  REQUIRE(writer.Flush().ok());
  CHECK(archive.size() == flushed);
  REQUIRE(writer.Append("un\n").ok());
  REQUIRE(writer.Finish().ok());
  const Unpacked unpacked = Unpack(archive);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == "one\ntwo, begun\n");
  CHECK(unpacked.totals.lines == 2);
  CHECK(writer.totals().lines == 2);
  CHECK(writer.totals().blocks == 2);
  CHECK(writer.totals().packed_bytes == archive.size());
}

TEST_CASE("concatenated archives read as one") {
  const ByteBuffer one = LogLines(100);
  const ByteBuffer two = LogLines(100, 100);
  const ByteBuffer archive = Pack(one, Blocks(1000)) + Pack("") + Pack(two, Blocks(2000));
  const Unpacked unpacked = Unpack(archive);
  CHECK(unpacked.status.ok());
  CHECK(unpacked.raw == one + two);
  CHECK(unpacked.totals.archives == 3);
  CHECK(unpacked.totals.lines == 200);
}

TEST_CASE("testing verifies without a sink") {
  const ByteBuffer raw = LogLines(100);
  ByteBuffer archive = Pack(raw, Blocks(1000));
  {
    ViewSource source(archive);
    StreamReader reader(&source, {});
    CHECK(reader.Test().ok());
    CHECK(reader.totals().raw_bytes == raw.size());
  }
  archive[archive.size() / 2] ^= 1;
  ViewSource source(archive);
  StreamReader reader(&source, {});
  CHECK(absl::IsDataLoss(reader.Test()));
}

TEST_CASE("progress tells every block, on the way in and on the way out") {
  const ByteBuffer raw = LogLines(300);
  uint64_t written = 0;
  WriterOptions writer_options = Blocks(1000, 2);
  writer_options.progress = [&](const WriterTotals& totals) { CHECK(totals.blocks == ++written); };
  const ByteBuffer archive = Pack(raw, writer_options);
  uint64_t read = 0;
  ReaderOptions reader_options;
  reader_options.threads = 2;
  reader_options.progress = [&](const ReaderTotals& totals) { CHECK(totals.blocks == ++read); };
  CHECK(Unpack(archive, reader_options).status.ok());
  CHECK(written > 10);
  CHECK(read == written);
}

TEST_CASE("options out of range are refused by the first call, before anything is written") {
  WriterOptions options;
  SECTION("level 0") { options.level = 0; }
  SECTION("level 10") { options.level = 10; }
  SECTION("a tiny block size") { options.block_size = 63; }
  SECTION("a huge block size") { options.block_size = block::kMaxBlockSize + 1; }
  ByteBuffer archive;
  BufferSink sink(&archive);
  Writer writer(&sink, options);
  CHECK(absl::IsInvalidArgument(writer.Append("x")));
  CHECK(absl::IsInvalidArgument(writer.Finish()));
  CHECK(archive.empty());
}

TEST_CASE("nothing can be appended to a finished archive") {
  ByteBuffer archive;
  BufferSink sink(&archive);
  Writer writer(&sink, {});
  REQUIRE(writer.Finish().ok());
  const size_t size = archive.size();
  CHECK(absl::IsFailedPrecondition(writer.Append("x")));
  CHECK(absl::IsFailedPrecondition(writer.Finish()));
  CHECK(archive.size() == size);
}

// Fails after some bytes, as a full disk does.
class FullSink : public ByteSink {
 public:
  explicit FullSink(size_t room) : room_(room) {}
  absl::Status Write(ByteView bytes) override {
    if (bytes.size() > room_) return absl::ResourceExhaustedError("disk full");
    room_ -= bytes.size();
    return absl::OkStatus();
  }

 private:
  size_t room_;
};

TEST_CASE("a full disk stops the writer for good, at any byte") {
  const ByteBuffer raw = LogLines(200);
  const size_t size = Pack(raw, Blocks(1000)).size();
  for (size_t room = 0; room < size; room += 41) {
    for (const int threads : {1, 3}) {
      FullSink sink(room);
      Writer writer(&sink, Blocks(1000, threads));
      (void)writer.Append(raw);
      CHECK(absl::IsResourceExhausted(writer.Finish()));
      CHECK(absl::IsResourceExhausted(writer.Append("more")));
    }
  }
}

TEST_CASE("a full disk stops the reader") {
  const ByteBuffer archive = Pack(LogLines(200), Blocks(1000));
  for (const int threads : {1, 3}) {
    ViewSource source(archive);
    FullSink sink(2500);
    ReaderOptions options;
    options.threads = threads;
    StreamReader reader(&source, options);
    CHECK(absl::IsResourceExhausted(reader.ReadAll(&sink)));
    CHECK(reader.totals().blocks == 2);
  }
}

}  // namespace
}  // namespace logpress::archive
