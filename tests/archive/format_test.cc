#include "archive/format.h"

#include <catch2/catch.hpp>

#include "archive/archive_test_util.h"

namespace logpress::archive {
namespace {

ByteBuffer Bytes(std::initializer_list<int> values) {
  ByteBuffer bytes;
  for (const int value : values) bytes.push_back(static_cast<char>(value));
  return bytes;
}

TEST_CASE("the empty archive is the example of docs/format.md") {
  CHECK(Pack("") == Bytes({0x8b, 0x4c, 0x50, 0x5a, 0x00, 0x01, 0x05, 0x4a, 0xea, 0x50, 0x81,
                           0x8b, 0x4c, 0x50, 0x46, 0x00, 0x00, 0x00, 0x00, 0x1f, 0x00, 0x00,
                           0x00, 0x00, 0x00, 0x00, 0x00, 0x51, 0xa7, 0x79, 0x59}));
}

FrameHeader ExampleFrame() {
  FrameHeader header;
  header.backend = block::BackendId::kXz;
  header.payload_size = 1234;
  header.raw_size = 100000;
  header.lines = 800;
  header.templates = 17;
  header.decode_memory = 3072 * 1024;
  header.payload_check = 0x11223344;
  header.raw_checksum = 0x0102030405060708;
  return header;
}

TEST_CASE("the frame header is the example of docs/format.md") {
  FrameHeader header = ExampleFrame();
  ByteBuffer bytes;
  AppendFrameHeader(&header, &bytes);
  CHECK(bytes == Bytes({0x8b, 0x4c, 0x50, 0x42, 0x17, 0x0c, 0xd2, 0x09, 0xa0, 0x8d, 0x06,
                        0xa0, 0x06, 0x11, 0x80, 0x18, 0x44, 0x33, 0x22, 0x11, 0x08, 0x07,
                        0x06, 0x05, 0x04, 0x03, 0x02, 0x01, 0xc0, 0xbd, 0x4f, 0xe4}));
  CHECK(header.size == 32);
}

TEST_CASE("a frame header comes back with every field") {
  FrameHeader header = ExampleFrame();
  header.raw = GENERATE(false, true);
  header.starts_mid_line = GENERATE(false, true);
  header.holds_nul = GENERATE(false, true);
  header.decode_memory += 1;
  ByteBuffer bytes;
  AppendFrameHeader(&header, &bytes);
  FrameHeader parsed;
  REQUIRE(ParseFrameHeader(bytes + "payload", &parsed) == ParseResult::kOk);
  CHECK(parsed.backend == header.backend);
  CHECK(parsed.raw == header.raw);
  CHECK(parsed.starts_mid_line == header.starts_mid_line);
  CHECK(parsed.holds_nul == header.holds_nul);
  CHECK(parsed.payload_size == header.payload_size);
  CHECK(parsed.raw_size == header.raw_size);
  CHECK(parsed.lines == header.lines);
  CHECK(parsed.templates == header.templates);
  CHECK(parsed.decode_memory == 3073 * 1024);  // rounded up to KiB
  CHECK(parsed.payload_check == header.payload_check);
  CHECK(parsed.raw_checksum == header.raw_checksum);
  CHECK(parsed.size == bytes.size());
}

TEST_CASE("a header that is cut off is told from one that is damaged") {
  ByteBuffer frame;
  FrameHeader frame_header = ExampleFrame();
  AppendFrameHeader(&frame_header, &frame);
  ByteBuffer archive;
  ArchiveHeader archive_header;
  AppendArchiveHeader(&archive_header, &archive);
  ByteBuffer index;
  IndexHeader index_header;
  index_header.payload_size = 300;
  AppendIndexHeader(&index_header, &index);
  ByteBuffer footer;
  AppendFooter({0, 1000}, &footer);
  for (size_t size = 0; size < frame.size(); ++size)
    CHECK(ParseFrameHeader(frame.substr(0, size), &frame_header) == ParseResult::kTruncated);
  for (size_t size = 0; size < archive.size(); ++size)
    CHECK(ParseArchiveHeader(archive.substr(0, size), &archive_header) == ParseResult::kTruncated);
  for (size_t size = 0; size < index.size(); ++size)
    CHECK(ParseIndexHeader(index.substr(0, size), &index_header) == ParseResult::kTruncated);
  Footer parsed;
  for (size_t size = 0; size < footer.size(); ++size)
    CHECK(ParseFooter(footer.substr(0, size), &parsed) == ParseResult::kTruncated);
  for (ByteBuffer* section : {&frame, &archive, &index, &footer}) {
    // The size of the head is asked for until it is known, and then it is exact.
    size_t size = kMagicSize;
    while (HeadSize(section->substr(0, size)) > size) size = HeadSize(section->substr(0, size));
    CHECK(size == section->size());
    CHECK(IntactSectionSize(*section) > 0);
    section->back() ^= 1;
    CHECK(IntactSectionSize(*section) == 0);
  }
  CHECK(ParseFrameHeader(frame, &frame_header) == ParseResult::kDamaged);
  CHECK(ParseFrameHeader("\x8bLPB\xff\xff", &frame_header) == ParseResult::kDamaged);
}

}  // namespace
}  // namespace logpress::archive
