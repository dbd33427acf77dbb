// What is measured of a store, with one way to keep values or another.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_MEASURE_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_MEASURE_H_

#include <rocksdb/advanced_options.h>

#include <cstdint>
#include <string>
#include <vector>

#include "pieces.h"

namespace rocksdb_store {

// A stream to ingest.
struct Log {
  std::string name;
  std::string bytes;
  Pieces cut;
  std::vector<size_t> starts;  // of its lines
  // Whether reads by time are measured: its lines have times, in order but for a minute.
  bool in_order() const;
};

// A way to keep values.
struct Way {
  enum class Kind : uint8_t { kRaw, kZstd, kArchive, kSmall };  // as in values.h
  std::string name;
  Kind kind = Kind::kRaw;
  int level = 0;                     // of logpress or zstd; RocksDB's own is in `zstd`
  rocksdb::CompressionOptions zstd;  // for raw values
  size_t block_size = 4096;
  size_t batch_size = size_t{1} << 20;
  size_t train_bytes = 0;
};

// Processor time of all threads, and the clock.
struct Seconds {
  double cpu = 0;
  double wall = 0;
};

// How many of each read are measured, and about how many lines a range has.
inline constexpr int kReads = 100;
inline constexpr size_t kRangeLines = 1000;

struct Result {
  uint64_t stored = 0;  // bytes
  Seconds ingest;       // until compaction has ended
  Seconds batch;        // kReads batches of a stream and time
  Seconds lines;        // kReads ranges of time
  Seconds all;          // every batch once
};

// Reads a log file, for batches of at least some `batch_size` bytes.
Log Load(const std::string& path, size_t batch_size);

// Makes a store of the logs in `folder`, which must not be there, measures it and removes it. Reads
// by time are measured only with `queries`. What is read is compared with the logs. Ends the
// program when something fails.
Result Measure(const std::vector<Log>& logs, const Way& way, const std::string& folder,
               bool queries);

// Prints `why` and ends the program.
[[noreturn]] void Fail(const std::string& why);

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_MEASURE_H_
