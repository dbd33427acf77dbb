// Brings logs to a PatternCollector: archives by the rows of their blocks, other logs as bytes.
#ifndef LOGPRESS_STATEMENT_LOG_FEED_H_
#define LOGPRESS_STATEMENT_LOG_FEED_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "archive/index_reader.h"
#include "base/bytes.h"
#include "base/io.h"
#include "base/memory.h"
#include "block/block_coder.h"
#include "ir/builder.h"
#include "statement/patterns.h"

namespace logpress::statement {

// A log is an archive, or what was written before Finish(). One thread at a time.
class LogFeed : public ByteSink {
 public:
  // Borrows the collector.
  explicit LogFeed(PatternCollector* collector) : collector_(collector) {}

  // Makes rows of the bytes of a log, some MiB at a time.
  absl::Status Write(ByteView bytes) override;
  absl::Status Finish();

  // All lines of an archive. Blocks whose rows are lines, or parts of lines, are not made bytes of.
  // Errors are those of IndexReader::ReadBlock; what stands before the place was counted.
  absl::Status AddArchive(archive::IndexReader* archive);

 private:
  class Sink;

  void Structure(ByteView text);
  absl::Status AddBlock(archive::IndexReader* archive, size_t i, bool joined);
  absl::Status AddRows(backend::BlockReader* block, uint64_t lines, bool* done);

  PatternCollector* const collector_;
  ir::Builder builder_;
  ByteBuffer pending_;  // not yet structured
  std::optional<block::BlockDecoder> decoder_;
  ByteBuffer payload_;
  ByteBuffer raw_;
};

}  // namespace logpress::statement

#endif  // LOGPRESS_STATEMENT_LOG_FEED_H_
