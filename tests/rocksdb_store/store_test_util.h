// What the tests of the store have in common.
#ifndef LOGPRESS_TESTS_ROCKSDB_STORE_STORE_TEST_UTIL_H_
#define LOGPRESS_TESTS_ROCKSDB_STORE_STORE_TEST_UTIL_H_

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "benchmarks/rocksdb_store/pieces.h"
#include "benchmarks/rocksdb_store/store.h"

namespace rocksdb_store {

inline constexpr size_t kBatch = 16384;
inline constexpr size_t kPiece = 500;

inline std::string Sample(const std::string& name) {
  std::ifstream in(std::string(LOGPRESS_SAMPLE_LOGS) + "/" + name, std::ios::binary);
  std::string log{std::istreambuf_iterator<char>(in), {}};
  REQUIRE(log.size() > 4 * kBatch);
  return log;
}

// A folder that goes with the test, and the store in it.
class Place {
 public:
  Place() {
    std::string name = (std::filesystem::temp_directory_path() / "rocksdb_store.XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Place() {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  LogStore* Open(bool packed, Time disorder = 0, size_t batch_size = kBatch) {
    StoreOptions options;
    options.batch_size = batch_size;
    options.disorder = disorder;
    options.rocksdb.compression = rocksdb::kZSTD;
    return Open(options, packed ? NewPackedValues(5) : NewRawValues());
  }
  LogStore* Open(const StoreOptions& options, std::unique_ptr<Values> values) {
    store_.reset();
    const auto status = LogStore::Open(path_, options, std::move(values), &store_);
    INFO(status.ToString());
    REQUIRE(status.ok());
    return store_.get();
  }
  void Close() { store_.reset(); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  std::unique_ptr<LogStore> store_;
};

inline void AppendAll(LogStore* store, const std::string& stream,
                      const std::vector<Piece>& pieces) {
  for (const Piece& piece : pieces) REQUIRE(store->Append(stream, piece.time, piece.lines).ok());
}

inline std::string Range(LogStore* store, const std::string& stream, Time from, Time to) {
  std::string lines;
  const auto status =
      store->ReadRange(stream, from, to, [&](std::string_view line) { lines += line; });
  INFO(status.ToString());
  REQUIRE(status.ok());
  return lines;
}

// The batches of a stream, and where they begin.
inline std::vector<std::pair<Time, std::string>> Batches(LogStore* store,
                                                         const std::string& stream) {
  std::vector<std::pair<Time, std::string>> batches;
  REQUIRE(store
              ->ReadAll([&](std::string_view name, Time time, std::string_view lines) {
                if (name == stream) batches.emplace_back(time, lines);
              })
              .ok());
  return batches;
}

// The database of a store that is closed, for what no part of the store would do to it.
class Database {
 public:
  Database(const std::string& path, const std::vector<std::string>& families) {
    std::vector<rocksdb::ColumnFamilyDescriptor> described;
    described.reserve(families.size());
    for (const std::string& family : families) described.emplace_back(family, rocksdb::Options());
    rocksdb::DB* opened = nullptr;
    REQUIRE(rocksdb::DB::Open({}, path, described, &families_, &opened).ok());
    db_.reset(opened);
  }
  ~Database() {
    for (auto* const family : families_) db_->DestroyColumnFamilyHandle(family);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB* operator->() const { return db_.get(); }
  // At the first key of a family, of those that were named.
  std::unique_ptr<rocksdb::Iterator> First(size_t family = 0) const {
    std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, families_[family]));
    it->SeekToFirst();
    return it;
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace rocksdb_store

#endif  // LOGPRESS_TESTS_ROCKSDB_STORE_STORE_TEST_UTIL_H_
