// Hostile indexes: an archive whose frames are good and whose index says anything. Opening it
// succeeds, with what the frames say or with damage, and every block that it lists reads or is an
// error.
//
// Input: the payload of an index.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "archive/index.h"
#include "archive/index_reader.h"
#include "archive/writer.h"
#include "base/checksum.h"
#include "base/memory_io.h"

namespace {

using namespace logpress;

// Header and three frames.
ByteBuffer Frames() {
  ByteBuffer archive;
  BufferSink sink(&archive);
  archive::WriterOptions options;
  options.level = 1;
  archive::Writer writer(&sink, options);
  for (const char* const line : {"2024-05-17 12:00:10 one\n", "2024-05-17 12:00:11 two\n", "3"}) {
    if (!writer.Append(line).ok() || !writer.Flush().ok()) abort();
  }
  return archive;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const ByteView payload(reinterpret_cast<const char*>(data), size);
  static const auto* const frames = new ByteBuffer(Frames());
  ByteBuffer bytes = *frames;
  archive::IndexHeader header;
  header.payload_size = size;
  header.payload_check = Checksum32(payload);
  archive::AppendIndexHeader(&header, &bytes);
  bytes.append(payload);
  archive::Footer footer;
  footer.index_size = bytes.size() - frames->size();
  footer.archive_length = bytes.size() + archive::kFooterSize;
  archive::AppendFooter(footer, &bytes);

  ViewRandomAccess file(bytes);
  archive::IndexOptions options;
  options.memory_limit = 64 << 20;
  const auto opened = archive::IndexReader::Open(&file, options);
  if (!opened.ok()) return 0;
  archive::IndexReader& reader = **opened;
  uint64_t raw_size = 0;
  for (size_t i = 0; i < reader.blocks().size(); ++i) {
    ByteBuffer raw;
    if (reader.ReadBlock(i, &raw).ok() && raw.size() != reader.blocks()[i].raw_size) abort();
    raw_size += reader.blocks()[i].raw_size;
  }
  reader.CheckFrames().IgnoreError();
  return raw_size == UINT64_MAX;
}
