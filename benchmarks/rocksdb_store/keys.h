// The keys of the store: see store.h.
#ifndef LOGPRESS_BENCHMARKS_ROCKSDB_STORE_KEYS_H_
#define LOGPRESS_BENCHMARKS_ROCKSDB_STORE_KEYS_H_

#include <rocksdb/iterator.h>
#include <rocksdb/slice.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace rocksdb_store {

// Microseconds since 1970-01-01 00:00 UTC, everywhere here.
using Time = int64_t;

struct Key {
  std::string_view stream;
  Time time = 0;
  uint64_t sequence = 0;
};

std::string KeyOf(const std::string& stream, Time time, uint64_t sequence);
// False for what is no key of this store.
bool ParseKey(const rocksdb::Slice& bytes, Key* key);
// The key that `it` stands at, if it stands at one of the stream.
bool IsAt(const rocksdb::Iterator& it, const std::string& stream, Key* key);

// In front of all keys of the stream with this time, and behind all from before.
std::string BoundOf(const std::string& stream, Time time);
// In front of all keys of the stream, and behind all.
std::string BeginOf(const std::string& stream);
std::string EndOf(const std::string& stream);

// The key of a dictionary of the stream, in a column family of their own.
std::string DictionaryKeyOf(const std::string& stream, uint64_t number);
// The number in such a key; 0 if it is none.
uint64_t DictionaryNumberOf(const rocksdb::Slice& bytes, const std::string& stream);

}  // namespace rocksdb_store

#endif  // LOGPRESS_BENCHMARKS_ROCKSDB_STORE_KEYS_H_
