// Packing and unpacking in memory, as the tests of the archive need it.
#ifndef LOGPRESS_TESTS_ARCHIVE_ARCHIVE_TEST_UTIL_H_
#define LOGPRESS_TESTS_ARCHIVE_ARCHIVE_TEST_UTIL_H_

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "archive/index_reader.h"
#include "archive/reader.h"
#include "archive/writer.h"
#include "base/memory_io.h"

namespace logpress::archive {

// `count` lines of a log, about 60 bytes each, none like another.
inline ByteBuffer LogLines(int count, int first = 0) {
  ByteBuffer log;
  for (int i = first; i < first + count; ++i) {
    const unsigned noise = static_cast<unsigned>(i) * 2654435761u;
    log += "2024-05-17 12:00:" + std::to_string(10 + i % 50) + " INFO worker-" +
           std::to_string(noise % 7) + ": request " + std::to_string(i) + " took " +
           std::to_string(noise % 10007) + " us\n";
  }
  return log;
}

inline WriterOptions Blocks(uint64_t block_size, int threads = 1) {
  WriterOptions options;
  options.block_size = block_size;
  options.threads = threads;
  return options;
}

inline ByteBuffer Pack(ByteView raw, const WriterOptions& options = {}) {
  ByteBuffer archive;
  BufferSink sink(&archive);
  Writer writer(&sink, options);
  REQUIRE(writer.Append(raw).ok());
  REQUIRE(writer.Finish().ok());
  return archive;
}

struct Unpacked {
  absl::Status status;
  ByteBuffer raw;
  ReaderTotals totals;
  std::vector<Damage> damages;
};

inline Unpacked Unpack(ByteView archive, ReaderOptions options = {}) {
  Unpacked result;
  options.damaged = [&](const Damage& damage) { result.damages.push_back(damage); };
  ViewSource source(archive);
  BufferSink sink(&result.raw);
  StreamReader reader(&source, options);
  result.status = reader.ReadAll(&sink);
  result.totals = reader.totals();
  return result;
}

inline ReaderOptions Recover() {
  ReaderOptions options;
  options.recover = true;
  return options;
}

inline std::unique_ptr<IndexReader> OpenIndex(RandomAccess* file,
                                              const IndexOptions& options = {}) {
  auto index = IndexReader::Open(file, options);
  REQUIRE(index.ok());
  return *std::move(index);
}

}  // namespace logpress::archive

#endif  // LOGPRESS_TESTS_ARCHIVE_ARCHIVE_TEST_UTIL_H_
