// What a batch of lines is kept as.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_VALUES_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_VALUES_H_

#include <rocksdb/status.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace rocksdb_store {

// Called with a line, its newline included. Its bytes stay for the time of the call.
using LineFunction = std::function<void(std::string_view line)>;

// Turns batches into values and back. One thread at a time. Errors: Corruption, InvalidArgument,
// NotSupported.
class Values {
 public:
  virtual ~Values() = default;
  // Whether RocksDB should leave the values as they are.
  virtual bool packed() const = 0;
  // Replaces *value by what is kept of `lines`.
  virtual rocksdb::Status Pack(std::string_view lines, std::string* value) = 0;
  // Replaces *lines by what `value` was packed from.
  virtual rocksdb::Status Unpack(std::string_view value, std::string* lines) = 0;
  // Hands the lines whose time is in [from, to), in microseconds since 1970, to `line`, in order. A
  // line without a time has that of the line before.
  virtual rocksdb::Status Between(std::string_view value, int64_t from, int64_t to,
                                  const LineFunction& line) = 0;

  // Replaces *dictionary by one for values of lines like these, for With(); by nothing when they
  // have too little in common, and of kinds that know none.
  virtual rocksdb::Status Train(std::string_view /*lines*/, std::string* dictionary) {
    dictionary->clear();
    return rocksdb::Status::OK();
  }
  // Values of the same kind that start from a dictionary.
  virtual rocksdb::Status With(std::string_view /*dictionary*/,
                               std::unique_ptr<Values>* /*values*/) {
    return rocksdb::Status::NotSupported("values of this kind know no dictionaries");
  }
};

// Values are archives of logpress.
std::unique_ptr<Values> NewPackedValues(int level);

// Values are bare values of logpress, which may start from dictionaries: for some KiB of lines.
std::unique_ptr<Values> NewSmallValues(int level);

// Values are frames of zstd, which may start from dictionaries of its own, to compare with.
std::unique_ptr<Values> NewZstdValues(int level);

// Values are the lines themselves, for RocksDB to compress.
std::unique_ptr<Values> NewRawValues();

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_VALUES_H_
