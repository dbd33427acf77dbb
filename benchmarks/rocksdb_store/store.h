// An append-only store of logs on RocksDB, as an example of logpress inside a storage system.
//
//   store.h, store.cc                the store: keys, batches, reads by time, retention
//   keys.h, keys.cc                  the keys as bytes
//   values.h, packed_values.cc       what it keeps of a batch: an archive, or a bare value; all of
//                                    logpress is here
//   dictionaries.h, dictionaries.cc  what small values start from: trained, numbered, replaced
//   raw_values.cc, zstd_values.cc    the same without logpress, to compare with
//   lines_between.h, ...             the lines of a range of time, where values do not know them
//   pieces.h, pieces.cc              cuts a log file into pieces with times, as if shipped
//   measure.h, measure.cc, main.cc   the benchmark; the tests are in tests/rocksdb_store/
//
// A stream is one log. Its lines are collected to batches of 1 MiB, and each batch is one key:
//
//   stream, NUL, time of the first line (8 bytes), sequence (8 bytes)  ->  the batch's value
//
// Numbers are big-endian and the time's sign is turned, so that the order of keys is that of time;
// the sequence tells batches of one microsecond apart. A batch decodes on its own. So a read of one
// time takes one value, a range of time takes the values that it meets, and old lines go by a range
// of keys, whole files at once, without anything being decoded. All keys stand once more in a
// column family of their own, without values, so that a search touches no value but those that it
// is after.
//
// Batches may be of some KiB instead. Then their values start from dictionaries, which are trained
// for each stream on its own lines, and live in a third column family under stream, NUL and number.
// RocksDB 7.8 has no public way to plug in a compressor, so values it is that are packed.
//
// With logpress values RocksDB's own compression is off: there is nothing left for it. The time of
// each line is what the line itself says; logpress knows it, so that nothing here parses a log.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_STORE_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_STORE_H_

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dictionaries.h"
#include "keys.h"
#include "values.h"

namespace rocksdb_store {

struct StoreOptions {
  // A batch is stored before it would become larger than this, in bytes.
  size_t batch_size = size_t{1} << 20;
  // How many bytes of a stream train a dictionary for what follows; 0: there are none. A store is
  // opened with dictionaries always or never.
  size_t train_bytes = 0;
  // How much a line may be from before a line in front of it. Reads look so much farther.
  Time disorder = 0;
  // For the database; MakeOptions() in store.cc sets what this store is about over it.
  rocksdb::Options rocksdb;
  // Values are put into a block of RocksDB until it has so many bytes, and compressed and read
  // together.
  size_t block_size = 4096;
};

// Not thread-safe. Errors are RocksDB's; Corruption for a value that does not decode.
class LogStore {
 public:
  // Opens the store in folder `path`, made if it is not there, with values of the kind that it was
  // made with.
  static rocksdb::Status Open(const std::string& path, const StoreOptions& options,
                              std::unique_ptr<Values> values, std::unique_ptr<LogStore>* store);

  ~LogStore();
  LogStore(const LogStore&) = delete;
  LogStore& operator=(const LogStore&) = delete;

  // Adds a piece of whole lines to a stream. `time` is that of its first line, or the latest so far
  // when that is later: it never goes back. A piece begins with a line that has a time of its own,
  // for a batch may begin there. The lines are lost in a crash until Flush() returns.
  rocksdb::Status Append(const std::string& stream, Time time, std::string_view lines);
  // Stores and syncs what was appended, also in batches that are not full.
  rocksdb::Status Flush();

  // Replaces *lines by the batch of the stream that was being filled at `time`: the last that
  // begins at or before it. NotFound when all begin later. Only what is stored is seen, here and
  // below.
  rocksdb::Status ReadBatch(const std::string& stream, Time time, std::string* lines);
  // Hands every line of the stream whose time is in [from, to) to `line`, in order.
  rocksdb::Status ReadRange(const std::string& stream, Time from, Time to,
                            const LineFunction& line);
  // Hands every batch of all streams to `batch`, in the order of keys.
  rocksdb::Status ReadAll(
      const std::function<void(std::string_view stream, Time time, std::string_view lines)>& batch);

  // Drops the batches of which every line is from before `time`. The last batch of a stream stays.
  // The space is free when Compact() returns, or soon.
  rocksdb::Status DropBefore(const std::string& stream, Time time);

  // Merges all files, so that each byte is stored once and what was dropped is gone.
  rocksdb::Status Compact();
  // Bytes of all files that hold values.
  uint64_t StoredBytes() const;

 private:
  struct Batch {
    std::string lines;
    Time time = 0;          // of the first piece
    Time last_time = 0;     // of the last piece
    uint64_t sequence = 0;  // of this batch
  };

  LogStore(const StoreOptions& options, std::unique_ptr<Values> values);

  rocksdb::Status FindStream(const std::string& stream, Batch** batch);
  rocksdb::Status Store(const std::string& stream, Batch* batch);
  // Replaces *value by what is kept of `lines`; *due as Dictionaries::Pack().
  rocksdb::Status Pack(const std::string& stream, std::string_view lines, std::string* value,
                       bool* due);
  // Gives what reads *value, of which that may be the rest, until the next call.
  rocksdb::Status FindValues(const std::string& stream, std::string_view* value, Values** values);
  rocksdb::Status Unpack(const std::string& stream, std::string_view value, std::string* lines);
  rocksdb::Status Train(const std::string& stream);

  const StoreOptions options_;
  const std::unique_ptr<Values> values_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;  // freed by ~LogStore()
  rocksdb::ColumnFamilyHandle* values_family_ = nullptr;
  rocksdb::ColumnFamilyHandle* keys_family_ = nullptr;
  std::unique_ptr<Dictionaries> dictionaries_;  // null: there are none
  std::map<std::string, Batch> open_;
  std::string value_;
};

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_STORE_H_
