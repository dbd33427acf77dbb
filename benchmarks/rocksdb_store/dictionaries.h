// What small values of a stream start from: dictionaries that are trained on its own lines while it
// grows, and kept beside its values.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_DICTIONARIES_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_DICTIONARIES_H_

#include <rocksdb/db.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "values.h"

namespace rocksdb_store {

// Dictionaries of a stream have numbers from 1, and a value begins with the number of its own
// (varint; 0: none), so that it is read with that one for ever. A stream is due for training when
// it has so many bytes without a dictionary, and again when its dictionary has aged: when values
// became a quarter larger, of the same lines, than when it was new. One thread at a time.
class Dictionaries {
 public:
  // All are borrowed: `plain` makes values without a dictionary, `family` keeps the dictionaries.
  Dictionaries(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* family, Values* plain,
               size_t train_bytes);

  // Replaces *value by what is kept of `lines`. *due: Train() should come, behind this value.
  rocksdb::Status Pack(const std::string& stream, std::string_view lines, std::string* value,
                       bool* due);
  // Makes the stream's next dictionary of its latest lines. When they have too little in common, it
  // goes on with the one that it has.
  rocksdb::Status Train(const std::string& stream, std::string_view lines);
  // How many of the latest lines' bytes that takes.
  size_t train_bytes() const { return train_bytes_; }

  // Takes the number from the front of *value, and gives what reads the rest until the next call.
  rocksdb::Status Open(const std::string& stream, std::string_view* value, Values** values);
  // Drops the dictionaries that no value needs when `value` is the stream's first.
  rocksdb::Status DropBefore(const std::string& stream, std::string_view value,
                             rocksdb::WriteBatch* batch);

 private:
  // The values of `train_bytes` of lines.
  struct Window {
    size_t raw = 0;
    size_t packed = 0;
  };
  struct Stream {
    uint64_t number = 0;  // of its latest dictionary
    Window first;         // the first whole one with that dictionary
    Window now;
  };

  rocksdb::Status FindStream(const std::string& stream, Stream** found);
  rocksdb::Status Find(const std::string& stream, uint64_t number, Values** values);
  bool IsDue(Stream* stream) const;

  rocksdb::DB* const db_;
  rocksdb::ColumnFamilyHandle* const family_;
  Values* const plain_;
  const size_t train_bytes_;
  std::map<std::string, Stream> streams_;
  std::map<std::pair<std::string, uint64_t>, std::unique_ptr<Values>> loaded_;
  std::string packed_;
};

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_DICTIONARIES_H_
